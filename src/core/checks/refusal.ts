import { authenticationOf } from '../authentication/all.ts';
import type { Profile } from '../profile/profile.ts';
import { nounOf } from './checkClient.ts';
import type { CheckResult } from './report.ts';

/** What to look at where the server refuses the profile's own credentials, or a correct token request; nothing where it does not. */
export function refusalOf(profile: Profile, results: readonly CheckResult[]): string | undefined {
  const open = results.filter(({ clientRefused }) => clientRefused).length;
  if (open === 0) return ofRequest(results);
  const { proves, usesSecret, inHeader } = authenticationOf(profile);
  const noun = nounOf(profile);
  const look = proves
    ? `Look at the client id and the ${noun}`
    : `Look at the client id; the server may want a ${noun}`;
  const how = inHeader ? ', at basicEncoding, or try client_secret_post' : ', or try client_secret_basic';
  return `The server refuses the profile’s credentials, so ${undecided(open)} not determined. ${look}${usesSecret ? how : ''}.`;
}

/** One check may have its own reason; of several it is the profile's. */
function ofRequest(results: readonly CheckResult[]): string | undefined {
  const open = results.filter(({ requestRefused }) => requestRefused).length;
  return open < 2
    ? undefined
    : `The server refuses a correct token request of this profile, so ${undecided(open)} not determined. Get a token with the profile first: what is said of that failure says what to change.`;
}

function undecided(open: number): string {
  return open === 1 ? '1 check is' : `${open} checks are`;
}
