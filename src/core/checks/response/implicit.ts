import type { Check } from '../check.ts';
import { fail, notDetermined, pass, weakness } from '../judgement.ts';
import { describeProbe } from '../probe.ts';
import { taken } from '../requestTrial.ts';
import { oauth21, rfc } from '../sources.ts';

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
  needs: { authorization: true },
  requests: 2,
  signIns: 0,
  async run(bench) {
    const { uri, yardstick } = await bench.accepted();
    const answer = await bench.probe({ set: { redirect_uri: uri, response_type: 'token' } });
    const advice = 'Switch the implicit grant off for this client.';
    if (answer.kind === 'redirect' && answer.parameters.has('access_token'))
      return fail(
        'The server gives this client an access token in the redirect (the implicit grant).',
        advice,
      );
    const how = taken(answer, yardstick);
    if (how === 'refused') return pass(`For response_type=token the server ${describeProbe(answer)}.`);
    // Some servers look at response_type only after the sign-in: then the answer to one that is none is the same.
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
