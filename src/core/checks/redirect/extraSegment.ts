import type { Check } from '../check.ts';
import { fail, pass } from '../judgement.ts';
import { withPath } from '../registered.ts';
import { compareExactly, tryVariants } from '../redirectVariant.ts';
import { rfc } from '../../source.ts';

/** A server that compares only the beginning sends codes to any page below. */
export const extraSegment: Check = {
  id: 'redirect.extra-segment',
  area: 'redirect',
  title: 'Extra path segment',
  tries:
    'Asks for a code with one more segment at the end of the path, and with letters added to its last one.',
  expects: 'It refuses both.',
  judged: 'A redirect there fails: other pages can receive codes.',
  sources: [rfc(9700, '4.1.3'), rfc(6749, '3.1.2.3')],
  needs: { authorization: true, signIn: 'maybe' },
  requests: 2,
  signIns: 2,
  async run(bench) {
    return tryVariants(
      bench,
      (uri) => [
        withPath(uri, (path) => `${path.replace(/\/$/, '')}/extra`),
        withPath(uri, (path) => `${path.replace(/\/$/, '')}extra`),
      ],
      {
        fact: 'extra_segment',
        accepted: (other) =>
          fail(
            `The server also redirects to ${other}, so any page that begins like the registered one can receive codes.`,
            compareExactly,
          ),
        refused: () => pass('Nothing may be added to the path.'),
      },
    );
  },
};
