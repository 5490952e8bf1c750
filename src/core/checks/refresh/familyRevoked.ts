import type { Check } from '../check.ts';
import { notApplicable, pass, weakness } from '../judgement.ts';
import { renewOnce, signInForRefresh, useNewTokens } from '../refreshable.ts';
import { issued } from '../tokenAnswer.ts';
import { rfc } from '../../source.ts';

/** When an old refresh token is used, one of its holders is a thief: all tokens of the sign-in must be revoked. */
export const familyRevoked: Check = {
  id: 'refresh.family-revoked',
  area: 'refresh',
  title: 'Reuse revokes all tokens of the sign-in',
  tries: 'Renews the token, uses the new one, sends the old refresh token again, and then the new one.',
  expects: 'It refuses the new one too.',
  judged: 'A token for the new one is a weakness: a thief who was faster keeps the access.',
  sources: [rfc(9700, '4.14.2')],
  needs: { authorization: true, signIn: 'always' },
  requests: 6,
  signIns: 1,
  async run(bench) {
    const { refreshToken } = await signInForRefresh(bench);
    const renewed = await renewOnce(bench, refreshToken);
    if (renewed.refreshToken === undefined || renewed.refreshToken === refreshToken)
      return notApplicable('Refresh tokens do not rotate here, so reuse cannot be noticed.');
    const successor = await useNewTokens(bench, renewed);
    await bench.refresh(refreshToken);
    const last = await bench.refresh(successor);
    if (!issued(last)) return pass('When a used refresh token turns up, its successors end too.');
    return weakness(
      'After a used refresh token turned up, its successor still works, although one of the two holders is a thief.',
      'When a used refresh token is sent again, revoke all refresh tokens of that sign-in.',
    );
  },
};
