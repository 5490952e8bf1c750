import { decodeJwt } from 'jose';
import { authenticationOf } from '../../authentication/all.ts';
import type { Check } from '../check.ts';
import { fail, notDetermined, pass } from '../judgement.ts';
import { describeToken, issued } from '../tokenAnswer.ts';
import { fapi2 } from '../../source.ts';

/** A token that anybody can use is worth stealing. */
export const fapiBound: Check = {
  id: 'fapi.sender-constrained',
  area: 'fapi',
  title: 'Tokens are bound to a key',
  tries: 'Signs in without a proof of a key (DPoP), and looks at the token.',
  expects: 'It refuses, or the token names the certificate of the client.',
  judged: 'A token that is bound to nothing fails.',
  sources: [fapi2('5.3.2.1')],
  needs: { fapi: true, authorization: true, signIn: 'always' },
  requests: 1,
  signIns: 1,
  async run(bench) {
    const answer = await bench.unbound(async (one) => one.redeem(await one.code()));
    if (!issued(answer)) return pass(`Without a proof the server ${describeToken(answer)}.`);
    const cnf = confirmation(answer.accessToken ?? '');
    // A client without a certificate gives the server nothing to bind a token to.
    if (cnf === 'opaque' && authenticationOf(bench.profile).needs === 'certificate')
      return notDetermined('The token is opaque, so it does not show what it is bound to.');
    if (cnf === 'bound') return pass('The token is bound to the certificate of the client.');
    return fail('The server gives tokens that are bound to nothing.', 'Require DPoP or mutual TLS.');
  },
};

/** @see RFC 8705 section 3.1 */
function confirmation(token: string): 'opaque' | 'bound' | 'none' {
  try {
    return decodeJwt(token)['cnf'] === undefined ? 'none' : 'bound';
  } catch {
    return 'opaque';
  }
}
