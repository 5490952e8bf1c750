import type { ApiBench } from '../apiBench.ts';
import { isTaken } from '../apiRefusal.ts';
import type { Check } from '../check.ts';
import { isSilent, isWebPage } from '../../http/webPage.ts';
import { fail, notDetermined, pass, weakness } from '../judgement.ts';
import { rfc } from '../../source.ts';

/** A protected API tells that it needs a token. */
export const noToken: Check<ApiBench> = {
  id: 'resource.no-token',
  area: 'resource',
  title: 'Without a token nothing is served',
  tries: 'Sends the request without a token.',
  expects: 'It answers 401, with a Bearer challenge where the token goes as Authorization: Bearer.',
  judged: 'An answer with data fails; a refusal in other words is a weakness.',
  sources: [rfc(6750, '3'), rfc(9110, '15.5.2')],
  needs: {},
  requests: 1,
  signIns: 0,
  async run(bench) {
    const answer = await bench.withoutToken();
    // A sign-in page is not the API's answer if the good token gets no page.
    const good =
      isWebPage(answer.headers.get('content-type'), '') && (await bench.options.tokens?.good()) !== undefined
        ? await bench.withGoodToken()
        : undefined;
    if (isTaken(answer, good) && answer.status < 400)
      return fail(
        `Without a token the API answers with status ${answer.status}.`,
        'Ask for a token before anything is served.',
      );
    if (isSilent(answer)) return notDetermined(`The API answered with status ${answer.status}.`);
    if (answer.status !== 401)
      return weakness(
        `Without a token the API answers with status ${answer.status} and not 401.`,
        `Answer with status 401${bench.isBearer ? ' and WWW-Authenticate: Bearer' : ''}.`,
      );
    if (!bench.isBearer) return pass('Without a token the API answers 401.');
    if (answer.challenged.bearer === undefined)
      return weakness(
        'Without a token the API answers 401, and no Bearer challenge says what it wants.',
        'Answer with WWW-Authenticate: Bearer.',
      );
    return pass('Without a token the API answers 401 with a Bearer challenge.');
  },
};
