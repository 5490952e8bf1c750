import { authenticationOf } from '../authentication/all.ts';
import type { Profile } from '../profile/profile.ts';
import { nounOf } from './checkClient.ts';
import type { CheckResult } from './report.ts';

/** What to look at where the server refuses the profile's own credentials; nothing where it does not. */
export function refusalOf(profile: Profile, results: readonly CheckResult[]): string | undefined {
  const open = results.filter(({ clientRefused }) => clientRefused).length;
  if (open === 0) return undefined;
  const { proves, usesSecret, inHeader } = authenticationOf(profile);
  const noun = nounOf(profile);
  const look = proves
    ? `Look at the client id and the ${noun}`
    : `Look at the client id; the server may want a ${noun}`;
  const how = inHeader ? ', at basicEncoding, or try client_secret_post' : ', or try client_secret_basic';
  const undecided = open === 1 ? '1 check is' : `${open} checks are`;
  return `The server refuses the profile’s credentials, so ${undecided} not determined. ${look}${usesSecret ? how : ''}.`;
}
