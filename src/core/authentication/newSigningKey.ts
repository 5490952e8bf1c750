import { calculateJwkThumbprint, exportJWK, generateKeyPair } from 'jose';

/** What the vault calls the key that signs a profile's authorization requests, where the client itself has none. */
export const requestObjectKey = 'request_object_key';

/**
 * Makes a private key to sign with (ES256), as a JWK whose `kid` is its thumbprint.
 *
 * @see RFC 7517, RFC 7518 section 3.4, RFC 7638
 */
export async function newSigningKey(): Promise<string> {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true });
  const jwk = await exportJWK(privateKey);
  const kid = await calculateJwkThumbprint(jwk);
  return JSON.stringify({ ...jwk, alg: 'ES256', kid });
}
