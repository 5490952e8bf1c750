import { goesTo } from '../acceptance.ts';
import type { Bench } from '../bench.ts';
import type { Check, Judgement } from '../check.ts';
import { fail, notDetermined, pass } from '../judgement.ts';
import { ErrorShown } from '../errorShown.ts';
import { describeProbe } from '../probe.ts';
import { taken } from '../requestTrial.ts';
import { rfc } from '../../source.ts';

const change = { client_id: 'oauth-explorer-check-unknown' };
const advice = 'Show an error page when client_id is not known, and do not redirect.';

/** Nobody registered a redirect URI for a client that does not exist. */
export const unknownClient: Check = {
  id: 'client.unknown',
  area: 'client',
  title: 'No redirect for an unknown client',
  tries: 'Asks for a code as a client that does not exist.',
  expects: 'It shows an error on its own page and does not redirect.',
  judged: 'A redirect to the URI that was sent fails: the server is an open redirector.',
  sources: [rfc(6749, '4.1.2.1'), rfc(9700, '4.11.2')],
  needs: { authorization: true, signIn: 'maybe' },
  requests: 1,
  signIns: 1,
  async run(bench) {
    const { uri, yardstick } = await bench.notRefused();
    const answer = await bench.probe({ set: { redirect_uri: uri, ...change } });
    // An error page at another address may get the state, too.
    if (answer.kind === 'redirect' && goesTo(answer.location, uri))
      return fail(`For an unknown client the server ${describeProbe(answer)}.`, advice);
    if (taken(answer, yardstick) === 'refused')
      return pass(`For an unknown client the server ${describeProbe(answer)}.`);
    if (!bench.canSignIn)
      return notDetermined(`For an unknown client the server ${describeProbe(answer)}, which does not tell.`);
    return inBrowser(bench);
  },
};

async function inBrowser(bench: Bench): Promise<Judgement> {
  await bench.reference();
  try {
    await bench.authorize({ set: change });
    return fail('After the sign-in the server redirects for a client that does not exist.', advice);
  } catch (thrown) {
    if (thrown instanceof ErrorShown) return pass(`For an unknown client the server ${thrown.does}.`);
    throw thrown;
  }
}
