import type { Bench } from './bench.ts';
import { broken, issued, type TokenAnswer } from './tokenAnswer.ts';
import { Undetermined } from './undetermined.ts';

/**
 * Whether the tokens of a response are still good: asks with the refresh token, else at the userinfo endpoint.
 *
 * @throws Undetermined when neither can tell
 * @see RFC 6749 section 6, OpenID Connect Core 1.0 section 5.3
 */
export async function stillWorks(bench: Bench, { refreshToken, accessToken }: TokenAnswer): Promise<boolean> {
  if (refreshToken !== undefined) {
    const answer = await bench.refresh(refreshToken);
    if (!broken(answer)) return issued(answer);
  }
  if (accessToken === undefined) throw new Undetermined('There is no token to try.');
  if (bench.server.userinfoEndpoint !== undefined && bench.profile.scopes.includes('openid')) {
    const headers = { authorization: `Bearer ${accessToken}` };
    const response = await bench.send('userinfo', bench.server.userinfoEndpoint, { headers });
    if (response.status === 200 || response.status === 401) return response.status === 200;
  }
  throw new Undetermined(
    'Whether the first token still works cannot be seen: there is no refresh token, and the userinfo endpoint does not tell.',
  );
}
