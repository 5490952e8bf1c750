import type { Check } from '../check.ts';
import { notApplicable, notDetermined, pass, weakness } from '../judgement.ts';
import { signInForRefresh } from '../refreshable.ts';
import { atOnce, atOnceCount } from '../atOnce.ts';
import { describeToken, issued } from '../tokenAnswer.ts';
import { refreshParameters } from '../../oauth/tokenParameters.ts';
import { rfc } from '../../source.ts';

/** Rotation notices theft only if one refresh token has one successor. */
export const refreshConcurrent: Check = {
  id: 'refresh.concurrent',
  area: 'refresh',
  title: 'A refresh token works only once, even at the same time',
  tries: `Renews the token with ${atOnceCount} requests at the same time.`,
  expects: 'It renews for one of them at most.',
  judged:
    'Tokens for more than one are a weakness: a thief who renews at the same moment is not noticed. Some servers want it so for clients with bad connections.',
  sources: [rfc(9700, '4.14.2')],
  needs: { authorization: true, signIn: 'always' },
  requests: atOnceCount + 1,
  signIns: 1,
  async run(bench) {
    const { refreshToken } = await signInForRefresh(bench);
    const { answers, winners, others } = await atOnce(bench, refreshParameters(refreshToken));
    const successors = answers.map((answer) => answer.refreshToken ?? refreshToken);
    if (answers.some(issued) && successors.every((successor) => successor === refreshToken))
      return notApplicable('Refresh tokens do not rotate here.');
    if (winners > 1)
      return weakness(
        `The server renews for ${winners} of ${atOnceCount} requests with the same refresh token that come at the same time.`,
        'Mark a refresh token as used in one step with looking it up. Where it may be used again for a while on purpose, keep that to some seconds.',
      );
    const [first] = answers;
    if (first !== undefined && winners === 0)
      return notDetermined(
        `The server ${describeToken(first)}, and renews for none of ${atOnceCount} requests.`,
      );
    return pass(`Of ${atOnceCount} requests at the same time at most one got tokens${others}.`);
  },
};
