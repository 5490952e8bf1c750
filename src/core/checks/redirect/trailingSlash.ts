import type { Check } from '../check.ts';
import { pass, weakness } from '../judgement.ts';
import { withPath } from '../registered.ts';
import { compareExactly, tryVariants } from '../redirectVariant.ts';
import { rfc } from '../../source.ts';

/** A slash more or less makes another URI. */
export const trailingSlash: Check = {
  id: 'redirect.trailing-slash',
  area: 'redirect',
  title: 'Trailing slash',
  tries: 'Asks for a code with a slash added to the redirect URI, or taken away.',
  expects: 'It refuses.',
  judged: 'A redirect there is a weakness.',
  sources: [rfc(6749, '3.1.2.3'), rfc(9700, '2.1')],
  needs: { authorization: true, signIn: 'maybe' },
  requests: 1,
  signIns: 1,
  async run(bench) {
    return tryVariants(
      bench,
      (uri) => [withPath(uri, (path) => (path.endsWith('/') ? path.slice(0, -1) : `${path}/`))],
      {
        fact: 'trailing_slash',
        accepted: (other) => weakness(`The server also redirects to ${other}.`, compareExactly),
        refused: () => pass('A trailing slash makes a difference, as it should.'),
      },
    );
  },
};
