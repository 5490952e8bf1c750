import { calculateJwkThumbprint, decodeJwt, decodeProtectedHeader, type JWTPayload } from 'jose';
import type { Fault, FaultRequest } from './fault.ts';
import { isUserinfo, issuedTokens } from './messages.ts';

/** How a bound token was shown. */
export interface Shown {
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
export function laxProof(overlooks: (shown: Shown) => boolean): NonNullable<Fault['layer']> {
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
