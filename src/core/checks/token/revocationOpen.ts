import type { Check } from '../check.ts';
import { withoutAuthentication } from '../credentials.ts';
import { endableToken, kindOf } from '../endableToken.ts';
import { endedByOthers } from '../endedByOthers.ts';
import { fail, pass } from '../judgement.ts';
import { revoke } from '../revocation.ts';
import { rfc } from '../../source.ts';

/** A client that can authenticate must do so here, too. */
export const revocationOpen: Check = {
  id: 'token.revocation-open',
  area: 'token',
  title: 'Revocation requires client authentication',
  tries: 'Revokes a token with the client ID alone, and then uses it.',
  expects: 'It refuses, and the token goes on working.',
  judged: 'A token that ended fails.',
  sources: [rfc(7009, '2.1')],
  needs: { authorization: true, signIn: 'always', proof: true, endpoint: 'revocation' },
  requests: 10,
  signIns: 2,
  async run(bench) {
    const token = await endableToken(bench);
    const as = withoutAuthentication(await bench.credentials());
    const { status, done } = await revoke(bench, token.current(), { ...kindOf(token), as });
    return endedByOthers(
      bench,
      token,
      { as, done },
      {
        kept: pass(`Without client authentication a token is not revoked (status ${status}).`),
        ended: fail(
          'Whoever knows the client ID can revoke the tokens of this client.',
          'Require client authentication at the revocation endpoint.',
        ),
      },
    );
  },
};
