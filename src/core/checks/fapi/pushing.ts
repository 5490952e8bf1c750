import { authorizationUrl } from '../../oauth/authorizationRequest.ts';
import { changedRequest, random } from '../authorizationRequest.ts';
import type { Check } from '../check.ts';
import { fail, notDetermined, pass } from '../judgement.ts';
import { describeProbe } from '../probe.ts';
import { look } from '../pushed.ts';
import { taken } from '../requestTrial.ts';
import { fapi2 } from '../../source.ts';

/** A request that passes through the browser can be changed there. */
export const fapiPushing: Check = {
  id: 'fapi.par-required',
  area: 'fapi',
  title: 'Requests must be pushed (PAR)',
  tries: 'Opens the authorization endpoint with a request that was not pushed.',
  expects: 'It refuses.',
  judged: 'Going on fails.',
  sources: [fapi2('5.3.2.2')],
  needs: { fapi: true, authorization: true },
  requests: 1,
  signIns: 0,
  async run(bench) {
    const { uri, yardstick } = await bench.notRefused();
    const set = { redirect_uri: uri, ...(await bench.quiet()) };
    const fresh = { state: random(), verifier: random() };
    const request = changedRequest(bench.authorizationEndpoint, bench.client, { set }, fresh);
    const answer = await look(bench, new URL(authorizationUrl(request)));
    const how = taken(answer, yardstick);
    if (how === 'through')
      return fail('The server takes requests that were not pushed.', 'Require pushed requests (PAR).');
    const does = `For a request that was not pushed the server ${describeProbe(answer)}.`;
    return how === 'refused' ? pass(does) : notDetermined(does);
  },
};
