import { calculateJwkThumbprint, decodeJwt, decodeProtectedHeader, type JWTPayload } from 'jose';
import { s256 } from '../s256.ts';
import type { Fault, FaultRequest } from './fault.ts';
import { issuedTokens, isUserinfo } from './messages.ts';

export const proofFaults: readonly Fault[] = [
  {
    id: 'bound-as-bearer',
    title: 'Takes a bound token without a proof.',
    layer: laxProof(({ proof }) => proof === undefined),
  },
  {
    id: 'proof-replay-accepted',
    title: 'Takes a DPoP proof again.',
    layer: laxProof(({ used }) => used),
  },
  {
    id: 'proof-for-any-address',
    title: 'Takes DPoP proofs for other addresses.',
    layer: laxProof(
      ({ proof, request }) =>
        proof !== undefined &&
        proof.claims['htu'] !== `http://${request.headers['host'] ?? ''}${request.path}`,
    ),
  },
  {
    id: 'proof-for-any-method',
    title: 'Takes DPoP proofs for other methods.',
    layer: laxProof(({ proof, request }) => proof !== undefined && proof.claims['htm'] !== request.method),
  },
  {
    id: 'proof-for-any-token',
    title: 'Takes DPoP proofs for other tokens.',
    layer: laxProof(({ proof, token }) => proof !== undefined && proof.claims['ath'] !== s256(token)),
  },
  {
    id: 'proof-of-any-key',
    title: 'Takes DPoP proofs of other keys.',
    layer: laxProof(({ proof, bound }) => proof !== undefined && proof.key !== bound),
  },
];

/** How a bound token was shown. */
interface Shown {
  readonly request: FaultRequest;
  readonly token: string;
  /** Absent without a proof. */
  readonly proof?: { readonly claims: JWTPayload; readonly key: string };
  /** The thumbprint of the key that the token is bound to. */
  readonly bound: string;
  /** Whether the proof was used before. */
  readonly used: boolean;
}

/**
 * Answers at the userinfo endpoint where the strict server refuses a bound token only for what is not looked at.
 *
 * @param overlooks whether this is what is wrong
 */
function laxProof(overlooks: (shown: Shown) => boolean): NonNullable<Fault['layer']> {
  return () => {
    const keys = new Map<string, string>();
    const used = new Set<unknown>();
    return async (request, next) => {
      const response = await next(request);
      const proof = await proofIn(request);
      const { accessToken } = issuedTokens(request, response);
      if (accessToken !== undefined && proof !== undefined) keys.set(accessToken, proof.key);
      if (!isUserinfo(request)) return response;
      const token = /^(?:Bearer|DPoP) (.+)$/i.exec(request.headers['authorization'] ?? '')?.[1] ?? '';
      const bound = keys.get(token);
      const before = used.has(proof?.claims.jti);
      if (response.status === 200) used.add(proof?.claims.jti);
      if (bound === undefined || response.status === 200) return response;
      const shown = { request, token, bound, used: before, ...(proof && { proof }) };
      if (!overlooks(shown)) return response;
      return { status: 200, headers: { 'content-type': 'application/json' }, body: '{"sub":"somebody"}' };
    };
  };
}

async function proofIn({ headers }: FaultRequest): Promise<Shown['proof']> {
  const { dpop } = headers;
  const { jwk } = dpop === undefined ? {} : decodeProtectedHeader(dpop);
  if (dpop === undefined || jwk === undefined) return undefined;
  return { claims: decodeJwt(dpop), key: await calculateJwkThumbprint(jwk) };
}
