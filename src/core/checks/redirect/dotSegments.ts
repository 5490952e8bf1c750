import type { Check } from '../check.ts';
import { fail, pass } from '../judgement.ts';
import { withPath } from '../registered.ts';
import { compareExactly, tryVariants } from '../redirectVariant.ts';
import { rfc } from '../../source.ts';

/** `/callback/../elsewhere` begins right and ends elsewhere. */
export const dotSegments: Check = {
  id: 'redirect.dot-segments',
  area: 'redirect',
  title: 'Dot segments',
  tries: 'Asks for a code with /../elsewhere added to the path, which a browser takes as another page.',
  expects: 'It refuses.',
  judged: 'A redirect there fails: a browser goes to the other page with the code.',
  sources: [rfc(3986, '5.2.4'), rfc(9700, '4.1.3')],
  needs: { authorization: true, signIn: 'maybe' },
  requests: 1,
  signIns: 1,
  async run(bench) {
    return tryVariants(bench, (uri) => [withPath(uri, (path) => `${path}/../elsewhere`)], {
      fact: 'dot_segments',
      accepted: (other) =>
        fail(
          `The server takes ${other}, which a browser reads as another page of the same host.`,
          compareExactly,
        ),
      refused: () => pass('A path with dot segments is refused.'),
    });
  },
};
