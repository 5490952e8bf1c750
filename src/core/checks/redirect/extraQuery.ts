import type { Check } from '../check.ts';
import { pass, weakness } from '../judgement.ts';
import { compareExactly, tryVariants } from '../redirectVariant.ts';
import { rfc } from '../../source.ts';

/** Parameters the client never registered. */
export const extraQuery: Check = {
  id: 'redirect.extra-query',
  area: 'redirect',
  title: 'Extra query parameter',
  tries: 'Asks for a code with a parameter added to the redirect URI.',
  expects: 'It refuses.',
  judged:
    'A redirect that keeps the parameter is a weakness: a page may read it, for example as where to go next.',
  sources: [rfc(9700, '4.1.1'), rfc(6749, '3.1.2.3')],
  needs: { authorization: true, signIn: 'maybe' },
  requests: 1,
  signIns: 1,
  async run(bench) {
    return tryVariants(bench, (uri) => [`${uri}${uri.includes('?') ? '&' : '?'}extra=1`], {
      fact: 'extra_query',
      accepted: (other) => weakness(`The server also redirects to ${other}.`, compareExactly),
      refused: () => pass('A redirect URI with an added parameter is refused.'),
    });
  },
};
