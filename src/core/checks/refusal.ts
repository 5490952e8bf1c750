import { authenticationOf } from '../authentication/all.ts';
import { textsOf } from '../../shared/json.ts';
import { hasRedirect, type Profile } from '../profile/profile.ts';
import { nounOf } from './checkClient.ts';
import { lacksCodeGrant, saysInstead } from './insteadOfCode.ts';
import type { CheckResult } from './report.ts';

/**
 * What to check when the server refuses the profile's own credentials, issues no codes or refuses a correct token request;
 * undefined when it does none of these.
 */
export function refusalOf(
  profile: Profile,
  results: readonly CheckResult[],
  published?: Readonly<Record<string, unknown>>,
): string | undefined {
  const open = results.filter(({ clientRefused }) => clientRefused).length;
  if (open === 0) return ofCodes(profile, results, published) ?? ofRequest(results);
  const { proves, usesSecret, inHeader } = authenticationOf(profile);
  const noun = nounOf(profile);
  const look = proves
    ? `Look at the client ID and the ${noun}`
    : `Look at the client ID; the server may want a ${noun}`;
  const how = inHeader ? ', at basicEncoding, or try client_secret_post' : ', or try client_secret_basic';
  return `The server refuses the profile’s credentials, so ${undecided(open)} not determined. ${look}${usesSecret ? how : ''}.`;
}

/** For a server that does not offer the profile's grant. @see RFC 8414 section 2, response_types_supported */
function ofCodes(
  profile: Profile,
  results: readonly CheckResult[],
  published: Readonly<Record<string, unknown>> = {},
): string | undefined {
  const listed = textsOf(published['response_types_supported']);
  if (hasRedirect(profile) && listed.length > 0 && !listed.some((type) => /\bcode\b/.test(type)))
    return 'The server’s metadata lists no response type with a code, so it does not offer the grant of this profile.';
  const came = results.flatMap(({ noCode = [] }) => noCode);
  const [first = 'nothing'] = came;
  if (came.length < 2) return undefined;
  const advice = lacksCodeGrant(first)
    ? 'It seems not to offer the code grant, or not to this client.'
    : 'Sign in with the profile first: what is said of that failure says what to change.';
  return `The server answers a correct authorization request with ${saysInstead(first)}, so ${undecided(came.length)} not determined. ${advice}`;
}

/** The reason when several checks had a correct request refused; that of a single one may be its own. */
function ofRequest(results: readonly CheckResult[]): string | undefined {
  const open = results.filter(({ requestRefused }) => requestRefused).length;
  return open < 2
    ? undefined
    : `The server refuses a correct token request of this profile, so ${undecided(open)} not determined. Get a token with the profile first: what is said of that failure says what to change.`;
}

function undecided(open: number): string {
  return open === 1 ? '1 check is' : `${open} checks are`;
}
