import { decodeJwt, type JWTPayload } from 'jose';

/** The claims of a JWT, whose signature is not looked at; none when they cannot be decoded. */
export function claimsOf(jwt: string): JWTPayload {
  try {
    return decodeJwt(jwt);
  } catch {
    return {};
  }
}
