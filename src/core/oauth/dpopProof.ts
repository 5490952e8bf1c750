import { SignJWT, type JWTPayload } from 'jose';
import { s256 } from '../s256.ts';
import { Trace } from '../record/trace.ts';
import { dpopPair, type DpopPair } from './dpop.ts';
import type { FlowContext } from './context.ts';

/** A request of an API, and the token that goes with it. */
export interface ProvenRequest {
  readonly method: string;
  readonly url: string;
  readonly token: string;
  /** The nonce that the API asked for; absent before it has. */
  readonly nonce?: string | null | undefined;
}

/** The claims of a proof. @param now milliseconds since the epoch @see RFC 9449 section 4.2 */
export function proofClaims({ method, url, token, nonce }: ProvenRequest, now: number): JWTPayload {
  const [htu = ''] = url.split(/[?#]/, 1);
  const named = { jti: crypto.randomUUID(), htm: method, htu, iat: Math.floor(now / 1000) };
  return { ...named, ath: s256(token), ...(typeof nonce === 'string' && { nonce }) };
}

/** A proof. */
export function signProof(claims: JWTPayload, { alg, jwk, privateKey }: DpopPair): Promise<string> {
  return new SignJWT({ ...claims }).setProtectedHeader({ typ: 'dpop+jwt', alg, jwk }).sign(privateKey);
}

/** A proof for one request with the key of a profile. @param now milliseconds since the epoch */
export async function proofFor(
  request: ProvenRequest,
  made: FlowContext['made'],
  now: number,
): Promise<string> {
  return signProof(proofClaims(request, now), await dpopPair({ made, trace: new Trace() }));
}
