import { claimsOf } from '../../oauth/jwtClaims.ts';
import { random } from '../authorizationRequest.ts';
import type { Check } from '../check.ts';
import { fail, notApplicable, pass } from '../judgement.ts';
import { issued, refusedCorrect } from '../tokenAnswer.ts';
import { encrypted, isEncrypted } from './idToken.ts';
import { rfc, openid } from '../../source.ts';

/** The id_token belongs to this sign-in. */
export const nonce: Check = {
  id: 'response.nonce',
  area: 'response',
  title: 'The nonce comes back in the id_token',
  tries: 'Signs in with a nonce and looks at the id_token.',
  expects: 'It has the same nonce.',
  judged: 'Another nonce, or none, fails: an id_token of another sign-in cannot be told apart.',
  sources: [openid('3.1.3.7'), rfc(9700, '4.5.3.2')],
  needs: { authorization: true, signIn: 'always' },
  requests: 1,
  signIns: 1,
  async run(bench) {
    if (!bench.client.scopes.includes('openid'))
      return notApplicable('Without the scope openid there is no id_token.');
    const sent = random();
    const answer = await bench.redeem(await bench.code({ set: { nonce: sent } }));
    if (!issued(answer)) throw refusedCorrect(answer);
    if (answer.idToken === undefined) return notApplicable('The server gave no id_token.');
    if (isEncrypted(answer.idToken)) return notApplicable(encrypted);
    const received = claimsOf(answer.idToken)['nonce'];
    if (received === sent) return pass('The id_token has the nonce that was sent.');
    return fail(
      received === undefined
        ? 'The id_token has no nonce although one was sent.'
        : 'The id_token has another nonce than the one sent.',
      'Put the nonce of the authorization request into the id_token.',
    );
  },
};
