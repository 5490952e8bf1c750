import { decodeJwt, decodeProtectedHeader, type JWTPayload } from 'jose';

/** The claims of a JWT, whose signature is not looked at; none when they cannot be decoded. */
export function claimsOf(jwt: string): JWTPayload {
  try {
    return decodeJwt(jwt);
  } catch {
    return {};
  }
}

/** The claims of a JWT, whose signature is not looked at; undefined when they, or its header, cannot be decoded. */
export function readableClaims(jwt: string): JWTPayload | undefined {
  try {
    decodeProtectedHeader(jwt);
    return decodeJwt(jwt);
  } catch {
    return undefined;
  }
}
