import type { Yardstick } from '../acceptance.ts';
import type { Bench } from '../bench.ts';
import type { Check } from '../check.ts';
import { fail, notDetermined, pass, weakness } from '../judgement.ts';
import { ErrorShown } from '../errorShown.ts';
import { asksForSignIn, describeProbe, refusesRequest, type ProbeAnswer } from '../probe.ts';
import { foreignHost, localForeignHost, withHost } from '../registered.ts';
import { taken, type Taken } from '../requestTrial.ts';
import { rfc } from '../../source.ts';

const advice = 'Refuse authorization requests in which a parameter occurs twice.';

/** Two redirect URIs: one part of a server may read the first, another the second. */
export const sentTwice: Check = {
  id: 'redirect.sent-twice',
  area: 'redirect',
  title: 'Redirect URI sent twice',
  tries:
    'Asks for a code with two redirect_uri parameters, the registered one and that of a foreign host, in both orders.',
  expects: 'It refuses: no parameter may be sent twice.',
  judged: 'A redirect to the foreign host fails; going on with the registered one is a weakness.',
  sources: [rfc(6749, '3.1'), rfc(9700, '4.1.3')],
  needs: { authorization: true, signIn: 'maybe' },
  requests: 2,
  signIns: 2,
  async run(bench) {
    const { uri, yardstick, tells } = await bench.notRefused();
    if (!tells && !bench.canSignIn) await bench.accepted();
    const foreign = `https://${foreignHost}/callback`;
    let unclear: string | undefined;
    let silently = false;
    // Some parsers take the first of two parameters, others the last.
    for (const [first, second] of [
      [uri, foreign],
      [foreign, uri],
    ] as const) {
      const answer = await bench.probe({ set: { redirect_uri: first }, append: [['redirect_uri', second]] });
      // Some servers join both into one URL, which leads to the first one's host.
      if (answer.kind === 'redirect' && answer.location.host === foreignHost)
        return fail(
          `Of two redirect URIs, the foreign one ${first === uri ? 'last' : 'first'}, the server ${describeProbe(answer)}, the foreign host.`,
          advice,
        );
      let how: Taken | 'elsewhere' = tookTwo(answer, yardstick);
      if (how === 'unclear' && bench.canSignIn) {
        how = await inBrowser(bench, first === uri);
        if (how === 'elsewhere')
          return fail(
            'With two redirect URIs the server redirects to the foreign host after the sign-in.',
            advice,
          );
      }
      if (how === 'through') silently = true;
      else if (how === 'unclear') unclear = describeProbe(answer);
    }
    if (silently) return weakness('Of two redirect URIs the server silently uses one.', advice);
    if (unclear !== undefined) return notDetermined(`The server ${unclear}, which does not tell.`);
    return pass('A request with two redirect URIs is refused, whichever comes first.');
  },
};

function tookTwo(answer: ProbeAnswer, yardstick: Yardstick): Taken {
  if (answer.kind === 'redirect' && !asksForSignIn(answer) && refusesRequest(answer.parameters))
    return 'refused';
  return taken(answer, yardstick);
}

/** The same with the signed-in browser; the foreign host is a name that leads to this computer. */
async function inBrowser(bench: Bench, registeredFirst: boolean): Promise<Taken | 'elsewhere'> {
  await bench.reference();
  const own = bench.listening;
  const foreign = withHost(own, localForeignHost);
  const [first, second] = registeredFirst ? [own, foreign] : [foreign, own];
  try {
    const change = { set: { redirect_uri: first }, append: [['redirect_uri', second] as const] };
    const { code, parameters, location } = await bench.authorize(change, { anywhere: true });
    if (location?.host === new URL(foreign).host) return 'elsewhere';
    if (code !== undefined) return 'through';
    return refusesRequest(parameters) ? 'refused' : 'unclear';
  } catch (thrown) {
    if (thrown instanceof ErrorShown) return 'refused';
    throw thrown;
  }
}
