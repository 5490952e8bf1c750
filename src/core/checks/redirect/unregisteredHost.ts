import { goesTo } from '../acceptance.ts';
import type { Check } from '../check.ts';
import { fail, notDetermined, pass } from '../judgement.ts';
import { describeProbe } from '../probe.ts';
import { foreignHost } from '../registered.ts';
import { taken } from '../requestTrial.ts';
import { rfc } from '../sources.ts';

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
  needs: { authorization: true },
  requests: 2,
  signIns: 0,
  async run(bench) {
    const foreign = `https://${foreignHost}/callback`;
    const { yardstick } = await bench.registered();
    const wrong = await bench.probe({ set: { redirect_uri: foreign, response_type: 'none-such' } });
    const advice = 'Check redirect_uri first, and show an error page when it is not registered.';
    for (const answer of [yardstick.unregistered, wrong])
      if (answer.kind === 'redirect' && goesTo(answer.location, foreign))
        return fail(`The server ${describeProbe(answer)}, a host that nobody registered.`, advice, {
          facts: { any_host: true },
        });
    const { unregistered } = yardstick;
    if (taken(unregistered, yardstick) !== 'refused')
      return notDetermined(
        `For a foreign host the server ${describeProbe(unregistered)}, as for the registered redirect URI: where it redirects after a sign-in is not seen.`,
      );
    return pass('The server redirects to no host that is not registered.', { facts: { any_host: false } });
  },
};
