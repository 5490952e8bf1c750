import { goesTo } from '../acceptance.ts';
import type { Bench } from '../bench.ts';
import type { Check, Judgement } from '../check.ts';
import { fail, notDetermined, pass } from '../judgement.ts';
import { describeProbe, type ProbeAnswer } from '../probe.ts';
import { redirectInBrowser } from '../redirectInBrowser.ts';
import { foreignHost, withHost } from '../registered.ts';
import { taken } from '../requestTrial.ts';
import { rfc } from '../../source.ts';

const advice = 'Check redirect_uri first, and show an error page when it is not registered.';

/** No redirect to a host nobody registered, not even with an error. */
export const unregisteredHost: Check = {
  id: 'redirect.unregistered-host',
  area: 'redirect',
  title: 'No redirect to an unregistered host',
  tries:
    'Asks for a code to be sent to a foreign host, once correctly and once with an unknown response_type.',
  expects: 'It shows an error on its own page and does not redirect.',
  judged:
    'Any redirect to the foreign host fails: the server is an open redirector, or gives codes away. It passes only if the answer differs from that to the registered URI.',
  sources: [rfc(6749, '3.1.2.4'), rfc(9700, '4.11.2')],
  needs: { authorization: true, signIn: 'maybe' },
  requests: 2,
  signIns: 1,
  async run(bench) {
    const foreign = `https://${foreignHost}/callback`;
    const { yardstick } = await bench.registered();
    const { unregistered } = yardstick;
    const wrong = () => bench.probe({ set: { redirect_uri: foreign, response_type: 'none-such' } });
    for (const ask of [() => unregistered, wrong]) {
      const answer = await ask();
      if (answer.kind === 'redirect' && goesTo(answer.location, foreign))
        return fail(`The server ${describeProbe(answer)}, a host that nobody registered.`, advice, {
          facts: { any_host: true },
        });
    }
    if (taken(unregistered, yardstick) !== 'refused') return afterSignIn(bench, foreign, unregistered);
    return pass('The server does not redirect to a host that is not registered.', {
      facts: { any_host: false },
    });
  },
};

/**
 * Tries it after a sign-in, as a server may check the redirect URI later; the foreign name leads to this computer, so that it
 * shows.
 */
async function afterSignIn(bench: Bench, foreign: string, answer: ProbeAnswer): Promise<Judgement> {
  if (!bench.canSignIn)
    return notDetermined(
      `For a foreign host the server ${describeProbe(answer)}, as for the registered redirect URI: where it redirects after a sign-in is not seen.`,
    );
  const { verdict, shown } = await redirectInBrowser(bench, withHost(bench.listening, foreignHost));
  if (verdict === 'accepted')
    return fail(
      `After the sign-in the server redirects to ${shown}, a host that nobody registered.`,
      advice,
      {
        facts: { any_host: true },
      },
    );
  if (verdict === 'refused')
    return pass(`After the sign-in the server does not redirect to ${shown}, which nobody registered.`, {
      facts: { any_host: false },
    });
  return notDetermined(`For ${foreign} the server ${describeProbe(answer)}, which does not tell.`);
}
