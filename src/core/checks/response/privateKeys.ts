import { fetchKeySet, privateKeysIn } from '../../keys/keySet.ts';
import { plainText } from '../../http/plainText.ts';
import type { Check } from '../check.ts';
import { fail, notApplicable, notDetermined, pass } from '../judgement.ts';
import { openidDiscovery, rfc } from '../../source.ts';

/** A key set is for everybody: private halves and shared secrets have no place in it. */
export const privateKeys: Check = {
  id: 'response.private-keys',
  area: 'response',
  title: 'The key set publishes no private key',
  tries: 'Reads the keys at jwks_uri.',
  expects: 'Only public halves.',
  judged: 'A private or symmetric key fails.',
  sources: [openidDiscovery, rfc(7517, '9.2')],
  needs: {},
  requests: 1,
  signIns: 0,
  async run(bench) {
    const { jwksUri } = bench.server;
    if (jwksUri === undefined) return notApplicable('The server names no key set.');
    const set = await fetchKeySet(jwksUri, (url, init) => bench.send('jwks', url, init));
    if (set.kind === 'failed') return notDetermined(`The key set cannot be read: ${set.why}`);
    const { keys } = set.jwks;
    const [first, ...others] = privateKeysIn(set.jwks);
    if (first === undefined)
      return keys.length === 0
        ? notApplicable('The key set is empty.')
        : pass(
            keys.length === 1
              ? 'The one key is published without a private half.'
              : `None of the ${keys.length} keys is published with a private half.`,
          );
    const named = first === '' ? 'a key' : `the key “${plainText(first, 100)}”`;
    const more = others.length === 0 ? '' : ` and of ${others.length} more`;
    return fail(
      `The key set publishes the private half of ${named}${more}: whoever reads it can sign as the server.`,
      'Publish public members only, and replace these keys at once: what they signed can no longer be trusted.',
    );
  },
};
