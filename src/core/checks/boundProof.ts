import { generateKeyPair, exportJWK, type JWTPayload } from 'jose';
import type { DpopPair } from '../oauth/dpop.ts';
import { proofClaims, signProof } from '../oauth/dpopProof.ts';
import type { Bench } from './bench.ts';

/** The parts of a right proof for a request. @see RFC 9449 section 4.2 */
interface RightProof {
  readonly token: string;
  readonly claims: JWTPayload;
  readonly pair: DpopPair;
}

/** Makes a request's headers from the parts of a right proof; an `authorization` header replaces the right one. */
export type Spoil = (right: RightProof) => Promise<Readonly<Record<string, string>>>;

/** A proof with other claims. */
export const claiming =
  (change: JWTPayload): Spoil =>
  async ({ claims, pair }) => ({ dpop: await signProof({ ...claims, ...change }, pair) });

/** A proof with a new key. */
export const ofAnotherKey: Spoil = async ({ claims, pair: { alg } }) => {
  const { privateKey, publicKey } = await generateKeyPair(alg);
  const { kty, crv, x, y } = await exportJWK(publicKey);
  const jwk = { kty: kty ?? 'EC', ...(crv && { crv }), ...(x && { x }), ...(y && { y }) };
  return { dpop: await signProof(claims, { alg, jwk, privateKey }) };
};

/** Sends a token to the userinfo endpoint with the headers that `spoil` makes, and again if the server asks for a nonce. */
export async function showWith(bench: Bench, token: string, spoil: Spoil): Promise<Response> {
  const url = bench.endpoint('userinfo');
  const pair = await bench.proofKey();
  let nonce: string | null = null;
  for (let attempt = 1; ; attempt++) {
    const claims = proofClaims({ method: 'GET', url, token, nonce }, bench.now());
    const spoilt = await spoil({ token, claims, pair });
    const headers = { authorization: `DPoP ${token}`, ...spoilt };
    const response = await bench.send('userinfo', url, { headers });
    nonce = response.headers.get('dpop-nonce');
    const wanted = response.headers.get('www-authenticate')?.includes('use_dpop_nonce') === true;
    if (attempt > 1 || nonce === null || !wanted) return response;
  }
}
