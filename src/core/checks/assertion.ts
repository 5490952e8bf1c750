import {
  base64url,
  decodeJwt,
  decodeProtectedHeader,
  generateKeyPair,
  SignJWT,
  type CryptoKey,
  type JWTPayload,
} from 'jose';
import { signingKey } from '../authentication/signingKey.ts';
import type { Credentials } from './credentials.ts';

/** A decoded client assertion, and the client's key. @see RFC 7523 section 3 */
export interface Assertion {
  /** The assertion as it would be sent. */
  readonly text: string;
  readonly alg: string;
  readonly header: Readonly<Record<string, unknown>>;
  readonly claims: JWTPayload;
  readonly key: CryptoKey | Uint8Array;
}

/** Makes a wrong assertion from a right one. */
export type Spoil = (right: Assertion) => string | Promise<string>;

/** The same client with assertions that are wrong on purpose, made anew for each request. */
export function withAssertion(credentials: Credentials, spoil: Spoil): Credentials {
  const { authentication } = credentials;
  return {
    ...credentials,
    authentication: {
      ...authentication,
      async make(material, profile) {
        const prove = await authentication.make(material, profile);
        return async (server, client, form, headers) => {
          await prove(server, client, form, headers);
          const text = form.get('client_assertion');
          if (text === null) throw new TypeError('The client sends no assertion.');
          form.set('client_assertion', await spoil(await takenApart(text, credentials)));
        };
      },
    },
  };
}

async function takenApart(text: string, { material, profile }: Credentials): Promise<Assertion> {
  const { alg = '', ...rest } = decodeProtectedHeader(text);
  const key =
    material.kind === 'key'
      ? (await signingKey(material.key, profile)).key
      : new TextEncoder().encode(material.kind === 'password' ? material.secret : '');
  return { text, alg, header: { ...rest, alg }, claims: decodeJwt(text), key };
}

/** The assertion with other claims, signed with the client's key. */
export function withClaims({ header, alg, claims, key }: Assertion, change: JWTPayload): Promise<string> {
  return new SignJWT({ ...claims, ...change }).setProtectedHeader({ ...header, alg }).sign(key);
}

/** The assertion without a signature, and with a header that says so. @see RFC 7518 section 3.6 */
export function unsigned({ header, claims }: Assertion): string {
  const part = (value: unknown) => base64url.encode(JSON.stringify(value));
  return `${part({ ...header, alg: 'none' })}.${part(claims)}.`;
}

/** The assertion signed with a new key, which the server cannot know. */
export async function signedByAnother({ header, alg, claims }: Assertion): Promise<string> {
  const key = alg.startsWith('HS')
    ? crypto.getRandomValues(new Uint8Array(64))
    : (await generateKeyPair(alg)).privateKey;
  return new SignJWT(claims).setProtectedHeader({ ...header, alg }).sign(key);
}
