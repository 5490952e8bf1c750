import { originOf } from '../http/urlHost.ts';
import type { Client, ClientAuth } from 'oauth4webapi';
import { secretsOf } from '../authentication/authentication.ts';
import type { FlowContext } from './context.ts';
import { FailureError } from '../record/failure.ts';
import { certificateFacts, notValid, type TlsIdentity } from '../http/tlsIdentity.ts';
import { secretOrigin, secretPlace, type Profile, type SecretPlace } from '../profile/profile.ts';
import { member } from '../../shared/json.ts';
import type { GrantOfServer, ServerMetadata } from './serverMetadata.ts';

/** The client of a profile as the protocol library takes it. */
export function clientOf(profile: Profile): Client {
  return { client_id: profile.clientId };
}

/**
 * The client authentication of a profile, with its secret, key, certificate or assertion where it needs one.
 *
 * @throws FailureError of kind `secret_missing`, `vault`, or `invalid_profile` when the secret belongs to another server
 * @see RFC 6749 section 2.3
 */
export async function clientAuthentication(
  profile: Profile,
  metadata: ServerMetadata,
  {
    authentication,
    grant,
    trace,
    material,
    present,
    clock,
  }: Pick<FlowContext, 'authentication' | 'clock' | 'grant' | 'material' | 'present' | 'trace'>,
): Promise<ClientAuth> {
  if (authentication.needs === 'nothing') return authentication.make({ kind: 'nothing' }, profile);
  trace.enter('secret');
  // The client authenticates at every endpoint of a grant but the one that the browser goes to.
  const endpoints = grant.endpoints.filter((name) => name !== 'authorization_endpoint');
  requireOwnServer(profile, metadata, 'client secret', endpoints);
  const proof = await material(
    authentication.needs,
    metadata.server.token_endpoint,
    secretEndpoints(metadata.server),
  );
  const secrets = proof === undefined ? [] : secretsOf(proof);
  const noun = authentication.keeps?.noun ?? 'client secret';
  if (proof === undefined || secrets.includes('')) return secretMissing(profile, noun);
  for (const secret of secrets) trace.useSecret(secret);
  if (proof.kind === 'certificate') {
    requireValid(profile, proof, clock.now());
    present(proof, clientEndpoints(profile, metadata));
  }
  return authentication.make(proof, profile);
}

/** The endpoints at which a client authenticates. */
const provingEndpoints = [
  'token_endpoint',
  'pushed_authorization_request_endpoint',
  'device_authorization_endpoint',
  'backchannel_authentication_endpoint',
  'introspection_endpoint',
  'revocation_endpoint',
] as const;

/** The URLs at which clients authenticate to a server, whether or not this flow uses them. @param server its metadata, which is not trusted */
export function secretEndpoints(server: object): readonly string[] {
  return provingEndpoints.map((name) => member(server, name)).filter((url) => typeof url === 'string');
}

/** The place in the vault of a client secret that the server issued: bound to the endpoints that it published then. */
export function givenSecretPlace(profile: Profile, server: object): SecretPlace {
  const endpoint = member(server, 'token_endpoint');
  const discovered = typeof endpoint === 'string' ? endpoint : undefined;
  return secretPlace(profile, discovered, {}, secretEndpoints(server));
}

/**
 * The URLs at which the client of a profile shows its certificate: those of its own server.
 *
 * @see RFC 8705 sections 2 and 3
 */
export function clientEndpoints(profile: Profile, { server, published }: ServerMetadata): readonly string[] {
  return [...provingEndpoints, 'userinfo_endpoint' as const].flatMap((name) => {
    const url = server[name];
    const origin = originOf(url);
    const own = origin !== undefined && [secretOrigin(profile), originOf(published?.[name])].includes(origin);
    return own && url !== undefined ? [url] : [];
  });
}

/** @throws FailureError of kind `secret_missing` for a certificate that has expired or cannot be read */
function requireValid(profile: Profile, { certificate }: TlsIdentity, now: number): void {
  const facts = certificateFacts(certificate);
  const ended = facts ? notValid(facts, now) : 'The stored client certificate cannot be read.';
  if (ended === undefined) return;
  throw new FailureError({
    kind: 'secret_missing',
    what: 'stored',
    step: 'secret',
    message: `${ended} It was not shown to ${secretOrigin(profile)}.`,
    advice:
      'Set a certificate that is valid now with the command "Set Client Secret", and check the clock of this machine.',
  });
}

function secretMissing(profile: Profile, noun: string): never {
  throw new FailureError({
    kind: 'secret_missing',
    step: 'secret',
    message: `The profile "${profile.name}" has no ${noun} for ${secretOrigin(profile)}.`,
    advice: `Enter the ${noun} with the command "Set Client Secret".`,
  });
}

/** What is for the profile's own server only. */
export type OwnServerOnly =
  | 'client secret'
  | 'refresh token'
  | 'authorization code'
  | 'device code'
  | 'subject token'
  | 'assertion'
  | 'sign-in request'
  | 'token';

/**
 * Makes sure that what is meant for one server goes to no other: every endpoint that gets it is at the origin of the profile's
 * server, or is named in that server's own metadata.
 *
 * @throws FailureError of kind `invalid_profile`
 */
export function requireOwnServer(
  profile: Profile,
  { server, published }: ServerMetadata,
  what: OwnServerOnly,
  endpoints: GrantOfServer['endpoints'] = ['token_endpoint'],
): void {
  for (const endpoint of endpoints) {
    const origin = originOf(server[endpoint]);
    const origins = [secretOrigin(profile), originOf(published?.[endpoint])];
    if (origin === undefined || !origins.includes(origin)) refuse(profile, endpoint, origin, what);
  }
}

function refuse(
  profile: Profile,
  endpoint: GrantOfServer['endpoints'][number],
  origin: string | undefined,
  what: OwnServerOnly,
): never {
  const words = endpoint.replaceAll('_', ' ');
  const problem = `The ${words} is at ${origin ?? 'no origin'}, but the ${what} belongs to ${secretOrigin(profile)}.`;
  const correct = `Remove the issuer or correct the ${words} in the profile`;
  throw new FailureError({
    kind: 'invalid_profile',
    step: what === 'authorization code' ? 'profile' : 'secret',
    problems: [problem],
    message: `${problem} ${what === 'authorization code' ? 'The sign-in was not started' : 'It was not sent'}.`,
    advice: `${correct}${what === 'client secret' ? ', then enter the secret again' : ''}.`,
  });
}
