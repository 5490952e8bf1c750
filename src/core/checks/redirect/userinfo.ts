import type { Check } from '../check.ts';
import { fail, pass } from '../judgement.ts';
import { foreignHost } from '../registered.ts';
import { compareExactly, tryVariants } from '../redirectVariant.ts';
import { rfc } from '../sources.ts';

/** What stands before an @ is a user name, not the host. */
export const userinfo: Check = {
  id: 'redirect.userinfo',
  area: 'redirect',
  title: 'User name before the host',
  tries:
    'Asks for a code with a user name before the registered host, and with the registered host as a user name before a foreign one.',
  expects: 'It refuses both.',
  judged: 'A redirect to either fails; the second one sends codes to a stranger.',
  sources: [rfc(3986, '7.5'), rfc(9700, '4.1.3')],
  needs: { authorization: true, signIn: 'maybe' },
  requests: 2,
  signIns: 2,
  async run(bench) {
    return tryVariants(
      bench,
      (uri) => [uri.replace(/^([a-z]+:\/\/[^/?#]*)/i, `$1@${foreignHost}`), uri.replace('://', '://user@')],
      {
        accepted: (other) =>
          fail(
            `The server takes ${other}, so a user name before an @ gets past its comparison.`,
            compareExactly,
          ),
        refused: () => pass('A user name in the redirect URI is refused.'),
      },
    );
  },
};
