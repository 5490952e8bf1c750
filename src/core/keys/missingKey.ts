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
  const key = keys.find((one) => one['kid'] === kid);
  if (key === undefined) return `the token names the key ${name}, which is not among ${count} ${where}`;
  return `the key ${name} ${where} ${unfit(key, alg)}`;
}

/** Why a key cannot check signatures made with `alg`. @see RFC 7517 section 4 */
function unfit({ use, key_ops, alg: keyAlg, kty }: Members, alg: string): string {
  const wanted = plainText(alg, 40);
  if (use !== undefined && use !== 'sig') return `is not for signatures (its use is ${shown(use)})`;
  if (Array.isArray(key_ops) && !key_ops.includes('verify'))
    return `is not for checking signatures (its key_ops are ${shown(key_ops)})`;
  if (keyAlg !== undefined && keyAlg !== alg)
    return `is for ${shown(keyAlg)}, but the token is signed with ${wanted}`;
  return `(kty ${shown(kty)}) cannot check a signature made with ${wanted}`;
}

function shown(value: unknown): string {
  return plainText(typeof value === 'string' ? value : JSON.stringify(value ?? null), 60);
}
