import { random } from '../authorizationRequest.ts';
import type { Check } from '../check.ts';
import { pass, weakness } from '../judgement.ts';
import { tryPkce } from '../pkceRefusal.ts';
import { issued } from '../tokenAnswer.ts';
import { rfc } from '../../source.ts';

/** `plain` shows the verifier to whoever sees the request. */
export const plain: Check = {
  id: 'pkce.plain',
  area: 'pkce',
  title: 'The method “plain”',
  tries: 'Asks for a code with code_challenge_method=plain, where the challenge is the verifier itself.',
  expects: 'It refuses: S256 is there for everybody.',
  judged: 'A token for it is a weakness.',
  sources: [rfc(9700, '2.1.1'), rfc(7636, '7.2')],
  needs: { authorization: true, signIn: 'maybe' },
  requests: 2,
  signIns: 1,
  async run(bench) {
    const verifier = random();
    const set = { code_challenge: verifier, code_challenge_method: 'plain' };
    const trial = await tryPkce(bench, { set }, { verifier });
    if (trial.refused) return pass(`For code_challenge_method=plain the server ${trial.how}.`);
    const answer = await bench.wrongly(trial.code, (code) => bench.redeem(code));
    if (!issued(answer)) return pass('A code asked for with the method plain cannot be redeemed.');
    return weakness(
      'The server accepts the method plain, in which the authorization request already shows the verifier. This extension always uses S256.',
      'Allow only S256 as code_challenge_method.',
    );
  },
};
