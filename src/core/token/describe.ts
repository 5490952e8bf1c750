import type { DecodedTokenView, TokenSlot } from '../../shared/views/tokenView.ts';
import { visibleText } from '../../shared/visibleText.ts';
import type { DecodedToken } from './decode.ts';
import type { JsonObject } from './json.ts';

/** Describes a token: the name of its tab, its kind, and one sentence. */
export function describeKind(
  token: DecodedToken,
  role: TokenSlot,
  pasted: boolean,
): Pick<DecodedTokenView, 'kind' | 'label' | 'format'> {
  const label = role === 'id' ? 'ID token' : pasted ? 'Token' : 'Access token';
  return { kind: token.kind, label, format: formatOf(token, role) };
}

function formatOf(token: DecodedToken, role: TokenSlot): string {
  const { alg, enc, typ } = token.header?.json ?? {};
  switch (token.kind) {
    case 'opaque':
      return token.looksLike === undefined
        ? 'Opaque token: not a JWT, so only the server that issued it can say what it means.'
        : token.looksLike === 'a signed PASETO'
          ? 'Not a JWT: it looks like a signed PASETO, which is not decoded here.'
          : `Opaque token: it looks like ${token.looksLike}. Only the server that issued it can say what it means.`;
    case 'jwe':
      return `Encrypted token (JWE, ${named(alg)} with ${named(enc)}): only its header can be read here.`;
    case 'malformed':
      return 'Malformed JWT: shown as far as it could be read.';
    case 'jwt': {
      const kind =
        typeof typ === 'string' && /at\+jwt$/i.test(typ)
          ? 'JWT access token (RFC 9068)'
          : role === 'id'
            ? 'JWT, an ID token'
            : 'JWT';
      return typeof alg !== 'string' || alg.toLowerCase() === 'none'
        ? `${kind}, not signed.`
        : `${kind}, signed with ${named(alg)}.`;
    }
  }
}

function named(value: unknown): string {
  return typeof value === 'string' ? visibleText(value.slice(0, 40)) : 'an unknown algorithm';
}

/** Whether a pasted token is an ID token: it is the result of a sign-in, and has no scopes. @see OpenID Connect Core section 2 */
export function isIdToken(claims: JsonObject | undefined): boolean {
  if (claims === undefined) return false;
  const signs =
    ['nonce', 'at_hash', 'c_hash'].some((name) => name in claims) ||
    claims['token_use'] === 'id' ||
    claims['typ'] === 'ID';
  return signs && !['scope', 'scp', 'roles', 'permissions'].some((name) => name in claims);
}
