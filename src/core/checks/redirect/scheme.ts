import type { Check } from '../check.ts';
import { pass, weakness } from '../judgement.ts';
import { compareExactly, tryVariants } from '../redirectVariant.ts';
import { rfc } from '../../source.ts';

/** http and https are different redirect URIs. */
export const scheme: Check = {
  id: 'redirect.scheme',
  area: 'redirect',
  title: 'http and https exchanged',
  tries: 'Asks for a code with https in place of http in the redirect URI, or the other way round.',
  expects: 'It refuses.',
  judged: 'A redirect there is a weakness: the other scheme was not registered.',
  sources: [rfc(9700, '2.1'), rfc(8252, '8.4')],
  needs: { authorization: true, signIn: 'maybe' },
  requests: 1,
  signIns: 2,
  async run(bench) {
    return tryVariants(bench, (uri) => [otherScheme(uri)], {
      fact: 'scheme',
      accepted: (other) => weakness(`The server also redirects to ${other}.`, compareExactly),
      refused: () => pass('The scheme is compared too.'),
    });
  },
};

function otherScheme(uri: string): string {
  return /^https:/i.test(uri) ? uri.replace(/^https:/i, 'http:') : uri.replace(/^http:/i, 'https:');
}
