import { base64url, decodeJwt, decodeProtectedHeader, jwtVerify, SignJWT, type JWTPayload } from 'jose';
import { clientOf, withForm } from './messages.ts';
import type { Fault, FaultRequest } from './fault.ts';

/** A client assertion as it came. */
export interface SentAssertion {
  readonly alg: string;
  readonly claims: JWTPayload;
  /** Whether the secret of the client signed it, whatever it says. */
  readonly signed: boolean;
  /** Whom it should be for. */
  readonly issuer: string;
}

/**
 * Makes a right client assertion of a wrong one before the strict server sees it.
 *
 * @param make called when the fault is switched on; what it makes gives the claims to sign anew, or nothing to leave it as it is
 */
export function resigned(
  make: () => (sent: SentAssertion) => JWTPayload | undefined,
): NonNullable<Fault['layer']> {
  return ({ clients }) => {
    const mended = make();
    return async (request, next) => {
      const text = request.form.get('client_assertion');
      const secret = clientOf(request, clients)?.clientSecret;
      if (text === null || secret === undefined) return next(request);
      const key = new TextEncoder().encode(secret);
      const claims = mended(await read(text, key, request));
      if (claims === undefined) return next(request);
      const right = await new SignJWT(claims).setProtectedHeader({ alg: 'HS256' }).sign(key);
      return next(withForm(request, { client_assertion: right }));
    };
  };
}

async function read(text: string, key: Uint8Array, { headers }: FaultRequest): Promise<SentAssertion> {
  const { alg = '' } = decodeProtectedHeader(text);
  const signed = await jwtVerify(text, key, { currentDate: new Date(0), clockTolerance: 1e12 }).then(
    () => true,
    () => false,
  );
  return { alg, claims: decodeJwt(text), signed, issuer: `http://${headers['host'] ?? ''}` };
}

/** An id that was not used before. */
export const newId = (): string => base64url.encode(crypto.getRandomValues(new Uint8Array(18)));
