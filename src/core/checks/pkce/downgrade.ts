import type { Check } from '../check.ts';
import { fail, pass } from '../judgement.ts';
import { tryPkce } from '../pkceRefusal.ts';
import { describeToken, issued } from '../tokenAnswer.ts';
import { rfc } from '../../source.ts';

/** An attacker strips the challenge from the request; the client still sends its verifier. */
export const downgrade: Check = {
  id: 'pkce.downgrade',
  area: 'pkce',
  title: 'A verifier without a challenge',
  tries: 'Asks for a code without code_challenge and, if one comes, redeems it with a code_verifier.',
  expects: 'It refuses: a verifier may only come when there was a challenge.',
  judged: 'A token fails: an attacker can take PKCE out of the request unnoticed.',
  sources: [rfc(9700, '4.8.2')],
  needs: { authorization: true, signIn: 'maybe' },
  requests: 2,
  signIns: 1,
  async run(bench) {
    const trial = await tryPkce(bench, { omit: ['code_challenge', 'code_challenge_method'] });
    if (trial.refused)
      return pass(`The downgrade is impossible: without code_challenge the server ${trial.how}.`);
    const answer = await bench.wrongly(trial.code, (code) => bench.redeem(code));
    if (!issued(answer))
      return pass(`For a verifier without a challenge the server ${describeToken(answer)}.`);
    return fail(
      'The server accepts a verifier for a code that was asked for without a challenge, so PKCE can be taken out of a request unnoticed.',
      'Refuse a code_verifier when the authorization request had no code_challenge.',
    );
  },
};
