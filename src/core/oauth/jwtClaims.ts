import { decodeJwt, decodeProtectedHeader } from 'jose';

/** What whoever made a JWT wrote into it: claims of any type. */
type Claims = Readonly<Record<string, unknown>>;

/** The claims of a JWT, whose signature is not looked at; none when they cannot be decoded. */
export function claimsOf(jwt: string): Claims {
  try {
    return decodeJwt(jwt);
  } catch {
    return {};
  }
}

/** The claims of a JWT, whose signature is not looked at; undefined when they, or its header, cannot be decoded. */
export function readableClaims(jwt: string): Claims | undefined {
  try {
    decodeProtectedHeader(jwt);
    return decodeJwt(jwt);
  } catch {
    return undefined;
  }
}
