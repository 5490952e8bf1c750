import type { Check } from '../check.ts';
import { pass, weakness } from '../judgement.ts';
import { tryVariants } from '../redirectVariant.ts';
import { rfc } from '../../source.ts';

/** A redirect URI must not have a fragment. */
export const fragment: Check = {
  id: 'redirect.fragment',
  area: 'redirect',
  title: 'Fragment in the redirect URI',
  tries: 'Asks for a code with #fragment at the end of the redirect URI.',
  expects: 'It refuses: a redirect URI must not have a fragment.',
  judged: 'A redirect to the registered URI, with or without the fragment, is a weakness.',
  sources: [rfc(6749, '3.1.2')],
  needs: { authorization: true, signIn: 'maybe' },
  requests: 1,
  signIns: 1,
  async run(bench) {
    return tryVariants(bench, (uri) => [`${uri}#fragment`], {
      accepted: () =>
        weakness(
          'The server accepts a redirect URI with a fragment, so the response may get lost.',
          'Refuse authorization requests whose redirect_uri has a fragment.',
        ),
      refused: () => pass('A redirect URI with a fragment is refused.'),
    });
  },
};
