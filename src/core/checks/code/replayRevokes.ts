import type { Bench } from '../bench.ts';
import type { Check } from '../check.ts';
import { notDetermined, pass, weakness } from '../judgement.ts';
import { rfc } from '../sources.ts';
import { stillWorks } from '../stillWorks.ts';
import { broken, describeToken, issued, type TokenAnswer } from '../tokenAnswer.ts';
import { Undetermined } from '../undetermined.ts';

/** When a code comes twice, one of the two was a thief: what the first one got is taken back. */
export const replayRevokes: Check = {
  id: 'code.replay-revokes',
  area: 'code',
  title: 'A replayed code revokes the first tokens',
  tries: 'Redeems a code, renews the tokens if it can, redeems the code again, and then uses the tokens.',
  expects: 'It has revoked them.',
  judged: 'Tokens that still work are a weakness.',
  sources: [rfc(6749, '4.1.2'), rfc(9700, '4.5')],
  needs: { authorization: true, signIn: 'always' },
  requests: 5,
  signIns: 1,
  async run(bench) {
    const code = await bench.code();
    const first = await bench.redeem(code);
    if (!issued(first))
      throw new Undetermined(`A correct token request was refused: the server ${describeToken(first)}.`);
    const held = await renewed(bench, first);
    const second = await bench.redeem(code);
    if (broken(second)) return notDetermined(`The token endpoint ${describeToken(second)}.`);
    if (!(await stillWorks(bench, held)))
      return pass('A replayed code ends the tokens it was first redeemed for.');
    return weakness(
      'After a code was replayed, the tokens of the first time still work, although a thief may hold them.',
      'Revoke all tokens that were issued for a code when the code is sent again.',
    );
  },
};

/** The tokens after a refresh; without the refresh token when refreshing does not work here, whatever the reason. */
async function renewed(bench: Bench, first: TokenAnswer): Promise<TokenAnswer> {
  if (first.refreshToken === undefined) return first;
  const answer = await bench.refresh(first.refreshToken);
  if (issued(answer)) return { ...answer, refreshToken: answer.refreshToken ?? first.refreshToken };
  const { status, headers, accessToken } = first;
  return { status, headers, ...(accessToken === undefined ? {} : { accessToken }) };
}
