import { createPrivateKey, createPublicKey, X509Certificate } from 'node:crypto';
import type { JWK } from 'jose';
import { certificateFor } from './newCertificate.ts';
import { thumbprintOf } from './pemText.ts';
import { keptJwk } from './privateKey.ts';

/** What a server registers of a client's key or certificate, in the two forms in which servers want it; nothing of it is secret. */
export interface PublicKeyTexts {
  /** A JWK Set with the key. @see RFC 7517 section 5 */
  readonly jwks: string;
  /** The key (SPKI) or the certificates. @see RFC 7468 */
  readonly pem: string;
}

/** The texts for the public half of a key. @param jwk as `publicJwk` makes it */
export function publicKeyTexts(jwk: JWK): PublicKeyTexts {
  const key = createPublicKey({ key: jwk, format: 'jwk' });
  return { jwks: setOf(jwk), pem: key.export({ type: 'spki', format: 'pem' }).toString() };
}

/**
 * The texts for a client certificate.
 *
 * @param pem the certificate first, then what leads to its authority
 * @throws Error when it begins with no certificate
 * @see RFC 8705 section 2.2.2
 */
export function certificateTexts(pem: string): PublicKeyTexts {
  return { jwks: setOf(certificateJwk(pem)), pem };
}

/** A client certificate as a key of a JWK Set. @param pem the certificate first @see RFC 8705 section 2.2.2 */
export function certificateJwk(pem: string): JWK {
  const { publicKey, raw } = new X509Certificate(pem);
  const jwk = publicKey.export({ format: 'jwk' });
  return { ...jwk, x5c: [raw.toString('base64')], 'x5t#S256': thumbprintOf(raw) };
}

function setOf(jwk: JWK): string {
  return `${JSON.stringify({ keys: [jwk] }, undefined, 2)}\n`;
}

/**
 * A certificate for a key, for servers that know clients by certificates (Entra, Salesforce), and the key as it is kept from then on:
 * with the thumbprint, so that assertions name it.
 *
 * @param text the key, as the vault has it
 * @param now milliseconds since the epoch
 * @throws TypeError when it is not a private key
 * @see RFC 7515 section 4.1.8
 */
export function certifiedKey(
  text: string,
  now: number,
): { readonly certificate: string; readonly kept: string } {
  const jwk = keptJwk(text);
  if (jwk === undefined) throw new TypeError('No private key.');
  const certificate = certificateFor(createPrivateKey({ key: jwk, format: 'jwk' }), now);
  const thumbprint = thumbprintOf(new X509Certificate(certificate).raw);
  return { certificate, kept: JSON.stringify({ ...jwk, 'x5t#S256': thumbprint }) };
}
