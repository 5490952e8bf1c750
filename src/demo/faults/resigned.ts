import {
  createPrivateKey,
  createPublicKey,
  createSecretKey,
  type JsonWebKey,
  type KeyObject,
} from 'node:crypto';
import { base64url, decodeJwt, decodeProtectedHeader, jwtVerify, SignJWT, type JWTPayload } from 'jose';
import type { DemoClient } from '../clients.ts';
import { clientOf, withForm } from './messages.ts';
import type { Fault, FaultRequest } from './fault.ts';

/** A client assertion as it came. */
export interface SentAssertion {
  readonly alg: string;
  readonly claims: JWTPayload;
  /** Whether the secret or the key of the client signed it, whatever it says. */
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
      const keys = keysOf(clientOf(request, clients));
      if (text === null || keys === undefined) return next(request);
      const claims = mended(await read(text, keys.verifying, request));
      if (claims === undefined) return next(request);
      const right = await new SignJWT(claims).setProtectedHeader({ alg: keys.alg }).sign(keys.signing);
      return next(withForm(request, { client_assertion: right }));
    };
  };
}

interface Keys {
  readonly alg: 'HS256' | 'ES256';
  readonly signing: KeyObject;
  readonly verifying: KeyObject;
}

/** What a client of the demo signs with: its secret, or its key. */
function keysOf({ clientSecret, key }: Partial<DemoClient> = {}): Keys | undefined {
  if (key !== undefined) {
    const signing = createPrivateKey({ key: JSON.parse(key) as JsonWebKey, format: 'jwk' });
    return { alg: 'ES256', signing, verifying: createPublicKey(signing) };
  }
  if (clientSecret === undefined) return undefined;
  const secret = createSecretKey(clientSecret, 'utf8');
  return { alg: 'HS256', signing: secret, verifying: secret };
}

async function read(text: string, key: KeyObject, { headers }: FaultRequest): Promise<SentAssertion> {
  const { alg = '' } = decodeProtectedHeader(text);
  const signed = await jwtVerify(text, key, { currentDate: new Date(0), clockTolerance: 1e12 }).then(
    () => true,
    () => false,
  );
  return { alg, claims: decodeJwt(text), signed, issuer: `http://${headers['host'] ?? ''}` };
}

/** An id that was not used before. */
export const newId = (): string => base64url.encode(crypto.getRandomValues(new Uint8Array(18)));
