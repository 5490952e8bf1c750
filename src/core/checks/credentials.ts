import { randomBytes } from 'node:crypto';
import type { Profile } from '../profile/profile.ts';

/** How a request to the token endpoint says who the client is; checks spoil it on purpose. */
export interface Credentials {
  readonly clientId: string;
  /** One of a profile's, or `query`, which only a check uses. */
  readonly method: string;
  readonly secret?: string;
  readonly encoding: 'form' | 'raw';
}

/** The credentials of a profile, as its flows send them. */
export function credentialsOf(profile: Profile, secret: string | undefined): Credentials {
  return {
    clientId: profile.clientId,
    method: profile.clientAuthentication,
    ...(secret === undefined ? {} : { secret }),
    encoding: profile.basicEncoding ?? 'form',
  };
}

/** The same client with a secret that is certainly wrong. */
export function withWrongSecret(credentials: Credentials): Credentials {
  return { ...credentials, secret: `wrong-${randomBytes(12).toString('base64url')}` };
}

/** The same client without any authentication. */
export function withoutAuthentication(credentials: Credentials): Credentials {
  const { clientId, encoding } = credentials;
  return { clientId, encoding, method: 'none' };
}

/** A token request with its client authentication in place. */
export interface AuthenticatedRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly form: URLSearchParams;
}

/** Puts the credentials where their method wants them. @see RFC 6749 section 2.3.1 */
export function authenticate(
  endpoint: string,
  form: URLSearchParams,
  credentials: Credentials,
): AuthenticatedRequest {
  const { clientId, method, secret = '' } = credentials;
  const sent = new URLSearchParams(form);
  switch (method) {
    case 'client_secret_basic':
      return { url: endpoint, headers: { authorization: basic(credentials) }, form: sent };
    case 'client_secret_post':
      sent.set('client_id', clientId);
      sent.set('client_secret', secret);
      return { url: endpoint, headers: {}, form: sent };
    case 'query': {
      const url = new URL(endpoint);
      url.searchParams.set('client_id', clientId);
      url.searchParams.set('client_secret', secret);
      return { url: url.href, headers: {}, form: sent };
    }
    default:
      sent.set('client_id', clientId);
      return { url: endpoint, headers: {}, form: sent };
  }
}

function basic({ clientId, secret = '', encoding }: Credentials): string {
  const encode = (text: string) =>
    encoding === 'raw' ? text : new URLSearchParams({ v: text }).toString().slice(2);
  return `Basic ${Buffer.from(`${encode(clientId)}:${encode(secret)}`, 'utf8').toString('base64')}`;
}
