import { generateKeyPair, exportJWK, type JWTPayload } from 'jose';
import type { DpopPair } from '../oauth/dpop.ts';
import { proofClaims, signProof } from '../oauth/dpopProof.ts';
import type { Bench } from './bench.ts';

/** What a right proof for a request would be made of. @see RFC 9449 section 4.2 */
interface RightProof {
  readonly token: string;
  readonly claims: JWTPayload;
  readonly pair: DpopPair;
}

/** Makes the headers of a request of the parts of a right proof; an `authorization` takes the place of the right one. */
export type Spoil = (right: RightProof) => Promise<Readonly<Record<string, string>>>;

/** A proof with other claims. */
export const claiming =
  (change: JWTPayload): Spoil =>
  async ({ claims, pair }) => ({ dpop: await signProof({ ...claims, ...change }, pair) });

/** A proof of a key that was made for this. */
export const ofAnotherKey: Spoil = async ({ claims, pair: { alg } }) => {
  const { privateKey, publicKey } = await generateKeyPair(alg);
  const { kty, crv, x, y } = await exportJWK(publicKey);
  const jwk = { kty: kty ?? 'EC', ...(crv && { crv }), ...(x && { x }), ...(y && { y }) };
  return { dpop: await signProof(claims, { alg, jwk, privateKey }) };
};

/** Shows a token at the userinfo endpoint with what `spoil` makes; once more where the server wants its nonce in it. */
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
