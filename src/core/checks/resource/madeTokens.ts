import { decodeToken } from '../../token/decode.ts';

/** A JWT with another signature of the same length; undefined for a token that is not a JWT. */
export function badSignature(token: string): string | undefined {
  const parts = jwtParts(token);
  if (parts === undefined) return undefined;
  const [header, payload, signature] = parts;
  // The first character, as some bits of the last one are not part of the value.
  const other = signature.startsWith('A') ? 'B' : 'A';
  return `${header}.${payload}.${other}${signature.slice(1)}`;
}

/** The JWT with the same claims, marked as unsigned; undefined for a token that is not a JWT. @see RFC 7519 section 6 */
export function unsigned(token: string): string | undefined {
  const parts = jwtParts(token);
  if (parts === undefined) return undefined;
  const header = { ...decodeToken(token).header?.json, alg: 'none' };
  return `${Buffer.from(JSON.stringify(header)).toString('base64url')}.${parts[1]}.`;
}

function jwtParts(token: string): readonly [string, string, string] | undefined {
  const { kind, parts } = decodeToken(token);
  const [header, payload, signature] = parts;
  if (kind !== 'jwt' || header === undefined || payload === undefined || signature === undefined)
    return undefined;
  return [header, payload, signature];
}
