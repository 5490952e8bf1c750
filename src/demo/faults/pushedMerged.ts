import { onPushed } from './pushed.ts';
import type { Fault } from './fault.ts';

export const pushedMerged: Fault = {
  id: 'pushed-merged',
  title: 'Takes parameters that were not pushed.',
  layer: onPushed(({ query }, { form }) => {
    const beside = [...query].filter(([name]) => name !== 'request_uri' && name !== 'client_id');
    if (beside.length === 0) return undefined;
    const merged = new URLSearchParams(form);
    for (const [name, value] of beside) merged.set(name, value);
    return merged;
  }),
};
