import { random } from '../authorizationRequest.ts';
import type { Check } from '../check.ts';
import { fail, pass } from '../judgement.ts';
import { describeToken, issued } from '../tokenAnswer.ts';
import { rfc } from '../../source.ts';

/** The heart of PKCE. */
export const wrongVerifier: Check = {
  id: 'pkce.wrong-verifier',
  area: 'pkce',
  title: 'A wrong verifier',
  tries: 'Signs in and redeems the code with a verifier that does not fit the challenge.',
  expects: 'It refuses with invalid_grant.',
  judged: 'A token fails: PKCE protects nothing then.',
  sources: [rfc(7636, '4.6')],
  needs: { authorization: true, signIn: 'always' },
  requests: 1,
  signIns: 1,
  async run(bench) {
    await bench.reference();
    const answer = await bench.wrongly(
      () => bench.code(),
      (code) => bench.redeem(code, { set: { code_verifier: random() } }),
    );
    if (!issued(answer)) return pass(`For a wrong verifier the server ${describeToken(answer)}.`);
    return fail(
      `The server gives tokens for a wrong verifier, so ${bench.isPublic ? 'whoever catches a code can use it' : 'only the proof of the client protects a code that was caught'}.`,
      'Compare BASE64URL(SHA256(code_verifier)) with the code_challenge of the authorization request.',
    );
  },
};
