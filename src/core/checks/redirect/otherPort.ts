import type { Bench } from '../bench.ts';
import type { Check, Judgement } from '../check.ts';
import { fail, notApplicable, pass } from '../judgement.ts';
import { samplePort, withPort } from '../registered.ts';
import { tryVariants } from '../redirectVariant.ts';
import { rfc } from '../../source.ts';

const low = 8123;
const high = 61_234;

/** RFC 8252: a native app gets its port from the operating system. */
export const otherPort: Check = {
  id: 'redirect.other-port',
  area: 'redirect',
  title: 'Another port on the loopback address',
  tries: `Asks for a code with the ports ${low} and ${high} in the redirect URI.`,
  expects: 'It accepts any port for a loopback IP address of a native app.',
  judged: 'A refusal fails when the profile leaves the port open; when it names a port, both answers pass.',
  sources: [rfc(8252, '7.3'), rfc(9700, '4.1.3')],
  needs: { authorization: true, loopback: true, signIn: 'maybe' },
  requests: 2,
  signIns: 0,
  async run(bench) {
    const { port, hostname } = new URL(bench.client.redirectUri);
    const { tells } = await bench.notRefused();
    if (!tells && bench.canSignIn) return signedIn(bench, port);
    const isAddress = hostname !== 'localhost';
    const first = await tryPort(bench, low);
    const verdict = first.facts?.any_port === true ? await tryPort(bench, high) : first;
    if (verdict.facts?.any_port !== false) return verdict;
    if (port !== '')
      return {
        ...verdict,
        ...pass(`The server compares the port too; the profile names port ${port}, so nothing is missing.`),
      };
    if (!isAddress)
      return {
        ...notApplicable('Only loopback IP addresses get any port; for localhost the server may compare it.'),
        facts: verdict.facts,
      };
    return verdict;
  },
};

/** When only a sign-in could tell: it came back at a port that nobody registered. */
async function signedIn(bench: Bench, port: string): Promise<Judgement> {
  if (port !== '')
    return notApplicable(`The profile names port ${port}, and only a sign-in at another one would tell.`);
  await bench.reference();
  return pass(`The sign-in came back at ${bench.listening}, a port that nobody registered.`, {
    facts: { any_port: true },
  });
}

function tryPort(bench: Bench, port: number) {
  return tryVariants(bench, (uri) => [withPort(uri, port)], {
    fact: 'any_port',
    accepted: () => pass('The server accepts any port on the loopback address, as a native app needs it.'),
    refused: () =>
      fail(
        `The server refuses port ${port}, but this profile leaves the port open, so a sign-in fails whenever the operating system gives another one.`,
        'Ignore the port when a redirect URI of a native app is a loopback IP address.',
        {
          fixes: [{ kind: 'set_redirect_uri', redirectUri: withPort(bench.client.redirectUri, samplePort) }],
        },
      ),
  });
}
