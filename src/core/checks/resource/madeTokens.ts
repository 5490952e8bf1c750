import { decodeToken } from '../../token/decode.ts';

/** A JWT with another signature of the same length; absent for a token that is none. */
export function badSignature(token: string): string | undefined {
  const parts = jwtParts(token);
  if (parts === undefined) return undefined;
  const [header, payload, signature] = parts;
  // The first character: the last one can hold bits that nobody reads.
  const other = signature.startsWith('A') ? 'B' : 'A';
  return `${header}.${payload}.${other}${signature.slice(1)}`;
}

/** A JWT that says it is not signed, with the same claims; absent for a token that is none. @see RFC 7519 section 6 */
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
