import { s256 } from '../../s256.ts';
import { random } from '../authorizationRequest.ts';
import type { Check } from '../check.ts';
import { fail, pass, weakness } from '../judgement.ts';
import { tryPkce } from '../pkceRefusal.ts';
import { issued } from '../tokenAnswer.ts';
import { rfc } from '../../source.ts';

const advice = 'Refuse every code_challenge_method but S256.';

/** A method that does not exist must not be taken for one that does. */
export const unknownMethod: Check = {
  id: 'pkce.unknown-method',
  area: 'pkce',
  title: 'An unknown method',
  tries: 'Asks for a code with code_challenge_method=S999, and redeems it as S256 and as plain are redeemed.',
  expects: 'It refuses the request with invalid_request.',
  judged: 'A token fails: the server ignores what it does not know. A code of no use is a weakness.',
  sources: [rfc(7636, '4.4.1')],
  needs: { authorization: true, signIn: 'maybe' },
  requests: 3,
  signIns: 2,
  async run(bench) {
    const verifier = random();
    const trial = await tryPkce(bench, { set: { code_challenge_method: 'S999' } }, { verifier });
    if (trial.refused) return pass(`For an unknown method the server ${trial.how}.`);
    for (const sent of [verifier, s256(verifier)]) {
      const redeem = { set: { code_verifier: sent } };
      if (issued(await bench.wrongly(trial.code, (code) => bench.redeem(code, redeem))))
        return fail(
          'The server gives tokens for a PKCE method that does not exist: it ignores the method, or takes what it does not know for one that it knows.',
          advice,
        );
    }
    return weakness(
      'The server gives a code for a PKCE method that does not exist, and refuses it only at the token endpoint.',
      advice,
    );
  },
};
