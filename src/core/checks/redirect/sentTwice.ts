import { goesTo } from '../acceptance.ts';
import type { Check } from '../check.ts';
import { fail, notDetermined, pass, weakness } from '../judgement.ts';
import { asksForSignIn, describeProbe } from '../probe.ts';
import { foreignHost } from '../registered.ts';
import { refusesRequest, taken } from '../requestTrial.ts';
import { rfc } from '../sources.ts';

/** Two redirect URIs: one part of a server may read the first, another the second. */
export const sentTwice: Check = {
  id: 'redirect.sent-twice',
  area: 'redirect',
  title: 'Redirect URI sent twice',
  tries: 'Asks for a code with two redirect_uri parameters: the registered one and that of a foreign host.',
  expects: 'It refuses: no parameter may be sent twice.',
  judged: 'A redirect to the foreign host fails; going on with the registered one is a weakness.',
  sources: [rfc(6749, '3.1'), rfc(9700, '4.1.3')],
  needs: { authorization: true },
  requests: 1,
  signIns: 0,
  async run(bench) {
    const { uri, yardstick } = await bench.accepted();
    const foreign = `https://${foreignHost}/callback`;
    const answer = await bench.probe({ set: { redirect_uri: uri }, append: [['redirect_uri', foreign]] });
    if (answer.kind === 'refused') return pass('A request with two redirect URIs is refused.');
    const advice = 'Refuse authorization requests in which a parameter occurs twice.';
    if (answer.kind === 'redirect' && goesTo(answer.location, foreign))
      return fail(
        'Of two redirect URIs the server checks one and uses the other: it redirects to the foreign host.',
        advice,
      );
    if (asksForSignIn(answer)) return weakness('Of two redirect URIs the server silently uses one.', advice);
    if (answer.kind === 'redirect' && refusesRequest(answer.parameters))
      return pass(`A request with two redirect URIs is refused: the server ${describeProbe(answer)}.`);
    const how = taken(answer, yardstick);
    if (how === 'refused') return pass('A request with two redirect URIs is refused.');
    if (how === 'through') return weakness('Of two redirect URIs the server silently uses one.', advice);
    return notDetermined(`The server ${describeProbe(answer)}, which does not tell.`);
  },
};
