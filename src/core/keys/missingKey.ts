import { plainText } from '../http/plainText.ts';
import type { KeySet } from './keySet.ts';
import { isObject } from '../../shared/json.ts';

type Members = Readonly<Record<string, unknown>>;

/** Why no key of a set can check a signature, in words that follow a colon: whether the named key is there at all, and what it is for. */
export function missingKey(
  set: KeySet,
  { alg, kid, from }: { readonly alg: string; readonly kid?: string; readonly from: string },
): string {
  const keys = set.keys.filter(isObject);
  const where = `at ${plainText(from, 200)}`;
  if (set.keys.length === 0) return `the key set ${where} is empty`;
  const count = keys.length === 1 ? 'the one key' : `the ${keys.length} keys`;
  if (kid === undefined)
    return `none of ${count} ${where} is for ${plainText(alg, 40)}, and the token names none (kid)`;
  const name = `“${plainText(kid, 100)}”`;
  const alike = keys.filter((one) => one['kid'] === kid).slice(0, 3);
  const nameless = keys.every((one) => one['kid'] === undefined);
  if (alike.length === 0)
    return `the token names the key ${name}, which is not among ${count} ${where}${nameless ? ': no key there has a name (kid)' : ''}`;
  const [first = '', ...others] = [...new Set(alike.map((key) => unfit(key, alg)))];
  return [`the key ${name} ${where} ${first}`, ...others.map((why) => `another of that name ${why}`)].join(
    '; ',
  );
}

/** Why a key cannot check signatures made with `alg`. @see RFC 7517 section 4 */
function unfit({ use, key_ops, alg: keyAlg, kty, crv }: Members, alg: string): string {
  const wanted = plainText(alg, 40);
  if (use !== undefined && use !== 'sig') return `is not for signatures (its use is ${shown(use)})`;
  if (Array.isArray(key_ops) && !key_ops.includes('verify'))
    return `is not for checking signatures (its key_ops are ${shown(key_ops)})`;
  if (keyAlg !== undefined && keyAlg !== alg)
    return `is for ${shown(keyAlg)}, but the token is signed with ${wanted}`;
  const kind = kinds.find(([algorithms]) => algorithms.test(alg));
  if (kind?.[1] === kty && (kind?.[2] === undefined || kind[2].test(String(crv))))
    return `is broken or too short to check a signature made with ${wanted}`;
  const curve = kty === 'EC' || kty === 'OKP' ? `, crv ${shown(crv)}` : '';
  return `(kty ${shown(kty)}${curve}) cannot check a signature made with ${wanted}`;
}

/** Which keys go with which algorithms. @see RFC 7518 section 3.1, RFC 8037 section 3.1 */
const kinds: readonly (readonly [algorithms: RegExp, kty: string, curves?: RegExp])[] = [
  [/^[RP]S/, 'RSA'],
  [/^ES256$/, 'EC', /^P-256$/],
  [/^ES384$/, 'EC', /^P-384$/],
  [/^ES512$/, 'EC', /^P-521$/],
  [/^Ed/, 'OKP', /^Ed25519$/],
];

function shown(value: unknown): string {
  return plainText(typeof value === 'string' ? value : JSON.stringify(value ?? null), 60);
}
