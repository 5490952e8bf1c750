import type { Bench } from '../bench.ts';
import type { Check } from '../check.ts';
import { fail, notDetermined, pass } from '../judgement.ts';
import { renewal, signInForRefresh } from '../refreshable.ts';
import { revoke } from '../revocation.ts';
import { describeToken, issued } from '../tokenAnswer.ts';
import { rfc } from '../../source.ts';

/** A revoked refresh token must not work. */
export const revokedRefresh: Check = {
  id: 'token.revoked-refresh',
  area: 'token',
  title: 'A revoked refresh token ends',
  tries: 'Revokes a refresh token and then renews with it.',
  expects: 'It answers the revocation with status 200 and refuses the refresh.',
  judged: 'A token after status 200 fails.',
  sources: [rfc(7009, '2.1'), rfc(7009, '2.2')],
  needs: { authorization: true, signIn: 'always', endpoint: 'revocation' },
  requests: 6,
  signIns: 1,
  async run(bench) {
    const { refreshToken } = await signInForRefresh(bench);
    const { status, done } = await revoke(bench, refreshToken);
    if (!done) return notDetermined(`The revocation endpoint answered with status ${status}.`);
    const answer = await bench.refresh(refreshToken);
    if (!issued(answer)) {
      await renewal(bench);
      return pass(`For a revoked refresh token the server ${describeToken(answer)}.`);
    }
    const said = 'The server says that it revoked a refresh token, but still accepts it';
    // One that works only once has ended by now, whatever is revoked.
    const lives =
      answer.refreshToken ?? (issued(await bench.refresh(refreshToken)) ? refreshToken : undefined);
    return lives !== undefined && (await endsByHint(bench, lives))
      ? fail(
          `${said}. With token_type_hint=refresh_token it ends.`,
          'Look for tokens of every kind without token_type_hint, too.',
        )
      : fail(`${said}.`, 'End a refresh token when it is revoked.');
  },
};

/** Whether a refresh token ends when the request names its kind; an answer that tells nothing counts as no. */
async function endsByHint(bench: Bench, refreshToken: string): Promise<boolean> {
  try {
    const { done } = await revoke(bench, refreshToken, { hint: 'refresh_token' });
    return done && !issued(await bench.refresh(refreshToken));
  } catch {
    return false;
  }
}
