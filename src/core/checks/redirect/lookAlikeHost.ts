import type { Check } from '../check.ts';
import { fail, pass } from '../judgement.ts';
import { foreignHost, withHost } from '../registered.ts';
import { compareExactly, tryVariants } from '../redirectVariant.ts';
import { rfc } from '../../source.ts';

/** A host that begins or ends like the registered one. */
export const lookAlikeHost: Check = {
  id: 'redirect.look-alike-host',
  area: 'redirect',
  title: 'Look-alike hosts',
  tries:
    'Asks for a code with a foreign host that begins like the registered one and, for a name, one that ends like it.',
  expects: 'It refuses both.',
  judged: 'A redirect to either fails: the host belongs to a stranger.',
  sources: [rfc(6819, '5.2.3.5'), rfc(9700, '4.1.3')],
  needs: { authorization: true, signIn: 'maybe' },
  requests: 2,
  signIns: 2,
  async run(bench) {
    return tryVariants(bench, lookAlikes, {
      fact: 'any_host',
      accepted: (_, answer) => fail(`The server ${answer}, which is somebody else’s host.`, compareExactly),
      refused: () => pass('Hosts that look like the registered one are refused.'),
    });
  },
};

function lookAlikes(uri: string): readonly string[] {
  const { hostname } = new URL(uri);
  const name = hostname.replace(/[[\]]/g, '').replaceAll(':', '-');
  const begins = withHost(uri, `${name}.${foreignHost}`);
  // No prefix makes a host name from an IP address.
  const isName = /^(?!\d+(?:\.\d+)*$)[^:]+$/.test(hostname);
  return [begins, ...(isName ? [withHost(uri, `oauth-explorer-check${name}`)] : [])];
}
