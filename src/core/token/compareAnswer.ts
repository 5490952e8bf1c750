import { isDeepStrictEqual } from 'node:util';
import { plainText } from '../http/plainText.ts';
import type { ClaimView } from '../../shared/views/tokenView.ts';
import { isList } from '../../shared/json.ts';
import type { JsonObject } from './json.ts';
import { claimText } from './partView.ts';

/**
 * How each member of an answer stands to the claim of the same name in the token; `scope` is also looked for in `scp`.
 *
 * @returns nothing to add for a member that is about the answer alone
 * @see RFC 7662 section 2.2, OpenID Connect Core 1.0 section 5.3.2
 */
export function comparedWith(
  claims: JsonObject,
  name: string,
  value: unknown,
): Pick<ClaimView, 'compared' | 'inToken'> {
  // Whether it is good, and how it is sent, no token says of itself.
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

/** One audience is a list of one, scopes have no order; everything else is as it is. @see RFC 7519 section 4.1.3, RFC 6749 section 3.3 */
function comparable(name: string, value: unknown): unknown {
  if (name === 'aud') return new Set(isList(value) ? value : [value]);
  if (name !== 'scope') return value;
  const scopes: unknown = typeof value === 'string' ? value.split(' ').filter(Boolean) : value;
  return new Set(isList(scopes) ? scopes : [scopes]);
}
