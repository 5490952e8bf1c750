import type { Check } from '../check.ts';
import { fail, pass } from '../judgement.ts';
import { describeToken, issued, refusedCorrect } from '../tokenAnswer.ts';
import { rfc } from '../../source.ts';

/** A code is good once. */
export const replayed: Check = {
  id: 'code.replayed',
  area: 'code',
  title: 'A code works only once',
  tries: 'Redeems a code twice.',
  expects: 'It refuses the second request with invalid_grant.',
  judged: 'A second token fails.',
  sources: [rfc(6749, '4.1.2'), rfc(9700, '4.5')],
  needs: { authorization: true, signIn: 'always' },
  requests: 2,
  signIns: 1,
  async run(bench) {
    const second = await bench.wrongly(
      async () => {
        const code = await bench.code();
        const first = await bench.redeem(code);
        if (!issued(first)) throw refusedCorrect(first);
        return code;
      },
      (code) => bench.redeem(code),
    );
    if (!issued(second)) return pass(`For a used code the server ${describeToken(second)}.`);
    return fail(
      'The server gives tokens for a code that was used before, so a code in a log or a browser history is still good.',
      'Delete a code as soon as it was redeemed.',
    );
  },
};
