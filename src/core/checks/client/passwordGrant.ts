import { outOfOrder } from '../../http/webPage.ts';
import type { Bench } from '../bench.ts';
import type { Check } from '../check.ts';
import { fail, notDetermined, pass } from '../judgement.ts';
import { isOfItself } from '../heard.ts';
import { describeToken, issued, type TokenAnswer } from '../tokenAnswer.ts';
import { scopeParameter } from '../../oauth/tokenParameters.ts';
import type { Parameter } from '../../oauth/tokenRequest.ts';
import { madeUpToken } from '../tokenUse.ts';
import { Undetermined } from '../undetermined.ts';
import { rfc, oauth21 } from '../../source.ts';

/** The grant that gives a user's password to the client. */
export const passwordGrant: Check = {
  id: 'client.password-grant',
  area: 'client',
  title: 'The password grant is refused',
  tries: 'Sends a token request with grant_type=password and a user that does not exist.',
  expects: 'It refuses with unsupported_grant_type or unauthorized_client.',
  judged:
    'A token fails. Another error passes only where a made-up grant_type gets the same: servers may look at the user, or at something else, first.',
  sources: [rfc(9700, '2.4'), oauth21('10.1')],
  needs: {},
  requests: 3,
  signIns: 0,
  async run(bench) {
    const answer = await bench.anyTokenAnswer([
      ['grant_type', 'password'],
      ['username', 'oauth-explorer-check'],
      ['password', 'not-a-password'],
      ...scopeParameter(bench.profile.scopes),
    ]);
    if (issued(answer))
      return fail(
        'The server offers this client the password grant, in which the client sees the password of the user; it even gave a token for a user that does not exist.',
        'Switch the password grant off for this client.',
      );
    const { error } = answer;
    const isOff =
      error === undefined &&
      /\bunsupported[ _]grant|\bgrant[ _]?type\b.{0,40}\bnot (?:supported|allowed)/i.test(
        answer.body.slice(0, 300),
      );
    if (isOff || error === 'unsupported_grant_type' || error === 'unauthorized_client')
      return pass(`For the password grant the server ${describeToken(answer)}.`);
    if (error === 'invalid_client') return notDetermined(await whoIsRefused(bench));
    if (await likeMadeUp(bench, answer))
      return pass(`For the password grant the server ${describeToken(answer)}, as for a made-up grant_type.`);
    if (error === undefined && answer.says === 'refused' && isUnlisted(bench))
      return pass(
        `For the password grant the server ${describeToken(answer)}, and grant_types_supported of its metadata does not list it.`,
      );
    if (error === 'invalid_grant')
      return notDetermined(
        'The server refuses the made-up user. Whether it would refuse the grant of a real one cannot be seen without a password.',
      );
    return notDetermined(
      `For the password grant the server ${describeToken(answer)}, which does not say that the grant is off.`,
    );
  },
};

/** Whether the server publishes its grants, and this one is not among them. @see RFC 8414 section 2 */
function isUnlisted({ server }: Bench): boolean {
  const listed: unknown = server.metadata?.published?.grant_types_supported;
  return Array.isArray(listed) && !listed.includes('password');
}

/** Who is meant by `invalid_client`: the grant or the user, if the same credentials are accepted otherwise. */
async function whoIsRefused(bench: Bench): Promise<string> {
  try {
    await bench.rightClient();
  } catch (thrown) {
    if (thrown instanceof Undetermined) return 'The server refuses the client itself.';
    throw thrown;
  }
  return 'The server says invalid_client, though it takes these credentials otherwise: whether it means the grant or the made-up user, it does not say.';
}

/** Whether an unknown grant gets the same answer, and a known grant another one. */
async function likeMadeUp(bench: Bench, { status, error, body }: TokenAnswer): Promise<boolean> {
  if (outOfOrder(status) || isOfItself(error)) return false;
  const same = async (grant: string, ...more: readonly Parameter[]) => {
    const other = await bench.anyTokenAnswer([['grant_type', grant], ...more]);
    // An answer may name the grant.
    return other.status === status && other.body.replaceAll(grant, '') === body.replaceAll('password', '');
  };
  return (
    (await same('oauth-explorer-check')) && !(await same('refresh_token', ['refresh_token', madeUpToken]))
  );
}
