import type { Check } from '../check.ts';
import { notDetermined, pass, weakness } from '../judgement.ts';
import { rfc } from '../sources.ts';
import { stillWorks } from '../stillWorks.ts';
import { broken, describeToken, issued } from '../tokenAnswer.ts';
import { Undetermined } from '../undetermined.ts';

/** When a code comes twice, one of the two was a thief: what the first one got is taken back. */
export const replayRevokes: Check = {
  id: 'code.replay-revokes',
  area: 'code',
  title: 'A replayed code revokes the first tokens',
  tries: 'Redeems a code twice and then uses the tokens of the first time.',
  expects: 'It has revoked them.',
  judged: 'Tokens that still work are a weakness.',
  sources: [rfc(6749, '4.1.2'), rfc(9700, '4.5')],
  needs: { authorization: true, signIn: 'always' },
  requests: 4,
  signIns: 1,
  async run(bench) {
    const code = await bench.code();
    const first = await bench.redeem(code);
    if (!issued(first))
      throw new Undetermined(`A correct token request was refused: the server ${describeToken(first)}.`);
    const second = await bench.redeem(code);
    if (broken(second)) return notDetermined(`The token endpoint ${describeToken(second)}.`);
    if (!(await stillWorks(bench, first)))
      return pass('A replayed code ends the tokens it was first redeemed for.');
    return weakness(
      'After a code was replayed, the tokens of the first time still work, although a thief may hold them.',
      'Revoke all tokens that were issued for a code when the code is sent again.',
    );
  },
};
