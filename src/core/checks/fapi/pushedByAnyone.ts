import { changedRequest, random } from '../authorizationRequest.ts';
import type { Check } from '../check.ts';
import { withoutAuthentication } from '../credentials.ts';
import { fail, notDetermined, pass } from '../judgement.ts';
import { push } from '../pushed.ts';
import { formOf } from '../../oauth/tokenRequest.ts';
import { broken, describeToken, readTokenAnswer } from '../tokenAnswer.ts';
import { Undetermined } from '../undetermined.ts';
import { fapi2 } from '../../source.ts';

/** A request that anybody can push is no better than one in the browser. */
export const fapiPushedByAnyone: Check = {
  id: 'fapi.par-authenticated',
  area: 'fapi',
  title: 'Pushed requests are authenticated',
  tries: 'Hands in a right authorization request with the client ID alone.',
  expects: 'It refuses.',
  judged: 'A request_uri for it fails.',
  sources: [fapi2('5.3.2.2')],
  needs: { fapi: true, authorization: true, pushed: true },
  requests: 2,
  signIns: 0,
  async run(bench) {
    // The same is accepted from the authenticated client.
    await push(bench);
    const endpoint = bench.server.metadata?.server.pushed_authorization_request_endpoint;
    if (endpoint === undefined) throw new Undetermined('The server names no endpoint for pushed requests.');
    const { client } = bench;
    const request = changedRequest(
      bench.authorizationEndpoint,
      client,
      {},
      { state: random(), verifier: random() },
    );
    const { authentication, material, profile } = withoutAuthentication(await bench.credentials());
    const [headers, body] = [new Headers(), formOf(request.parameters)];
    const alone = await authentication.make(material, profile);
    await alone({ issuer: bench.server.issuer ?? '' }, { client_id: client.clientId }, body, headers);
    const response = await bench.send('par', endpoint, {
      ...{ method: 'POST', headers: Object.fromEntries(headers), body },
    });
    const taken = response.status < 300 && (await response.clone().text()).includes('request_uri');
    const answer = await readTokenAnswer(response);
    if (taken)
      return fail(
        'The server takes a pushed request without proof of the client.',
        'Authenticate the client at the endpoint for pushed requests as at the token endpoint.',
      );
    const does = `For a pushed request without proof of the client the server ${describeToken(answer)}.`;
    return broken(answer) || answer.status < 400 ? notDetermined(does) : pass(does);
  },
};
