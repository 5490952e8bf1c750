import type { Check } from '../check.ts';
import { pass, weakness } from '../judgement.ts';
import { withHost } from '../registered.ts';
import { compareExactly, tryVariants } from '../redirectVariant.ts';
import { rfc } from '../../source.ts';

const names = ['127.0.0.1', 'localhost', '[::1]'];

/** The three ways to write loopback are three different redirect URIs. */
export const loopbackNames: Check = {
  id: 'redirect.loopback-names',
  area: 'redirect',
  title: 'localhost, 127.0.0.1 and [::1] exchanged',
  tries: 'Asks for a code with each of the other two names of the loopback interface.',
  expects: 'It refuses both, unless they are registered, too.',
  judged:
    'A redirect to one of them is a weakness: what localhost means is decided by the machine of the user.',
  sources: [rfc(8252, '8.3'), rfc(9700, '2.1')],
  needs: { authorization: true, loopback: true, signIn: 'maybe' },
  requests: 2,
  signIns: 2,
  async run(bench) {
    return tryVariants(bench, othersOf, {
      fact: 'loopback_names',
      accepted: (other) =>
        weakness(
          `The server also redirects to ${other}, which is right only where it is registered, too.`,
          compareExactly,
        ),
      refused: () => pass('The server treats localhost, 127.0.0.1 and [::1] as different hosts.'),
    });
  },
};

function othersOf(uri: string): readonly string[] {
  const { hostname } = new URL(uri);
  return names.filter((name) => name !== hostname).map((name) => withHost(uri, name));
}
