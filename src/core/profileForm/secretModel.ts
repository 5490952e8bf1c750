import type { SecretModel } from '../../shared/views/profileForm.ts';
import { authenticationNamed } from '../productLists.ts';
import { clientSecret, type KeptSecret } from '../profile/traits.ts';
import { draftOf } from './draft.ts';
import { idOf } from './problems.ts';
import { secretAddress, secretOriginOf } from './secretAddress.ts';
import { listsOf, type ProfileFormState } from './state.ts';

/** Where the client's secret is, in a sentence; a secret never follows a profile to another server. */
export function secretModel(state: ProfileFormState): SecretModel {
  const { draft } = state;
  const { keeps, proves } = authenticationNamed(draft.clientAuthentication, listsOf(state));
  if (keeps === undefined) {
    const text = proves
      ? 'Nothing is kept: the assertion is read anew for each flow.'
      : 'A public client has no secret.';
    return { kind: 'not_needed', text, action: '' };
  }
  return { ...modelOf(state, keeps), ...(keeps.noun === clientSecret.noun ? {} : { noun: keeps.noun }) };
}

function modelOf(state: ProfileFormState, { noun }: KeptSecret): SecretModel {
  const { secret } = state;
  const set = `Set ${noun}…`;
  const origin = secretOriginOf(state);
  if (origin === undefined)
    return { kind: 'none', text: 'Name the server first: a secret is kept for one server only.', action: '' };
  if (secret.typedFor === origin)
    return {
      kind: 'typed',
      text: 'A secret was typed. It is stored when you save.',
      action: 'Type it again…',
    };
  const address = secretAddress(state, idOf(state));
  if (secret.stored === null || secret.stored.address !== address)
    return { kind: 'unknown', text: 'Looking for a stored secret…', action: set };
  if (secret.stored.present)
    return { kind: 'stored', text: `A secret for ${origin} is stored.`, action: `Replace ${noun}…` };
  return { kind: 'none', text: missing(state, origin), action: set };
}

function missing(state: ProfileFormState, origin: string): string {
  const { original } = state;
  const before = original && secretOriginOf(state, draftOf(original));
  return before === undefined || before === origin
    ? `No secret for ${origin} is stored yet.`
    : `The server has changed: the secret for ${before} is not sent to ${origin}.`;
}
