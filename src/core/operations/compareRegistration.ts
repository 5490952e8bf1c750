import type { JWK } from 'jose';
import { authenticationOf } from '../authentication/all.ts';
import { grantOf } from '../grants/all.ts';
import { hasRedirect, type Profile } from '../profile/profile.ts';
import { isObject, objectOf, textsOf } from '../../shared/json.ts';

type Members = Readonly<Record<string, unknown>>;

/** Members of an answer that a request must not have. @see RFC 7592 section 2.2 */
const notSent = new Set([
  ...['registration_access_token', 'registration_client_uri'],
  ...['client_secret_expires_at', 'client_id_issued_at'],
]);

/**
 * What a profile needs and its client is not registered with, a few words each.
 *
 * @param keys the public ones that its server has to know
 * @see RFC 7591 section 2
 */
export function missingInRegistration(
  profile: Profile,
  members: Members,
  keys: readonly JWK[] = [],
): readonly string[] {
  const wanted = wantedOf(profile);
  const { redirect_uris: uris, grant_types: grants, scope } = members;
  const method = members['token_endpoint_auth_method'] ?? 'client_secret_basic';
  const types = members['response_types'];
  const scopes = typeof scope === 'string' ? scope.split(' ') : undefined;
  return [
    ...wanted.redirectUris
      .filter((uri) => !textsOf(uris).includes(uri))
      .map((uri) => `the redirect URI ${uri}`),
    ...wanted.grantTypes
      .filter((grant) => !textsOf(grants ?? ['authorization_code']).includes(grant))
      .map((grant) => `the grant ${grant}`),
    ...wanted.responseTypes
      .filter((type) => !textsOf(types ?? ['code']).includes(type))
      .map((type) => `the response type ${type}`),
    ...(method === wanted.method ? [] : [`the client authentication ${wanted.method}`]),
    ...(unknownKeys(members, keys).length > 0 ? ['the public key (jwks)'] : []),
    // A server that says nothing of scopes may allow them all.
    ...wanted.scopes
      .filter((one) => scopes !== undefined && !scopes.includes(one))
      .map((one) => `the scope ${one}`),
  ];
}

/**
 * What is sent to change a client: all that the server has of it, with what the profile needs besides. What is there already stays.
 *
 * @see RFC 7592 section 2.2
 */
export function updatedRegistration(profile: Profile, members: Members, keys: readonly JWK[] = []): Members {
  const { redirectUris, grantTypes, responseTypes, method, scopes } = wantedOf(profile);
  const { scope, response_types: types } = members;
  const kept = Object.entries(members).filter(([name, value]) => !notSent.has(name) && value !== null);
  const uris = union(textsOf(members['redirect_uris']), redirectUris);
  return {
    ...Object.fromEntries(kept),
    client_id: profile.clientId,
    client_name: profile.name,
    token_endpoint_auth_method: method,
    grant_types: union(textsOf(members['grant_types'] ?? ['authorization_code']), grantTypes),
    ...jwksOf(members, keys),
    ...(Array.isArray(types) && { response_types: union(textsOf(types), responseTypes) }),
    ...(uris.length > 0 && { redirect_uris: uris }),
    ...(typeof scope === 'string' && { scope: union(scope.split(' '), scopes).join(' ') }),
  };
}

/** Of a name there is one key: one that took the place of another does so at the server, too. */
function jwksOf(members: Members, keys: readonly JWK[]): { readonly jwks?: unknown } {
  const more = unknownKeys(members, keys);
  if (more.length === 0) return {};
  const stay = keysIn(members).filter(({ kid }) => kid === undefined || !more.some((key) => key.kid === kid));
  return { jwks: { keys: [...stay, ...more] } };
}

/** Where the server fetches the keys, they are not in the registration. @see RFC 7591 section 2 (jwks_uri) */
function unknownKeys(members: Members, keys: readonly JWK[]): readonly JWK[] {
  if (typeof members['jwks_uri'] === 'string') return [];
  const known = keysIn(members);
  const isSame = (one: Members, key: JWK) =>
    (['kty', 'crv', 'x', 'y', 'n', 'e'] as const).every((name) => one[name] === key[name]);
  return keys.filter((key) => !known.some((one) => isSame(one, key)));
}

function keysIn({ jwks }: Members): readonly Members[] {
  const { keys } = objectOf(jwks);
  return Array.isArray(keys) ? keys.filter(isObject) : [];
}

/** The response type goes with the grant. @see RFC 7591 section 2.1 */
function wantedOf(profile: Profile) {
  const { id, registeredAs = id } = authenticationOf(profile);
  const browser = hasRedirect(profile);
  return {
    redirectUris: browser ? [profile.redirectUri] : [],
    grantTypes: [grantOf(profile).grantType],
    responseTypes: browser ? ['code'] : [],
    method: registeredAs,
    scopes: profile.scopes,
  };
}

function union(there: readonly string[], more: readonly string[]): readonly string[] {
  return [...new Set([...there.filter((one) => one !== ''), ...more])];
}
