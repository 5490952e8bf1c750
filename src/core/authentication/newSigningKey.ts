import { calculateJwkThumbprint, exportJWK, generateKeyPair } from 'jose';

/** What the vault calls the key that signs a profile's authorization requests, where the client itself has none. */
export const requestObjectKey = 'request_object_key';

/**
 * Makes a private key to sign with, as a JWK whose `kid` is its thumbprint.
 *
 * @param wanted such as `PS256`; ES256 unless told
 * @see RFC 7517, RFC 7518 section 3.4, RFC 7638
 */
export async function newSigningKey(wanted = 'ES256'): Promise<string> {
  // What stands in a form may be anything yet.
  const alg = /^(?:[RPE]S(?:256|384|512)|EdDSA|Ed25519)$/.test(wanted) ? wanted : 'ES256';
  const { privateKey } = await generateKeyPair(alg, { extractable: true });
  const jwk = await exportJWK(privateKey);
  const kid = await calculateJwkThumbprint(jwk);
  return JSON.stringify({ ...jwk, alg, kid });
}
