import { outOfOrder } from '../../http/webPage.ts';
import type { Check } from '../check.ts';
import { saysNothing } from '../heard.ts';
import { fail, notDetermined, pass } from '../judgement.ts';
import { foreignHost } from '../registered.ts';
import { rfc } from '../../source.ts';

const advice = 'Send no Access-Control headers from the authorization endpoint.';

/** The authorization endpoint is for browsers that go there, not for scripts. */
export const cors: Check = {
  id: 'response.cors',
  area: 'response',
  title: 'The authorization endpoint is closed to scripts',
  tries: 'Sends an authorization request as a script of a foreign page would.',
  expects: 'It sends no Access-Control-Allow-Origin that lets the page read the answer.',
  judged: 'Permission for the foreign page, or for every page, fails.',
  sources: [rfc(9700, '2.6')],
  needs: { authorization: true },
  requests: 2,
  signIns: 0,
  async run(bench) {
    const { uri } = await bench.notRefused();
    const origin = `https://${foreignHost}`;
    const url = await bench.authorizationUrl({ set: { redirect_uri: uri, ...(await bench.quiet()) } });
    const headers = {
      origin,
      'sec-fetch-mode': 'cors',
      'sec-fetch-dest': 'empty',
      'sec-fetch-site': 'cross-site',
    };
    const answer = await bench.send('authorization', url, { headers });
    // Browsers first send a preflight request for those that are not simple.
    const preflight = {
      ...headers,
      'access-control-request-method': 'GET',
      'access-control-request-headers': 'authorization',
    };
    const asked = await bench.send('authorization', url, { method: 'OPTIONS', headers: preflight });
    const lets = (one: Response) =>
      ['*', origin].includes(one.headers.get('access-control-allow-origin') ?? '');
    if (!lets(answer) && lets(asked))
      return fail(
        'The authorization endpoint lets scripts on any page send requests (its answer to OPTIONS says so), although they cannot read its answers.',
        advice,
      );
    const isOpen = lets(answer);
    // For browsers a failed OPTIONS means no; some servers never support it.
    const fails = [500, 501].includes(asked.status);
    const silent = [answer.status, ...(fails ? [] : [asked.status])].find(outOfOrder);
    if (!isOpen && silent !== undefined) return notDetermined(saysNothing('authorization', silent));
    if (!isOpen) return pass('A script on another page cannot read what the authorization endpoint answers.');
    return fail('The authorization endpoint lets scripts of any page read its answers.', advice);
  },
};
