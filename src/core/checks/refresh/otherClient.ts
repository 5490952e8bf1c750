import type { Check } from '../check.ts';
import { fail, notDetermined, pass } from '../judgement.ts';
import { expectRefreshToken, renewal, signInForRefresh } from '../refreshable.ts';
import { refusesClient } from '../refusedClient.ts';
import { describeToken, issued } from '../tokenAnswer.ts';
import { madeUpToken } from '../tokenUse.ts';
import { rfc } from '../../source.ts';

/** A refresh token belongs to the client it was issued to. */
export const refreshOtherClient: Check = {
  id: 'refresh.other-client',
  area: 'refresh',
  title: 'A refresh token of one client used by another',
  tries: 'Renews the token as the client of another profile of the same server.',
  expects: 'It refuses with invalid_grant.',
  judged: 'A token fails.',
  sources: [rfc(6749, '6'), rfc(6749, '10.4')],
  needs: { authorization: true, signIn: 'always', otherClient: true },
  requests: 4,
  signIns: 1,
  async run(bench) {
    await expectRefreshToken(bench);
    const credentials = await bench.otherCredentials();
    const { refreshToken } = await signInForRefresh(bench);
    const answer = await bench.refresh(refreshToken, {}, credentials);
    const why = await refusesClient(answer, credentials, (as) => bench.refresh(madeUpToken, {}, as));
    if (why !== undefined) return notDetermined(why);
    if (!issued(answer)) {
      await renewal(bench);
      return pass(`For a refresh token of another client the server ${describeToken(answer)}.`);
    }
    return fail(
      'The server renews the tokens of one client for another one.',
      'Keep with each refresh token the client it was issued to, and compare.',
    );
  },
};
