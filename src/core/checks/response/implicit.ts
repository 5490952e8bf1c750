import type { Check } from '../check.ts';
import { asksForSignIn, describeProbe, sameShape } from '../probe.ts';
import { fail, pass } from '../judgement.ts';
import { oauth21, rfc } from '../sources.ts';

/** Tokens in the address bar. */
export const implicit: Check = {
  id: 'response.implicit',
  area: 'response',
  title: 'response_type=token is refused',
  tries: 'Asks for an access token in the redirect.',
  expects: 'It refuses with unsupported_response_type or unauthorized_client.',
  judged: 'Going on to the sign-in fails: tokens would stand in the browser history.',
  sources: [rfc(9700, '2.1.2'), oauth21('10.1')],
  needs: { authorization: true },
  requests: 1,
  signIns: 0,
  async run(bench) {
    const { uri, yardstick } = await bench.accepted();
    const answer = await bench.probe({ set: { redirect_uri: uri, response_type: 'token' } });
    const through =
      asksForSignIn(answer) ||
      (answer.kind === 'redirect' && answer.parameters.has('access_token')) ||
      (!asksForSignIn(yardstick.registered) && sameShape(answer, yardstick.registered));
    if (!through) return pass(`For response_type=token the server ${describeProbe(answer)}.`);
    return fail(
      'The server would give this client an access token in the redirect (the implicit grant).',
      'Switch the implicit grant off for this client.',
    );
  },
};
