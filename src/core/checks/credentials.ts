import { randomBytes } from 'node:crypto';
import { allAuthentications, authenticationOf } from '../authentication/all.ts';
import type { AuthenticationDescriptor, Material } from '../authentication/authentication.ts';
import type { TlsIdentity } from '../http/tlsIdentity.ts';
import type { Profile } from '../profile/profile.ts';
import type { TokenRequest } from '../oauth/tokenRequest.ts';

/** How a request to the token endpoint authenticates the client; checks make it wrong on purpose. */
export interface Credentials {
  readonly profile: Profile;
  readonly authentication: AuthenticationDescriptor;
  readonly material: Material;
  /** Whether client ID and secret go into the URL, which the standard forbids. */
  readonly inQuery?: true;
}

/** The credentials of a profile, as its flows send them. */
export function credentialsOf(profile: Profile, material: Material): Credentials {
  return { profile, authentication: authenticationOf(profile), material };
}

/** The certificate to present for a client that authenticates with one. @see RFC 8705 section 2 */
export function shownBy({ material }: Credentials): { readonly identity?: TlsIdentity } {
  return material.kind === 'certificate' ? { identity: material } : {};
}

/** The same client with a wrong secret. */
export function withWrongSecret(credentials: Credentials): Credentials {
  const secret = `wrong-${randomBytes(12).toString('base64url')}`;
  return { ...credentials, material: { kind: 'password', secret } };
}

/** The same client without any authentication. */
export function withoutAuthentication({ profile }: Credentials): Credentials {
  const open = allAuthentications.find(({ needs, proves }) => needs === 'nothing' && !proves);
  if (open === undefined) throw new TypeError('There is no way to send a client ID alone.');
  return { profile, authentication: open, material: { kind: 'nothing' } };
}

/** The header fields of credentials that need no form, so that no secret is in a URL; none where they need one. */
export async function headersOf({
  authentication,
  material,
  profile: { clientId, ...profile },
}: Credentials): Promise<Readonly<Record<string, string>>> {
  if (authentication.inHeader !== true) return {};
  const headers = new Headers();
  const prove = await authentication.make(material, { clientId, ...profile });
  await prove({ issuer: '' }, { client_id: clientId }, new URLSearchParams(), headers);
  return Object.fromEntries(headers);
}

/** The request with the client's ID and secret in its URL only; the endpoint keeps its own query. */
export function inQuery(request: TokenRequest, { profile, material }: Credentials): TokenRequest {
  const secret = material.kind === 'password' ? material.secret : '';
  const query = new URLSearchParams({ client_id: profile.clientId, client_secret: secret });
  const [endpoint = ''] = request.endpoint.split('#', 1);
  const separator = endpoint.includes('?') ? '&' : '?';
  return {
    ...request,
    endpoint: `${endpoint}${separator}${query.toString()}`,
    authentication: () => undefined,
  };
}
