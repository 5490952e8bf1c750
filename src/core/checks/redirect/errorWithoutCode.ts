import type { Check } from '../check.ts';
import { errorInBrowser, noResponses } from '../errorInBrowser.ts';
import { fail, notApplicable, notDetermined, pass } from '../judgement.ts';
import { describeProbe, type ProbeAnswer } from '../probe.ts';
import { rfc } from '../../source.ts';

/** An error response carries an error, and nothing of value. */
export const errorWithoutCode: Check = {
  id: 'redirect.error-without-code',
  area: 'redirect',
  title: 'Error responses carry no code',
  tries: 'Provokes error responses: nobody signed in, and an unknown response_type.',
  expects: 'They carry error, and neither code nor token.',
  judged: 'A code or token beside an error fails.',
  sources: [rfc(6749, '4.1.2.1'), rfc(9700, '4.11.2')],
  needs: { authorization: true, signIn: 'maybe' },
  requests: 1,
  signIns: 1,
  async run(bench) {
    const { uri, yardstick } = await bench.notRefused();
    const wrong = await bench.probe({ set: { redirect_uri: uri, response_type: 'none-such' } });
    let seen = false;
    const signedIn =
      ['redirect', 'refused'].includes(wrong.kind) || !bench.canSignIn ? [] : [await errorInBrowser(bench)];
    // Who refuses before anybody signs in does so afterwards.
    if ((bench.canSignIn && wrong.kind === 'refused') || signedIn[0] === 'page')
      return notApplicable(noResponses);
    for (const parameters of [...[yardstick.registered, wrong].map(responseOf), ...signedIn]) {
      if (parameters === undefined || parameters === 'page' || !parameters.has('error')) continue;
      seen = true;
      for (const name of ['code', 'access_token', 'id_token'])
        if (parameters.has(name))
          return fail(
            `An error response of the server carries ${name}, too.`,
            'Send nothing but error, error_description, error_uri, state and iss in an error response.',
          );
    }
    if (seen) return pass('Error responses carry an error and nothing of value.');
    return notDetermined(`The server sent no error response: it ${describeProbe(wrong)}.`);
  },
};

function responseOf(answer: ProbeAnswer): URLSearchParams | undefined {
  return answer.kind === 'redirect' ? answer.parameters : undefined;
}
