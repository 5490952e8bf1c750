import type { Check } from '../check.ts';
import { fail, pass, weakness } from '../judgement.ts';
import { tryPkce } from '../pkceRefusal.ts';
import { issued } from '../tokenAnswer.ts';
import { rfc } from '../../source.ts';

const advice = 'Require code_challenge in every authorization request of this client.';

/** PKCE is of use only if the server insists on it. */
export const noChallenge: Check = {
  id: 'pkce.no-challenge',
  area: 'pkce',
  title: 'PKCE is required',
  tries: 'Asks for a code without code_challenge and, if one comes, redeems it without code_verifier.',
  expects: 'It refuses the request with invalid_request.',
  judged: 'A token without PKCE fails for a public client and is a weakness for a confidential one.',
  sources: [rfc(9700, '2.1.1'), rfc(7636, '4.4.1')],
  needs: { authorization: true, signIn: 'maybe' },
  requests: 2,
  signIns: 1,
  async run(bench) {
    const trial = await tryPkce(bench, { omit: ['code_challenge', 'code_challenge_method'] });
    if (trial.refused) return pass(`Without code_challenge the server ${trial.how}.`);
    const answer = await bench.wrongly(trial.code, (code) => bench.redeem(code, { omit: ['code_verifier'] }));
    if (!issued(answer))
      return pass('A code that was asked for without PKCE is of no use: the token endpoint refuses it.');
    return bench.isPublic
      ? fail(
          'The server gives this public client tokens without PKCE, so whoever catches a code can use it.',
          advice,
        )
      : weakness(
          'The server gives tokens without PKCE; only the client secret protects a code that was caught.',
          advice,
        );
  },
};
