import { base64url, decodeJwt, decodeProtectedHeader, jwtVerify, SignJWT, type JWTPayload } from 'jose';
import {
  createPrivateKey,
  createPublicKey,
  createSecretKey,
  type JsonWebKey,
  type KeyObject,
} from 'node:crypto';
import type { DemoClient } from '../clients.ts';
import type { Fault, FaultRequest } from './fault.ts';
import { authenticatedAs, clientOf, isToken, withForm } from './messages.ts';

export const clientFaults: readonly Fault[] = [
  {
    id: 'secret-not-compared',
    title: 'Accepts any client secret.',
    layer:
      ({ clients }) =>
      (request, next) => {
        const client = clientOf(request, clients);
        const shown = request.headers['authorization'] !== undefined || request.form.has('client_secret');
        return next(
          isToken(request) && shown && client !== undefined ? authenticatedAs(request, client) : request,
        );
      },
  },
  {
    id: 'authentication-error-vague',
    title: 'Answers a failed HTTP Basic authentication with 400 and without WWW-Authenticate.',
    layer: () => async (request, next) => {
      const response = await next(request);
      if (!isToken(request) || response.status !== 401) return response;
      const headers = { ...response.headers };
      Reflect.deleteProperty(headers, 'www-authenticate');
      return { ...response, status: 400, headers };
    },
  },
  {
    id: 'authentication-optional',
    title: 'Gives a confidential client tokens without its secret.',
    layer:
      ({ clients }) =>
      (request, next) => {
        const client = clientOf(request, clients);
        const bare = request.headers['authorization'] === undefined && !request.form.has('client_secret');
        const optional = isToken(request) && bare && !request.query.has('client_secret');
        return next(optional && client !== undefined ? authenticatedAs(request, client) : request);
      },
  },
  {
    id: 'secret-in-query-accepted',
    title: 'Accepts the client secret in the URL.',
    layer:
      ({ clients }) =>
      (request, next) => {
        const client = clientOf(request, clients);
        const sent = request.query.get('client_secret');
        const right = sent !== null && sent === client?.clientSecret;
        return next(isToken(request) && right ? authenticatedAs(request, client) : request);
      },
  },
  // Everybody is somebody in the demo, so every user gets a token, that of the client that acts for itself.
  {
    id: 'password-grant-enabled',
    title: 'Offers the password grant.',
    layer:
      ({ clients }) =>
      (request, next) => {
        if (!isToken(request, 'password')) return next(request);
        const { machine } = clients;
        const form = { username: undefined, password: undefined, grant_type: 'client_credentials' };
        return next(
          authenticatedAs(withForm(request, { ...form, scope: machine.scopes.join(' ') }), machine),
        );
      },
  },
  {
    id: 'assertion-unsigned-accepted',
    title: 'Accepts client assertions without a signature.',
    layer: resigned(
      () =>
        ({ alg, claims }) =>
          alg === 'none' ? claims : undefined,
    ),
  },
  {
    id: 'assertion-key-ignored',
    title: 'Accepts client assertions signed with any key.',
    layer: resigned(
      () =>
        ({ alg, signed, claims }) =>
          alg !== 'none' && !signed ? claims : undefined,
    ),
  },
  {
    id: 'assertion-for-anybody',
    title: 'Accepts client assertions made for another server.',
    layer: resigned(
      () =>
        ({ signed, claims, issuer }) =>
          signed && claims.aud !== issuer ? { ...claims, aud: issuer } : undefined,
    ),
  },
  {
    id: 'assertion-expiry-ignored',
    title: 'Accepts client assertions that have expired.',
    layer: resigned(() => ({ signed, claims }) => {
      const now = Math.floor(Date.now() / 1000);
      return signed && (claims.exp ?? now) < now
        ? { ...claims, iat: now, nbf: now, exp: now + 60 }
        : undefined;
    }),
  },
  {
    id: 'assertion-replay-accepted',
    title: 'Accepts a client assertion again.',
    layer: resigned(() => {
      const used = new Set<string>();
      return ({ signed, claims }) => {
        const { jti = '' } = claims;
        if (!signed || !used.has(jti)) {
          used.add(jti);
          return undefined;
        }
        return { ...claims, jti: newId() };
      };
    }),
  },
];

/** A client assertion as it came. */
interface SentAssertion {
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
function resigned(make: () => (sent: SentAssertion) => JWTPayload | undefined): NonNullable<Fault['layer']> {
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
const newId = (): string => base64url.encode(crypto.getRandomValues(new Uint8Array(18)));
