import type { Check } from '../check.ts';
import { notApplicable, notDetermined, pass, weakness, fail } from '../judgement.ts';
import { revoke } from '../revocation.ts';
import { isSelfContained } from '../tokenUse.ts';
import { watchedToken } from '../watchedToken.ts';
import { rfc } from '../../source.ts';

/** A revoked access token must not work. */
export const revokedAccess: Check = {
  id: 'token.revoked-access',
  area: 'token',
  title: 'A revoked access token ends',
  tries:
    'Revokes an access token and then uses it at the userinfo endpoint, or asks the introspection endpoint.',
  expects: 'It answers the revocation with status 200, and the token no longer works.',
  judged:
    'One that is still good after status 200 fails; a weakness for a self-contained token, which lives until it expires.',
  sources: [rfc(7009, '2'), rfc(7009, '3')],
  needs: { authorization: true, signIn: 'always', endpoint: 'revocation' },
  requests: 5,
  signIns: 1,
  async run(bench) {
    const { accessToken, tells, stillGood } = await watchedToken(bench);
    const { status, done, error } = await revoke(bench, accessToken);
    // RFC 7009 section 2.2.1: a server need not revoke access tokens, if it says so.
    if (error === 'unsupported_token_type')
      return notApplicable('The server does not revoke access tokens, and says so.');
    if (!done) return notDetermined(`The revocation endpoint answered with status ${status}.`);
    if (!(await stillGood())) return pass('A revoked access token no longer works.');
    const advice = 'End an access token when it is revoked, or answer with unsupported_token_type.';
    const meaning = `The server says that it revoked an access token, but its ${tells}`;
    return isSelfContained(accessToken)
      ? weakness(`${meaning}, until it expires.`, advice)
      : fail(`${meaning}.`, advice);
  },
};
