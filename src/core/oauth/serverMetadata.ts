import type { AuthorizationServer } from 'oauth4webapi';
import { FailureError } from '../record/failure.ts';
import type { NeededEndpoint, RunningGrant } from './runningGrant.ts';
import { authenticationOf } from '../authentication/all.ts';
import { isObject, kindOf } from '../../shared/json.ts';
import { plainText } from '../http/plainText.ts';
import { secureUrl } from '../http/secureUrl.ts';
import { fieldOfMember } from '../profile/fieldOfMember.ts';
import { profileFields } from '../profile/fields/all.ts';
import type { Profile } from '../profile/profile.ts';
import { leadsHome } from './leadsHome.ts';
import { discover, type DiscoveryContext } from './discovery.ts';
import type { DiscoveryKind } from './metadataCache.ts';

/** Where an endpoint's URL comes from: the profile, or one of the well-known documents. */
type EndpointSource = 'profile' | DiscoveryKind;

/** The endpoints that a flow may need. */
type EndpointName = NeededEndpoint | 'jwks_uri';

/** The part of a grant that decides which metadata is needed. */
export type GrantOfServer = Pick<RunningGrant, 'endpoints' | 'actsForUser'>;

/** A server's metadata as the flow of one profile uses it. */
export interface ServerMetadata {
  /** As published, with the profile's own endpoints in place. */
  readonly server: AuthorizationServer;
  /** False when nothing says who the issuer is: `server.issuer` is only a stand-in then. */
  readonly issuerKnown: boolean;
  readonly sources: Readonly<Partial<Record<EndpointName, EndpointSource>>>;
  /** What the server published, when that was looked up. */
  readonly published?: AuthorizationServer;
  /** Names of members that were left out, as they lead to this computer or its network. */
  readonly homeward?: readonly string[];
}

/**
 * The endpoints for a profile: the profile's own first, the others from the issuer's metadata.
 *
 * @throws FailureError of step `discovery`; of kind `metadata_missing` when a needed endpoint is in neither
 */
export async function serverMetadata(
  profile: Profile,
  context: DiscoveryContext,
  grant: GrantOfServer,
): Promise<ServerMetadata> {
  const typed = typedEndpoints(profile);
  const needed = grant.endpoints;
  const complete = needed.every((name) => typed[name] !== undefined);
  const discovered = await lookUp(profile, { complete, grant }, context);
  const published =
    discovered && withoutHomeward(profile.issuer ?? '', forCertificate(profile, discovered.server), typed);
  const server: AuthorizationServer = {
    ...published,
    issuer: published?.issuer ?? profile.issuer ?? new URL(profile.tokenEndpoint ?? '').origin,
    ...typed,
  };
  const sources: Partial<Record<EndpointName, EndpointSource>> = {};
  for (const name of new Set<EndpointName>([
    'authorization_endpoint',
    'token_endpoint',
    'jwks_uri',
    ...needed,
  ]))
    if (typed[name] !== undefined) sources[name] = 'profile';
    else if (discovered !== undefined && published?.[name] !== undefined) sources[name] = discovered.kind;
  for (const name of needed) {
    const endpoint: unknown = server[name];
    if (typeof endpoint !== 'string') {
      const out: unknown = discovered?.server[name];
      // The metadata has it, but it was left out: it leads closer to this computer than the issuer.
      if (typeof out === 'string' && leadsHome(profile.issuer ?? '', out))
        throw homeward(name, out, server.issuer);
      missing(name, { issuer: server.issuer, read: discovered !== undefined }, endpoint);
    }
    if (typed[name] === undefined) requireSecure(name, endpoint, server.issuer);
  }
  return {
    server,
    issuerKnown: profile.issuer !== undefined,
    sources,
    ...(published === undefined ? {} : { published, homeward: leftOut(published, discovered?.server) }),
  };
}

/** For a client with a certificate, the mTLS aliases take the place of the other endpoints. @see RFC 8705 section 5 */
function forCertificate(profile: Profile, server: AuthorizationServer): AuthorizationServer {
  const aliases: unknown = server.mtls_endpoint_aliases;
  if (authenticationOf(profile).needs !== 'certificate' || !isObject(aliases)) return server;
  const named = Object.entries(aliases).filter(
    ([name, value]) => name.endsWith('_endpoint') && typeof value === 'string',
  );
  return { ...server, ...Object.fromEntries(named), issuer: server.issuer };
}

function leftOut(kept: AuthorizationServer, all: AuthorizationServer | undefined): readonly string[] {
  return Object.keys(all ?? {}).filter((name) => !Object.hasOwn(kept, name));
}

/**
 * Leaves out endpoints by which remote metadata would have us send requests to this computer or its network.
 *
 * @throws FailureError of kind `insecure_url` for an endpoint that every flow of the profile needs
 * @see RFC 9700 section 4.4, RFC 8414 section 6
 */
