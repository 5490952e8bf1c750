import type { Check } from '../check.ts';
import { fail, pass } from '../judgement.ts';
import { atOnce, atOnceCount } from '../atOnce.ts';
import { codeParameters } from '../../oauth/tokenParameters.ts';
import { rfc } from '../../source.ts';

/** Whether a code is good once must not depend on when the second request comes. */
export const concurrent: Check = {
  id: 'code.concurrent',
  area: 'code',
  title: 'A code works only once, even at the same time',
  tries: `Redeems a code with ${atOnceCount} requests at the same time.`,
  expects: 'It gives tokens to one of them at most.',
  judged: 'Tokens for more than one fail: a thief who is as fast as the client gets some, too.',
  sources: [rfc(6749, '4.1.2'), rfc(6749, '10.5')],
  needs: { authorization: true, signIn: 'always' },
  requests: atOnceCount,
  signIns: 1,
  async run(bench) {
    await bench.reference();
    const code = await bench.code();
    const { answers, winners, others } = await atOnce(
      bench,
      codeParameters(code.code, code.redirectUri, code.verifier),
    );
    if (winners > 1)
      return fail(
        `The server gives tokens to ${winners} of ${atOnceCount} requests with the same code that come at the same time.`,
        'Mark a code as used in one step with looking it up.',
      );
    const [first] = answers;
    if (winners === 0 && first !== undefined) await bench.stillRight(first);
    return pass(`Of ${atOnceCount} requests at the same time at most one got tokens${others}.`);
  },
};
