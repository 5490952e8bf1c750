import { grantOf } from '../../grants/all.ts';
import { clientParameters } from '../../oauth/tokenParameters.ts';
import { madeUpCode } from '../bench.ts';
import type { Check } from '../check.ts';
import { notApplicable, notDetermined, pass, weakness } from '../judgement.ts';
import { describeToken, issued } from '../tokenAnswer.ts';
import { rfc } from '../../source.ts';

/** Two of one parameter: one part of a server may read the first, another the second. */
export const tokenSentTwice: Check = {
  id: 'client.sent-twice',
  area: 'client',
  title: 'A parameter sent twice to the token endpoint',
  tries: 'Sends a token request with its code, a made-up one, or its scope twice.',
  expects: 'It refuses with invalid_request.',
  judged: 'The same answer as to a correct request is a weakness.',
  sources: [rfc(6749, '3.2')],
  needs: {},
  requests: 1,
  signIns: 0,
  async run(bench) {
    const right = await bench.rightClient();
    const isUser = grantOf(bench.profile).actsForUser;
    const parameters = isUser ? madeUpCode(bench) : clientParameters(bench.profile);
    const twice = parameters.filter(([name]) => name === (isUser ? 'code' : 'scope'));
    if (twice.length === 0)
      return notApplicable('Without scopes the request has no parameter to send twice.');
    const answer = await bench.token(parameters, undefined, { append: twice });
    // Only who looked at the code has read the parameter.
    const tellsNothing = right.error !== 'invalid_grant' && !issued(right);
    if (!issued(answer) && tellsNothing && answer.status === right.status && answer.error === right.error)
      return notDetermined(`The server ${describeToken(answer)}, as for a parameter once.`);
    if (issued(answer) || answer.error === right.error)
      return weakness(
        `With a parameter twice the server ${describeToken(answer)}, as with it once: it does not refuse that.`,
        'Refuse token requests in which a parameter occurs twice with invalid_request.',
      );
    return pass(`With a parameter twice the server ${describeToken(answer)}.`);
  },
};
