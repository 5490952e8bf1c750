import { grantOf } from '../../grants/all.ts';
import { clientParameters } from '../../oauth/tokenParameters.ts';
import { madeUpCode, type Bench } from '../bench.ts';
import type { Check, Judgement } from '../check.ts';
import { notApplicable, notDetermined, pass, weakness } from '../judgement.ts';
import { describeToken, issued, type TokenAnswer } from '../tokenAnswer.ts';
import { Crashed, Undetermined } from '../undetermined.ts';
import { rfc } from '../../source.ts';

/** A parameter sent twice: one part of a server may read the first value, another the second. */
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
    const isUser = grantOf(bench.profile).actsForUser;
    const parameters = isUser ? madeUpCode(bench) : clientParameters(bench.profile);
    const twice = parameters.filter(([name]) => name === (isUser ? 'code' : 'scope'));
    if (twice.length === 0)
      return notApplicable('Without scopes the request has no parameter to send twice.');
    let right: TokenAnswer;
    let madeUp: TokenAnswer;
    try {
      right = await bench.rightClient();
      madeUp = await bench.token(parameters, undefined, { append: twice });
    } catch (thrown) {
      if (!(thrown instanceof Crashed && bench.canSignIn && isUser)) throw thrown;
      return judge(await withRealCode(bench));
    }
    // Only a server that checked the code has read the parameter.
    const tells =
      right.error === 'invalid_grant' ||
      [right, madeUp].some(issued) ||
      madeUp.status !== right.status ||
      madeUp.error !== right.error;
    if (!tells && !(bench.canSignIn && isUser))
      return notDetermined(`The server ${describeToken(madeUp)}, as for a parameter once.`);
    if (!tells) return judge(await withRealCode(bench));
    const asOnce = madeUp.error === right.error;
    // A server that reads two codes as an unknown one refuses two right ones, too.
    const real =
      asOnce && bench.canSignIn && isUser ? await withRealCode(bench).catch(asUndetermined) : madeUp;
    return judge(real ?? madeUp, asOnce && (real === undefined || issued(real)));
  },
};

function asUndetermined(thrown: unknown): undefined {
  if (!(thrown instanceof Undetermined)) throw thrown;
}

function judge(answer: TokenAnswer, asOnce = false): Judgement {
  if (issued(answer) || asOnce)
    return weakness(
      `With a parameter twice the server ${describeToken(answer)}, as with it once: it does not refuse that.`,
      'Refuse token requests in which a parameter occurs twice with invalid_request.',
    );
  return pass(`With a parameter twice the server ${describeToken(answer)}.`);
}

async function withRealCode(bench: Bench): Promise<TokenAnswer> {
  await bench.reference();
  return bench.wrongly(
    () => bench.code(),
    (answer) => bench.redeem(answer, { append: [['code', answer.code]] }),
  );
}
