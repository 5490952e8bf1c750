import type { Check } from '../check.ts';
import { fail, notApplicable, pass, weakness } from '../judgement.ts';
import { renewOnce, signInForRefresh, useNewTokens } from '../refreshable.ts';
import { describeToken, issued } from '../tokenAnswer.ts';
import { rfc } from '../../source.ts';

/** After rotation the old refresh token is spent. */
export const reuse: Check = {
  id: 'refresh.reuse',
  area: 'refresh',
  title: 'A used refresh token is refused',
  tries: 'Renews the token, uses the new one, and then renews again with the old refresh token.',
  expects: 'It refuses with invalid_grant.',
  judged:
    'A token fails for a public client and is a weakness for a confidential one, whose secret binds it.',
  sources: [rfc(9700, '4.14.2')],
  needs: { authorization: true, signIn: 'always' },
  requests: 5,
  signIns: 1,
  async run(bench) {
    const { refreshToken } = await signInForRefresh(bench);
    const renewed = await renewOnce(bench, refreshToken);
    if (renewed.refreshToken === undefined || renewed.refreshToken === refreshToken)
      return notApplicable('Refresh tokens do not rotate here, so there is no old one.');
    // Some servers accept the old one until the client has used the new tokens.
    await useNewTokens(bench, renewed);
    const again = await bench.refresh(refreshToken);
    if (!issued(again)) return pass(`For a used refresh token the server ${describeToken(again)}.`);
    const advice = 'Refuse a refresh token once its successor was issued.';
    return bench.isPublic
      ? fail(
          'A refresh token still works after its successor was used, so a stolen one does, too. If the server allows this for a short time only, the time is what a thief has.',
          advice,
        )
      : weakness(
          'A refresh token still works after its successor was used. The client secret protects it, and RFC 6749 lets the server keep it; theft goes unnoticed, though.',
          advice,
        );
  },
};
