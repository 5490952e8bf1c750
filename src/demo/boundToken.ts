import type { IncomingMessage } from 'node:http';
import { calculateJwkThumbprint, EmbeddedJWK, jwtVerify, type JWTPayload } from 'jose';
import { s256 } from './s256.ts';

/** Seconds that a proof is good for. */
const lifetime = 60;
/** The `jti` of proofs that were used, and when they are forgotten. */
const used = new Map<string, number>();

/**
 * Requires of a request with a token that is bound to a key the proof of it.
 *
 * @throws Error when there is none, or it is not of this key, token and request
 * @see RFC 9449 sections 4.3 and 7.1
 */
export async function requireProof(
  request: IncomingMessage,
  token: string,
  claims: JWTPayload,
): Promise<void> {
  const { jkt } = (claims['cnf'] ?? {}) as { readonly jkt?: string };
  const bearer = !/^DPoP /i.test(request.headers.authorization ?? '');
  if (jkt === undefined && bearer) return;
  if (jkt === undefined) throw new Error('The token is not bound to a key.');
  const { dpop: proof } = request.headers;
  if (bearer || typeof proof !== 'string')
    throw new Error('The token is bound to a key, of which there is no proof.');
  const { payload, protectedHeader } = await jwtVerify(proof, EmbeddedJWK, {
    ...{ typ: 'dpop+jwt', algorithms: ['ES256', 'EdDSA'], maxTokenAge: lifetime, clockTolerance: 5 },
    requiredClaims: ['jti', 'htm', 'htu', 'ath'],
  });
  const { origin, pathname } = new URL(request.url ?? '/', `http://${request.headers.host ?? ''}`);
  if (payload['htm'] !== request.method || payload['htu'] !== `${origin}${pathname}`)
    throw new Error('The proof is of another request.');
  if (payload['ath'] !== s256(token)) throw new Error('The proof is of another token.');
  if (protectedHeader.jwk === undefined || (await calculateJwkThumbprint(protectedHeader.jwk)) !== jkt)
    throw new Error('The proof is of another key.');
  useOnce(`${jkt} ${String(payload.jti)}`);
}

function useOnce(id: string): void {
  const now = Date.now();
  for (const [known, end] of used) if (end < now) used.delete(known);
  if (used.has(id)) throw new Error('The proof was used before.');
  used.set(id, now + 2 * lifetime * 1000);
}
