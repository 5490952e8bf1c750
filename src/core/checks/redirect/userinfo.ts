import type { Check } from '../check.ts';
import { fail, pass } from '../judgement.ts';
import { foreignHost } from '../registered.ts';
import { compareExactly, tryVariants } from '../redirectVariant.ts';
import { rfc } from '../../source.ts';

/** The text before an @ is a user name, not the host. */
export const userinfo: Check = {
  id: 'redirect.userinfo',
  area: 'redirect',
  title: 'User name before the host',
  tries:
    'Asks for a code with a user name before the registered host, with the registered host as a user name before a foreign one, and with a foreign host and a backslash before the @.',
  expects: 'It refuses all three.',
  judged: 'A redirect to one of them fails; the last two send codes to a stranger.',
  sources: [rfc(3986, '7.5'), rfc(9700, '4.1.3')],
  needs: { authorization: true, signIn: 'maybe' },
  requests: 3,
  signIns: 3,
  async run(bench) {
    return tryVariants(bench, disguises, {
      accepted: (other) =>
        fail(`The server redirects to ${other}, where an @ can hide whose host it is.`, compareExactly),
      refused: () => pass('A user name in the redirect URI is refused.'),
    });
  },
};

function disguises(uri: string): readonly string[] {
  const { port } = new URL(uri);
  const foreign = `${foreignHost}${port === '' ? '' : `:${port}`}`;
  return [
    uri.replace(/^([a-z][a-z0-9+.-]*:\/\/[^/?#]*)/i, `$1@${foreignHost}`),
    // For browsers a backslash ends the host; for many parsers it does not.
    uri.replace('://', `://${foreign}\\@`),
    // Not an ordinary word, as it is masked in what is shown.
    uri.replace('://', '://oauth-explorer@'),
  ];
}
