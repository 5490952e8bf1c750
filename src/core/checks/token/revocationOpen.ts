import type { Check } from '../check.ts';
import { withoutAuthentication } from '../credentials.ts';
import { fail, pass } from '../judgement.ts';
import { revoke } from '../revocation.ts';
import { watchedToken } from '../watchedToken.ts';
import { rfc } from '../../source.ts';

/** A client that can prove who it is does so here, too. */
export const revocationOpen: Check = {
  id: 'token.revocation-open',
  area: 'token',
  title: 'Revocation wants the client to authenticate',
  tries: 'Revokes an access token with the client id alone, and then uses it.',
  expects: 'It refuses, and the token goes on working.',
  judged: 'A token that ended fails.',
  sources: [rfc(7009, '2.1')],
  needs: { authorization: true, signIn: 'always', proof: true, endpoint: 'revocation' },
  requests: 5,
  signIns: 1,
  async run(bench) {
    const { accessToken, stillGood } = await watchedToken(bench);
    const { status } = await revoke(bench, accessToken, {
      as: withoutAuthentication(await bench.credentials()),
    });
    if (await stillGood())
      return pass(`Without client authentication a token is not revoked (status ${status}).`);
    return fail(
      'Whoever knows the client id can revoke the tokens of this client.',
      'Require client authentication at the revocation endpoint.',
    );
  },
};
