import type { Check } from '../check.ts';
import { notApplicable, pass, weakness } from '../judgement.ts';
import { withPath } from '../registered.ts';
import { compareExactly, tryVariants } from '../redirectVariant.ts';
import { rfc } from '../../source.ts';

/** Paths are case-sensitive. */
export const pathCase: Check = {
  id: 'redirect.path-case',
  area: 'redirect',
  title: 'Upper and lower case in the path',
  tries: 'Asks for a code with the path in the other case.',
  expects: 'It refuses: paths are case-sensitive.',
  judged: 'A redirect there is a weakness.',
  sources: [rfc(3986, '6.2.2.1'), rfc(9700, '2.1')],
  needs: { authorization: true, signIn: 'maybe' },
  requests: 1,
  signIns: 1,
  async run(bench) {
    if (otherCase(bench.client.redirectUri) === bench.client.redirectUri)
      return notApplicable('The path of the redirect URI has no letters.');
    return tryVariants(bench, (uri) => [otherCase(uri)], {
      fact: 'path_case',
      accepted: (other) =>
        weakness(`The server also redirects to ${other}, where only the case differs.`, compareExactly),
      refused: () => pass('Upper and lower case make a difference, as they should.'),
    });
  },
};

function otherCase(uri: string): string {
  return withPath(uri, (path) => (path === path.toUpperCase() ? path.toLowerCase() : path.toUpperCase()));
}
