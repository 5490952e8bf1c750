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
    'Asks for a code with one more segment at the end of the path, and with letters added to its last one; where one is taken, with another path, too.',
  expects: 'It refuses all of them.',
  judged: 'A redirect there fails: other pages can receive codes.',
  sources: [rfc(9700, '4.1.3'), rfc(6749, '3.1.2.3')],
  needs: { authorization: true, signIn: 'maybe' },
  requests: 3,
  signIns: 3,
  async run(bench) {
    const found = await tryVariants(
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
        refused: () => pass('A redirect URI with a longer path is refused.'),
      },
    );
    if (found.facts?.extra_segment !== true) return found;
    const elsewhere = await tryVariants(bench, (uri) => [withPath(uri, () => '/elsewhere')], {
      fact: 'any_path',
      accepted: (other) =>
        fail(
          `The server also redirects to ${other}, whose path is not the registered one, so any page on that host can receive codes.`,
          compareExactly,
        ),
      refused: () => found,
    });
    return {
      ...(elsewhere.verdict === 'fail' ? elsewhere : found),
      facts: { ...found.facts, ...elsewhere.facts },
    };
  },
};
