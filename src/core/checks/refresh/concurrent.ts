import type { Check } from '../check.ts';
import { notApplicable, notDetermined, pass, weakness } from '../judgement.ts';
import { signInForRefresh } from '../refreshable.ts';
import { atOnce } from '../atOnce.ts';
import { describeToken, issued } from '../tokenAnswer.ts';
import { rfc } from '../../source.ts';

/** Rotation notices theft only if one refresh token has one successor. */
export const refreshConcurrent: Check = {
  id: 'refresh.concurrent',
  area: 'refresh',
  title: 'A refresh token is good once, even at the same time',
  tries: 'Renews the token with two requests at the same time.',
  expects: 'It renews for one of them at most.',
  judged:
    'Tokens for both are a weakness: a thief who renews at the same moment is not noticed. Some servers want it so for clients with bad connections.',
  sources: [rfc(9700, '4.14.2')],
  needs: { authorization: true, signIn: 'always' },
  requests: 3,
  signIns: 1,
  async run(bench) {
    const { refreshToken } = await signInForRefresh(bench);
    const answers = await atOnce(() => bench.refresh(refreshToken));
    const successors = answers.map((answer) => answer.refreshToken ?? refreshToken);
    if (answers.some(issued) && successors.every((successor) => successor === refreshToken))
      return notApplicable('Refresh tokens do not rotate here.');
    if (answers.every(issued))
      return weakness(
        'The server renews for two requests with the same refresh token that come at the same time.',
        'Mark a refresh token as used in one step with looking it up.',
      );
    const [first] = answers;
    if (first !== undefined && !answers.some(issued))
      return notDetermined(`The server ${describeToken(first)}, and renews for neither of two requests.`);
    return pass('Of two requests at the same time at most one gets tokens.');
  },
};
