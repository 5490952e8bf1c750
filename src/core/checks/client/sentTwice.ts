import { grantOf } from '../../grants/all.ts';
import { clientParameters } from '../../oauth/tokenParameters.ts';
import { madeUpCode, type Bench } from '../bench.ts';
import type { Check } from '../check.ts';
import { notApplicable, notDetermined, pass, weakness } from '../judgement.ts';
import { describeToken, issued, type TokenAnswer } from '../tokenAnswer.ts';
import { rfc } from '../../source.ts';

/** Two of one parameter: one part of a server may read the first, another the second. */
export const tokenSentTwice: Check = {
  id: 'client.sent-twice',
  area: 'client',
  title: 'A parameter sent twice to the token endpoint',
  tries:
    'Sends a token request with its code, a made-up one, or its scope twice; where that does not tell, with the code of a sign-in.',
  expects: 'It refuses with invalid_request.',
  judged: 'The same answer as to a correct request is a weakness.',
  sources: [rfc(6749, '3.2')],
  needs: { signIn: 'maybe' },
  requests: 2,
  signIns: 1,
  async run(bench) {
    const right = await bench.rightClient();
    const isUser = grantOf(bench.profile).actsForUser;
    const parameters = isUser ? madeUpCode(bench) : clientParameters(bench.profile);
    const twice = parameters.filter(([name]) => name === (isUser ? 'code' : 'scope'));
    if (twice.length === 0)
      return notApplicable('Without scopes the request has no parameter to send twice.');
    const madeUp = await bench.token(parameters, undefined, { append: twice });
    // Only who looked at the code has read the parameter.
    const tells =
      right.error === 'invalid_grant' ||
      [right, madeUp].some(issued) ||
      madeUp.status !== right.status ||
      madeUp.error !== right.error;
    if (!tells && !(bench.canSignIn && isUser))
      return notDetermined(`The server ${describeToken(madeUp)}, as for a parameter once.`);
    const answer = tells ? madeUp : await withRealCode(bench);
    if (issued(answer) || (tells && answer.error === right.error))
      return weakness(
        `With a parameter twice the server ${describeToken(answer)}, as with it once: it does not refuse that.`,
        'Refuse token requests in which a parameter occurs twice with invalid_request.',
      );
    return pass(`With a parameter twice the server ${describeToken(answer)}.`);
  },
};

async function withRealCode(bench: Bench): Promise<TokenAnswer> {
  await bench.reference();
  const answer = await bench.code();
  return bench.redeem(answer, { append: [['code', answer.code]] });
}
