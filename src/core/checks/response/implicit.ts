import type { Bench } from '../bench.ts';
import type { Check, Judgement } from '../check.ts';
import { fail, notDetermined, pass, weakness } from '../judgement.ts';
import { ErrorShown } from '../errorShown.ts';
import { refusal } from '../pkceRefusal.ts';
import { describeProbe } from '../probe.ts';
import { taken } from '../requestTrial.ts';
import { rfc, oauth21 } from '../../source.ts';

const advice = 'Switch the implicit grant off for this client.';

/** Tokens in the address bar. */
export const implicit: Check = {
  id: 'response.implicit',
  area: 'response',
  title: 'response_type=token is refused',
  tries: 'Asks for an access token in the redirect, and for a response_type that does not exist.',
  expects: 'It refuses with unsupported_response_type or unauthorized_client.',
  judged:
    'A token fails: it would stand in the browser history. Going on to the sign-in is a weakness, if the server refuses what does not exist.',
  sources: [rfc(9700, '2.1.2'), oauth21('10.1')],
  needs: { authorization: true, signIn: 'maybe' },
  requests: 2,
  signIns: 1,
  async run(bench) {
    const { uri, yardstick } = await bench.notRefused();
    const answer = await bench.probe({ set: { redirect_uri: uri, response_type: 'token' } });
    if (answer.kind === 'redirect' && answer.parameters.has('access_token'))
      return fail(
        'The server gives this client an access token in the redirect (the implicit grant).',
        advice,
      );
    const how = taken(answer, yardstick);
    if (how === 'refused') return pass(`For response_type=token the server ${describeProbe(answer)}.`);
    if (bench.canSignIn) return inBrowser(bench);
    // Some servers check response_type only after the sign-in: an unknown one then gets the same answer.
    const control = await bench.probe({ set: { redirect_uri: uri, response_type: 'none-such' } });
    if (how === 'unclear' || taken(control, yardstick) !== 'refused')
      return notDetermined(
        `For response_type=token the server ${describeProbe(answer)}, as it does whatever is asked for.`,
      );
    return weakness(
      'The server goes on to the sign-in for response_type=token, so it seems to offer this client the implicit grant.',
      advice,
    );
  },
};

/** Tries in the signed-in browser whether a token comes. */
async function inBrowser(bench: Bench): Promise<Judgement> {
  await bench.reference();
  try {
    const { parameters } = await bench.authorize({ set: { response_type: 'token' } }, { fragment: true });
    if (parameters.get('has')?.split(' ').includes('access_token') === true)
      return fail(
        'The server gives this client an access token in the redirect (the implicit grant).',
        advice,
      );
    if (parameters.has('error')) return pass(`For response_type=token the server ${refusal(parameters)}.`);
    return parameters.has('code')
      ? pass('For response_type=token the server gives a code and no token.')
      : notDetermined('For response_type=token the server came back with neither a token nor an error.');
  } catch (thrown) {
    if (thrown instanceof ErrorShown) return pass(`For response_type=token the server ${thrown.does}.`);
    throw thrown;
  }
}