function withoutHomeward(
  issuer: string,
  server: AuthorizationServer,
  typed: Partial<Record<EndpointName, string>>,
): AuthorizationServer {
  const kept = Object.entries(server).filter(([name, value]) => {
    if (!/_(endpoint|uri)$/.test(name) || typeof value !== 'string' || !leadsHome(issuer, value)) return true;
    if (typed[name as EndpointName] === undefined && /^(token|authorization)_endpoint$/.test(name))
      throw homeward(name, value, issuer);
    return false;
  });
  return { ...Object.fromEntries(kept), issuer: server.issuer };
}

function homeward(name: string, value: string, issuer: string): FailureError {
  const words = name.replaceAll('_', ' ');
  return new FailureError({
    kind: 'insecure_url',
    step: 'discovery',
    url: plainText(value, 200),
    member: name,
    message: `The metadata of ${plainText(issuer, 200)} puts its ${words} on this computer or its network (${plainText(value, 200)}), so nothing was sent to it.`,
    advice: isTyped(name)
      ? `If that is meant, type the ${words} into the profile.`
      : 'Have the server publish an address that others reach, too.',
  });
}

/** Rejects an endpoint that could not be used later, before the user signs in in vain. @throws FailureError of kind `insecure_url` */
export function requireSecure(name: string, endpoint: string, issuer: string): void {
  const why = unfit(endpoint);
  if (why === undefined) return;
  const words = name.replaceAll('_', ' ');
  const url = plainText(endpoint.replace(/\/\/[^/?#]*@/, '//…@'), 200);
  const isUrl = URL.canParse(endpoint);
  throw new FailureError({
    kind: 'insecure_url',
    step: 'discovery',
    url,
    member: name,
    message: `The metadata of ${plainText(issuer, 200)} names ${/^[aeiou]/.test(words) ? 'an' : 'a'} ${words} that is ${why} (${url === '' ? 'it is empty' : url}), so nothing was sent to it.`,
    advice: isName(endpoint)
      ? 'Check whether another issuer of this server is meant.'
      : `Have the server publish its https address${isUrl ? ' (behind a proxy it has to be told which)' : ''}${isTyped(name) ? `, or type the ${words} into the profile` : ''}.`,
  });
}

/** Whether this is a name and no address (a URN), as Kubernetes has it where nobody signs in. @see RFC 8141 */
export function isName(url: string): boolean {
  return /^urn:/i.test(url);
}

/** Why nothing can be sent to an endpoint; undefined when something can. @see RFC 9110 section 4.2.4, for user information */
function unfit(endpoint: string): string | undefined {
  if (!URL.canParse(endpoint)) return 'no complete URL';
  if (isName(endpoint)) return 'a name and no address';
  const { username, password } = new URL(endpoint);
  try {
    secureUrl(endpoint, 'discovery');
    return username + password === '' ? undefined : 'one with a user name or password in it';
  } catch {
    return 'not https';
  }
}

function typedEndpoints(profile: Profile): Partial<Record<EndpointName, string>> {
  const values = new Map<string, unknown>(Object.entries(profile));
  const typed = profileFields.flatMap((field) => {
    const value = 'metadata' in field ? values.get(field.name) : undefined;
    return 'metadata' in field && typeof value === 'string' ? [[field.metadata, value] as const] : [];
  });
  return Object.fromEntries(typed);
}

async function lookUp(
  profile: Profile,
  { complete, grant }: { readonly complete: boolean; readonly grant: GrantOfServer },
  context: DiscoveryContext,
) {
  const { issuer } = profile;
  if (issuer === undefined) return undefined;
  if (!complete) return discover(issuer, context);
  if (!grant.actsForUser && sameOrigin(issuer, profile.tokenEndpoint)) return undefined;
  try {
    return await discover(issuer, context);
  } catch (thrown) {
    // The profile itself has every endpoint: only cancelling stops the flow here.
    if (thrown instanceof FailureError && thrown.failure.kind !== 'cancelled') return undefined;
    throw thrown;
  }
}

function sameOrigin(issuer: string, endpoint: string | undefined): boolean {
  return endpoint !== undefined && URL.canParse(issuer) && URL.canParse(endpoint)
    ? new URL(issuer).origin === new URL(endpoint).origin
    : false;
}

/** Whether a profile has a field for this endpoint. */
function isTyped(name: string): boolean {
  return fieldOfMember(name) !== undefined;
}

/** @param read whether metadata was read: where the profile has all endpoints, it is not */
function missing(
  name: EndpointName,
  { issuer, read }: { readonly issuer: string; readonly read: boolean },
  received: unknown,
): never {
  const words = name.replaceAll('_', ' ');
  const typed = isTyped(name);
  throw new FailureError({
    kind: 'metadata_missing',
    step: 'discovery',
    missing: name,
    message: !read
      ? `Where the ${words} is, nobody says: the profile has typed endpoints, and no metadata was read.`
      : received === undefined
        ? `The metadata of ${issuer} names no ${words}.`
        : `The metadata of ${issuer} names no ${words} that could be used: its ${name} is ${kindOf(received)}.`,
    advice: typed
      ? `Type the ${words} into the profile.`
      : !read
        ? 'Set the issuer of the profile, if the server publishes metadata that names it.'
        : 'The server does not offer it, or does not publish where it is.',
  });
}
