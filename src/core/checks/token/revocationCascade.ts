import type { Check } from '../check.ts';
import { notDetermined, pass, weakness } from '../judgement.ts';
import { NoRefreshToken } from '../refreshable.ts';
import { revoke } from '../revocation.ts';
import { isSelfContained } from '../tokenUse.ts';
import { watchedToken } from '../watchedToken.ts';
import { rfc } from '../../source.ts';

/** Revoking the refresh token ends the access token, too. */
export const revocationCascade: Check = {
  id: 'token.revocation-cascade',
  area: 'token',
  title: 'Revoking the refresh token ends the access token',
  tries:
    'Revokes a refresh token and then uses the access token of the same sign-in at the userinfo endpoint, or asks the introspection endpoint.',
  expects: 'The access token no longer works.',
  judged: 'One that still works is a weakness, unless it is self-contained.',
  sources: [rfc(7009, '2.1')],
  needs: { authorization: true, signIn: 'always', endpoint: 'revocation' },
  requests: 5,
  signIns: 1,
  async run(bench) {
    const { accessToken, refreshToken, stillGood } = await watchedToken(bench);
    if (refreshToken === undefined) throw new NoRefreshToken();
    const { status, done } = await revoke(bench, refreshToken, { hint: 'refresh_token' });
    if (!done) return notDetermined(`The revocation endpoint answered with status ${status}.`);
    if (!(await stillGood())) return pass('Revoking the refresh token ends the access token, too.');
    if (isSelfContained(accessToken))
      return pass('The refresh token ends; the access token is self-contained and lives until it expires.');
    return weakness(
      'After the refresh token was revoked, the access token of the same sign-in still works.',
      'When a refresh token is revoked, revoke the access tokens of the same grant.',
    );
  },
};
