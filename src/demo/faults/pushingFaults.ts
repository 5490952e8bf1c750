import type { Fault } from './fault.ts';
import { onPushed } from './pushed.ts';

export const pushingFaults: readonly Fault[] = [
  {
    id: 'pushed-twice',
    title: 'Takes a pushed request again.',
    layer: onPushed((_request, { used, form }) => (used ? form : undefined)),
  },
  {
    id: 'pushed-for-any-client',
    title: 'Takes a pushed request from any client.',
    layer: onPushed(({ query }, { form }) =>
      query.get('client_id') === form.get('client_id') ? undefined : form,
    ),
  },
  {
    id: 'pushed-lives-on',
    title: 'Takes a pushed request that has expired.',
    layer: onPushed((_request, { used, form, end }) => (!used && end < Date.now() ? form : undefined)),
  },
  {
    id: 'pushed-merged',
    title: 'Takes parameters that were not pushed.',
    layer: onPushed(({ query }, { form }) => {
      const beside = [...query].filter(([name]) => name !== 'request_uri' && name !== 'client_id');
      if (beside.length === 0) return undefined;
      const merged = new URLSearchParams(form);
      for (const [name, value] of beside) merged.set(name, value);
      return merged;
    }),
  },
];
