import { capital } from '../../shared/capital.ts';
import type { ApiAnswer, ApiBench } from './apiBench.ts';
import type { Judgement } from './check.ts';
import { isSilent, isWebPage, outOfOrder } from '../http/webPage.ts';
import { fail, notDetermined, pass, weakness } from './judgement.ts';
import { Undetermined } from './undetermined.ts';

/**
 * Whether an answer means that the token was accepted: anything but a refusal, a server that is out of order, a web page
 * (usually a sign-in) where the good token gets none, or an error that the good token does not get.
 */
export function isTaken({ status, headers }: ApiAnswer, good?: ApiAnswer): boolean {
  const isPage = (one: Headers) => isWebPage(one.get('content-type'), '');
  if (good !== undefined && isPage(headers) && !isPage(good.headers)) return false;
  if (good !== undefined && status >= 400 && status !== good.status) return false;
  return status !== 401 && status !== 403 && !outOfOrder(status) && !(status >= 300 && status < 400);
}

/**
 * Makes sure that a refusal means something: the good token is accepted, and without a token nothing is served.
 *
 * @throws Undetermined otherwise
 */
export async function requireYardstick(bench: ApiBench): Promise<void> {
  const good = await bench.withGoodToken();
  if (!isTaken(good))
    throw new Undetermined(
      `The good token was answered with status ${good.status}, so the refusal of a bad one would show nothing.`,
    );
  if (isTaken(await bench.withoutToken(), good))
    throw new Undetermined('The API serves this request without any token, so a bad one shows nothing.');
}

/**
 * Sends a bad token and judges the answer.
 *
 * @param what such as `a token for another API`, capitalised where it begins a sentence
 * @param advice what to check when the token is accepted
 */
export async function judgeRefusal(
  bench: ApiBench,
  token: string,
  what: string,
  advice: string,
  inQuery = false,
): Promise<Judgement> {
  await requireYardstick(bench);
  const answer = await bench.call(token, inQuery);
  const begun = capital(what);
  const good = await bench.withGoodToken();
  if (isTaken(answer, good))
    return fail(`${begun} is taken: the API answers with status ${answer.status}.`, advice);
  if (isSilent(answer))
    return notDetermined(`The API answered with status ${answer.status}, which says nothing of the token.`);
  if (answer.challenged.bearer?.error === 'insufficient_scope')
    return weakness(
      `${begun} is refused only because it lacks a scope (status ${answer.status}): that it is not a token for this API was not noticed, or not said.`,
      advice,
    );
  if (answer.status !== 401)
    return weakness(`${begun} is refused with status ${answer.status} and not 401.`, refuse401(bench));
  // With a header of the API's own, there is no scheme for a challenge to name.
  if (!bench.isBearer) return pass(`${begun} is refused with 401.`);
  const { bearer } = answer.challenged;
  if (bearer === undefined)
    return weakness(`${begun} is refused with 401 and no Bearer challenge.`, refuse401(bench));
  // Where the API sees no token (as in the query), no error is expected. @see RFC 6750 section 3.1
  if (!inQuery && bearer.error !== 'invalid_token')
    return weakness(
      `${begun} is refused with 401, but the challenge does not say error="invalid_token", so that clients cannot tell that they need another one.`,
      refuse401(bench),
    );
  return pass(`${begun} is refused with 401 and a challenge.`);
}

function refuse401({ isBearer }: ApiBench): string {
  return isBearer
    ? 'Answer with status 401 and WWW-Authenticate: Bearer error="invalid_token".'
    : 'Answer with status 401.';
}
