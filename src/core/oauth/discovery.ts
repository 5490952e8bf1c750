import { withoutQuery } from '../http/ends.ts';
import * as oauth from 'oauth4webapi';
import type { FlowContext } from '../flow/context.ts';
import { FailureError, type Failure } from '../flow/failure.ts';
import { plainText } from '../http/plainText.ts';
import { secureUrl } from '../http/secureUrl.ts';
import { libraryGet } from './libraryFetch.ts';
import { isMembers } from './responseBody.ts';
import type { Discovered, DiscoveryKind } from './metadataCache.ts';

/** What discovery needs of a flow's context. */
export type DiscoveryContext = Pick<FlowContext, 'trace' | 'fetch' | 'clock' | 'metadata'>;

/**
 * The metadata `issuer` publishes about itself, from the cache or from its well-known documents.
 *
 * 1. OpenID Connect: `/.well-known/openid-configuration` behind the issuer.
 * 2. RFC 8414: `/.well-known/oauth-authorization-server` between host and path, when the first is of no use.
 *
 * @throws FailureError of step `discovery`: of the transport, or kind `metadata_missing`, `issuer_mismatch`,
 * `redirected`, `http_error`, `malformed_response`
 * @see OpenID Connect Discovery 1.0 section 4, RFC 8414 section 3
 */
export async function discover(issuer: string, context: DiscoveryContext): Promise<Discovered> {
  const { clock, metadata, trace } = context;
  trace.enter('discovery');
  const known = metadata.get(issuer, clock.now());
  if (known !== undefined) return known;
  const url = secureUrl(issuer, 'discovery');
  const first = await attempt(url, 'openid', context);
  const found = 'server' in first ? first : await attempt(url, 'rfc8414', context);
  if (!('server' in found)) throw new FailureError(moreTelling(url, first, found));
  metadata.set(issuer, found, clock.now());
  return found;
}

/** The failure that says more; that nothing is there says least. */
function moreTelling(url: URL, first: Discovered | Failure, second: Failure): Failure {
  for (const failure of [first, second])
    if ('message' in failure && !(failure.kind === 'http_error' && failure.status === 404)) return failure;
  return {
    kind: 'metadata_missing',
    step: 'discovery',
    missing: 'discovery document',
    message: `${url.host} publishes no metadata for ${url.origin}${url.pathname}: both well-known addresses answer 404.`,
    advice: 'Check the issuer, or type the endpoints into the profile.',
    ...(second.exchange === undefined ? {} : { exchange: second.exchange }),
  };
}

async function attempt(
  issuer: URL,
  kind: DiscoveryKind,
  { fetch, trace }: DiscoveryContext,
): Promise<Discovered | Failure> {
  const response = await oauth.discoveryRequest(issuer, {
    algorithm: kind === 'openid' ? 'oidc' : 'oauth2',
    ...libraryGet(fetch('discovery', 'discovery')),
  });
  const exchange = trace.idOf(response);
  const where = { host: issuer.host, ...(exchange === undefined ? {} : { exchange }) };
  if (response.status !== 200) return refused(response, where);
  try {
    return { kind, server: await oauth.processDiscoveryResponse(issuer, response) };
  } catch (thrown) {
    const server = ofEntra(issuer, thrown);
    return server === undefined ? unusable(issuer, thrown, where) : { kind, server };
  }
}

interface Where {
  readonly host: string;
  readonly exchange?: number;
}

function refused(response: Response, { host, ...where }: Where): Failure {
  const { status } = response;
  const location = response.headers.get('location');
  const common = { ...where, step: 'discovery', status } as const;
  if (status >= 300 && status < 400)
    return {
      ...common,
      kind: 'redirected',
      ...(location === null ? {} : { location }),
      message: `${host} redirected the request for its metadata (status ${status})${location === null ? '' : ` to ${plainText(withoutQuery(location), 200)}`}; it was not followed.`,
      advice: 'Use the issuer exactly as the server spells it, or type the endpoints into the profile.',
    };
  return {
    ...common,
    kind: 'http_error',
    message: `${host} answered the request for its metadata with status ${status}.`,
    advice: 'Check the issuer, or type the endpoints into the profile.',
  };
}

/** Entra's documents name another issuer than the one asked for: for many tenants a template, for one its id. */
function ofEntra(issuer: URL, thrown: unknown): oauth.AuthorizationServer | undefined {
  const body = mismatchedBody(thrown);
  if (body === undefined) return undefined;
  return ofAnyTenant(issuer, body.issuer) || ofTenantById(issuer, body.issuer) ? body : undefined;
}

/** Only at Entra's own hosts: elsewhere a template would be an issuer that every issuer matches. */
function ofAnyTenant(issuer: URL, named: string): boolean {
  if (!isEntraHost(issuer.hostname)) return false;
  const [before = '', after = '', ...more] = named.split('{tenantid}');
  return (
    named.includes('{tenantid}') &&
    more.length === 0 &&
    before === `${issuer.origin}/` &&
    issuer.href.endsWith(after)
  );
}

/** @see https://learn.microsoft.com/entra/identity-platform/authentication-national-cloud */
function isEntraHost(host: string): boolean {
  const hosts = [
    'login.microsoftonline.com',
    'login.microsoftonline.us',
    'login.partner.microsoftonline.cn',
    'login.chinacloudapi.cn',
    'login.microsoft.com',
    'login.windows.net',
    'sts.windows.net',
  ];
  return hosts.includes(host) || host.endsWith('.ciamlogin.com') || host.endsWith('.b2clogin.com');
}

/** A tenant asked for by a domain (or as `consumers`), on the same server, which calls it by its id. */
function ofTenantById({ origin, pathname }: URL, named: string): boolean {
  const byId = /^\/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\/v2\.0$/i;
  if (!/^\/[^/]+\/v2\.0$/.test(pathname) || byId.test(pathname)) return false;
  return named.startsWith(`${origin}/`) && byId.test(named.slice(origin.length));
}

function mismatchedBody(thrown: unknown): oauth.AuthorizationServer | undefined {
  if (!(thrown instanceof oauth.OperationProcessingError)) return undefined;
  if (thrown.code !== oauth.JSON_ATTRIBUTE_COMPARISON || !isMembers(thrown.cause)) return undefined;
  const { body } = thrown.cause;
  return isMembers(body) && typeof body['issuer'] === 'string'
    ? { ...body, issuer: body['issuer'] }
    : undefined;
}

function unusable(issuer: URL, thrown: unknown, { host, ...where }: Where): Failure {
  const common = { ...where, step: 'discovery' } as const;
  const body = mismatchedBody(thrown);
  if (body !== undefined)
    return {
      ...common,
      kind: 'issuer_mismatch',
      expected: issuer.href,
      received: body.issuer,
      message: `The metadata from ${host} is that of the issuer ${plainText(body.issuer, 200)}, not of ${issuer.href}.`,
      advice: 'Set the issuer of the profile to exactly what the server calls itself, if you trust it.',
    };
  return {
    ...common,
    kind: 'malformed_response',
    code: 'metadata',
    message: `What ${host} published as its metadata is not a JSON document with an issuer.`,
    advice: 'Check the issuer, or type the endpoints into the profile.',
  };
}
