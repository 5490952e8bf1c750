import { isDeepStrictEqual } from 'node:util';
import { plainText } from '../http/plainText.ts';
import type { ClaimView } from '../../shared/views/tokenView.ts';
import { isList } from '../../shared/json.ts';
import type { JsonObject } from './json.ts';
import { claimText } from './partView.ts';

/**
 * How a member of a response relates to the token's claim of the same name; for `scope`, `scp` is considered, too.
 *
 * @returns nothing to add for a member that is about the response alone
 * @see RFC 7662 section 2.2, OpenID Connect Core 1.0 section 5.3.2
 */
export function comparedWith(
  claims: JsonObject,
  name: string,
  value: unknown,
): Pick<ClaimView, 'compared' | 'inToken'> {
  // No token tells whether it is active, or how it is sent.
  if (name === 'active' || name === 'token_type') return {};
  const own = Object.hasOwn(claims, name)
    ? name
    : name === 'scope' && Object.hasOwn(claims, 'scp')
      ? 'scp'
      : undefined;
  if (own === undefined) return { compared: 'only_here' };
  const said = claims[own];
  return isDeepStrictEqual(comparable(name, said), comparable(name, value))
    ? { compared: 'same' }
    : { compared: 'differs', inToken: plainText(claimText(said), 200) };
}

/**
 * A value in a comparable form: an audience as a list, scopes in any order, everything else as it is. @see RFC 7519 section
 * 4.1.3, RFC 6749 section 3.3
 */
function comparable(name: string, value: unknown): unknown {
  if (name === 'aud') return new Set(isList(value) ? value : [value]);
  if (name !== 'scope') return value;
  const scopes: unknown = typeof value === 'string' ? value.split(' ').filter(Boolean) : value;
  return new Set(isList(scopes) ? scopes : [scopes]);
}
