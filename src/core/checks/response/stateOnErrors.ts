import { random } from '../authorizationRequest.ts';
import type { Check } from '../check.ts';
import { errorInBrowser, noResponses } from '../errorInBrowser.ts';
import { fail, notApplicable, notDetermined, pass } from '../judgement.ts';
import { describeProbe } from '../probe.ts';
import { rfc } from '../../source.ts';

/** A client must be able to tell that an error is for it. */
export const stateOnErrors: Check = {
  id: 'response.state-on-errors',
  area: 'response',
  title: 'State on errors',
  tries: 'Provokes error responses: nobody signed in, and an unknown response_type.',
  expects: 'It returns the state with each error.',
  judged: 'An error without the state, or with another, fails.',
  sources: [rfc(6749, '4.1.2.1')],
  needs: { authorization: true, signIn: 'maybe' },
  requests: 2,
  signIns: 1,
  async run(bench) {
    const { uri } = await bench.notRefused();
    let seen = false;
    let refused = false;
    for (const responseType of ['code', 'none-such']) {
      const sent = random();
      const answer = await bench.probe({
        set: { redirect_uri: uri, state: sent, response_type: responseType },
      });
      refused = answer.kind === 'refused';
      if (answer.kind !== 'redirect' || !answer.parameters.has('error')) continue;
      seen = true;
      if (answer.parameters.get('state') !== sent)
        return fail(
          `The server ${describeProbe(answer)}, but without the state that was sent, so this client has to ignore the error and waits in vain.`,
          'Return state in every error response.',
        );
    }
    if (seen) return pass('Errors come with the state.');
    // Who refuses before anybody signs in does so afterwards.
    if (refused) return notApplicable(noResponses);
    if (!bench.canSignIn) return notDetermined('The server sent no error to the redirect URI.');
    const sent = random();
    const response = await errorInBrowser(bench, sent);
    if (response === 'page') return notApplicable(noResponses);
    if (!response.has('error')) return notDetermined('The server sent no error to the redirect URI.');
    if (response.get('state') === sent) return pass('Errors come with the state.');
    return fail(
      'After the sign-in the server answers a wrong request with an error, but without the state that was sent, so this client has to ignore it and waits in vain.',
      'Return state in every error response.',
    );
  },
};
