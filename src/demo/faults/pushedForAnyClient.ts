import { onPushed } from './pushed.ts';
import type { Fault } from './fault.ts';

export const pushedForAnyClient: Fault = {
  id: 'pushed-for-any-client',
  title: 'Takes a pushed request from any client.',
  layer: onPushed(({ query }, { form }) =>
    query.get('client_id') === form.get('client_id') ? undefined : form,
  ),
};
