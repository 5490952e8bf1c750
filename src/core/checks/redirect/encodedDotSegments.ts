import type { Check } from '../check.ts';
import { fail, pass } from '../judgement.ts';
import { withPath } from '../registered.ts';
import { compareExactly, tryVariants } from '../redirectVariant.ts';
import { rfc } from '../../source.ts';

/** Browsers take `%2e%2e` for `..` too. */
export const encodedDotSegments: Check = {
  id: 'redirect.encoded-dot-segments',
  area: 'redirect',
  title: 'Encoded dot segments',
  tries:
    'Asks for a code with /%2e%2e/elsewhere added to the path, which a browser reads like /../elsewhere.',
  expects: 'It refuses.',
  judged: 'A redirect there fails: a browser goes to the other page with the code.',
  sources: [rfc(3986, '6.2.2.2'), rfc(9700, '4.1.3')],
  needs: { authorization: true, signIn: 'maybe' },
  requests: 1,
  signIns: 1,
  async run(bench) {
    return tryVariants(bench, (uri) => [withPath(uri, (path) => `${path}/%2e%2e/elsewhere`)], {
      fact: 'dot_segments',
      accepted: (other) =>
        fail(
          `The server takes ${other}, which a browser reads as another page of the same host.`,
          compareExactly,
        ),
      refused: () => pass('A path with encoded dot segments is refused.'),
    });
  },
};
