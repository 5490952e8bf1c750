import { clientAuthentications } from '../profile/profile.ts';
import type { ProfileDraft } from './draft.ts';
import type { ServerFacts } from './serverFacts.ts';

/** The draft with a client authentication that the server says it supports, where it says so at all. */
export function followMetadata(draft: ProfileDraft, facts: ServerFacts): ProfileDraft {
  const supported = facts.authenticationMethods;
  if (supported === undefined || supported.includes(draft.clientAuthentication)) return draft;
  const method = clientAuthentications.find((known) => supported.includes(known));
  return method === undefined ? draft : { ...draft, clientAuthentication: method };
}
