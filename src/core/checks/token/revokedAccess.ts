import type { Check } from '../check.ts';
import { notApplicable, notDetermined, pass, weakness, fail } from '../judgement.ts';
import { revoke } from '../revocation.ts';
import { isSelfContained, stillGood } from '../tokenUse.ts';
import { userinfoToken } from '../userinfoToken.ts';
import { rfc } from '../../source.ts';

/** An access token that was given back is of no use. */
export const revokedAccess: Check = {
  id: 'token.revoked-access',
  area: 'token',
  title: 'A revoked access token ends',
  tries: 'Revokes an access token and then uses it at the userinfo endpoint.',
  expects: 'It answers the revocation with status 200, and the userinfo endpoint refuses the token.',
  judged:
    'An answer with data after status 200 fails; a weakness for a self-contained token, which lives until it expires.',
  sources: [rfc(7009, '2'), rfc(7009, '3')],
  needs: { authorization: true, signIn: 'always', endpoint: 'revocation' },
  requests: 4,
  signIns: 1,
  async run(bench) {
    const { accessToken } = await userinfoToken(bench);
    const { status, done, error } = await revoke(bench, accessToken);
    // RFC 7009 section 2.2.1: a server need not revoke access tokens, if it says so.
    if (error === 'unsupported_token_type')
      return notApplicable('The server does not revoke access tokens, and says so.');
    if (!done) return notDetermined(`The revocation endpoint answered with status ${status}.`);
    if (!(await stillGood(bench, accessToken)))
      return pass('The userinfo endpoint refuses a revoked access token.');
    const advice = 'End an access token when it is revoked, or answer with unsupported_token_type.';
    const meaning =
      'The server says that it revoked an access token, but its userinfo endpoint still takes it';
    return isSelfContained(accessToken)
      ? weakness(`${meaning}, until it expires.`, advice)
      : fail(`${meaning}.`, advice);
  },
};
