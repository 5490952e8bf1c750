import type { Check } from '../check.ts';
import { fail, pass } from '../judgement.ts';
import { describeToken, issued } from '../tokenAnswer.ts';
import { rfc } from '../../source.ts';

/** A challenge was sent, so a verifier must come. */
export const missingVerifier: Check = {
  id: 'pkce.missing-verifier',
  area: 'pkce',
  title: 'No verifier',
  tries: 'Signs in with a challenge and redeems the code without code_verifier.',
  expects: 'It refuses with invalid_grant.',
  judged: 'A token fails: leaving the verifier out gets round PKCE.',
  sources: [rfc(9700, '2.1.1'), rfc(7636, '4.6')],
  needs: { authorization: true, signIn: 'always' },
  requests: 1,
  signIns: 1,
  async run(bench) {
    await bench.reference();
    const answer = await bench.wrongly(
      () => bench.code(),
      (code) => bench.redeem(code, { omit: ['code_verifier'] }),
    );
    if (!issued(answer)) return pass(`Without a verifier the server ${describeToken(answer)}.`);
    return fail(
      'The server gives tokens without a verifier although the request had a challenge, so PKCE can simply be left out.',
      'Require code_verifier whenever the authorization request had a code_challenge.',
    );
  },
};
