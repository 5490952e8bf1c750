import { plainText } from '../http/plainText.ts';
import type { KeySet } from './keySet.ts';
import { isObject, kindOf } from '../../shared/json.ts';
import { isKindFor } from './signatureFit.ts';

type Members = Readonly<Record<string, unknown>>;

/** Why no key of a set can check a signature, in words that follow a colon: whether the named key is there at all, and what it is for. */
export function missingKey(
  set: KeySet,
  { alg, kid, from }: { readonly alg: string; readonly kid: unknown; readonly from: string },
): string {
  const keys = set.keys.filter(isObject);
  const where = `at ${plainText(from, 200)}`;
  if (set.keys.length === 0) return `the key set ${where} is empty`;
  const count = keys.length === 1 ? 'the one key' : `the ${keys.length} keys`;
  if (kid === undefined)
    return `none of ${count} ${where} is for ${plainText(alg, 40)}, and the token names none (kid)`;
  const name = `“${shown(kid, 100)}”`;
  const alike = keys.filter((one) => one['kid'] === kid).slice(0, 3);
  const nameless = keys.every((one) => (one['kid'] ?? null) === null);
  if (alike.length === 0)
    return `the token names the key ${name}, which is not among ${count} ${where}${typeof kid !== 'string' ? `: its kid is ${kindOf(kid)}` : nameless ? ': no key there has a name (kid)' : ''}`;
  const [first = '', ...others] = [...new Set(alike.map((key) => unfit(key, alg) ?? broken(alg)))];
  return [`the key ${name} ${where} ${first}`, ...others.map((why) => `another of that name ${why}`)].join(
    '; ',
  );
}

function broken(alg: string): string {
  return `is broken, too short or too long to check a signature made with ${plainText(alg, 40)}`;
}

/** Why a key is not for signatures made with `alg`, to follow its name; undefined for one that is. @see RFC 7517 section 4 */
export function unfit(key: Members, alg: string): string | undefined {
  const { use, key_ops, alg: keyAlg, kty, crv } = key;
  const wanted = plainText(alg, 40);
  if (use !== undefined && use !== 'sig') return `is not for signatures (its use is ${shown(use)})`;
  if (Array.isArray(key_ops) && !key_ops.includes('verify'))
    return `is not for checking signatures (its key_ops are ${shown(key_ops)})`;
  // A curve of EdDSA is an algorithm as well. @see RFC 9864 section 2.2
  const same = kty === 'OKP' && [alg, keyAlg].every((one) => one === 'EdDSA' || one === crv);
  if (keyAlg !== undefined && keyAlg !== alg && !same)
    return `is for ${shown(keyAlg)}, but the token is signed with ${wanted}`;
  if (isKindFor(alg, key)) return undefined;
  const curve = kty === 'EC' || kty === 'OKP' ? `, crv ${shown(crv)}` : '';
  return `(kty ${shown(kty)}${curve}) cannot check a signature made with ${wanted}`;
}

function shown(value: unknown, limit = 60): string {
  if (value === undefined) return 'missing';
  return plainText(typeof value === 'string' ? value : JSON.stringify(value), limit);
}
