import * as oauth from 'oauth4webapi';
import type { RequestContext } from './requestContext.ts';
import { FailureError, type Failure } from '../record/failure.ts';
import { isEntraHost } from '../http/entraHosts.ts';
import { plainText } from '../http/plainText.ts';
import { secureUrl } from '../http/secureUrl.ts';
import {
  candidateIssuer,
  moreTelling,
  noMetadata,
  otherIssuer,
  refusedMetadata,
  workingIssuer,
  type AnsweredAt,
  type Attempt,
} from './discoveryFailure.ts';
import { libraryGet } from './libraryFetch.ts';
import type { Discovered, MetadataCache } from './metadataCache.ts';
import { metadataPlaces, slashRedirect, type MetadataPlace } from './metadataPlaces.ts';
import { mediaTypeOf } from '../http/mediaType.ts';
import { membersOf, responseBody } from '../http/responseBody.ts';
import { isObject } from '../../shared/json.ts';

/** What discovery needs of a flow's context. */
export type DiscoveryContext = Pick<RequestContext, 'trace' | 'fetch' | 'clock'> & {
  readonly metadata: MetadataCache;
};

/**
 * The metadata that `issuer` publishes about itself, from the cache or from the first of its well-known addresses with a usable
 * answer.
 *
 * @throws FailureError of step `discovery`: of the transport, or kind `metadata_missing`, `issuer_mismatch`, `redirected`,
 * `http_error`, `malformed_response`
 * @see OpenID Connect Discovery 1.0 section 4, RFC 8414 section 3
 */
export async function discover(issuer: string, context: DiscoveryContext): Promise<Discovered> {
  const { clock, metadata, trace } = context;
  trace.enter('discovery');
  const known = metadata.get(issuer, clock.now());
  if (known !== undefined) return known;
  const url = secureUrl(issuer, 'discovery');
  const found = await lookUp(url, context);
  if (!('server' in found)) throw new FailureError(await withWayOut(url, found, context));
  metadata.set(issuer, found, clock.now());
  return found;
}

async function lookUp(issuer: URL, context: DiscoveryContext): Promise<Discovered | Failure> {
  const attempts: Attempt[] = [];
  for (const place of metadataPlaces(issuer)) {
    const found = await attempt(issuer, place, context);
    if ('server' in found) return found;
    attempts.push({ place, failure: found });
  }
  return moreTelling(issuer, attempts);
}

/** When the answer names another issuer on the same server, finds out whether that one would work, and adds it to the failure. */
async function withWayOut(issuer: URL, failure: Failure, context: DiscoveryContext): Promise<Failure> {
  if (failure.kind !== 'issuer_mismatch' && failure.kind !== 'redirected') return failure;
  const known = workingIssuer(failure);
  if (known !== undefined) return { ...failure, workingIssuer: known };
  const candidate = candidateIssuer(issuer, failure);
  if (candidate !== undefined && (await isPublished(candidate, context)))
    return {
      ...failure,
      workingIssuer: failure.kind === 'issuer_mismatch' ? failure.received : candidate.href,
    };
  return failure.kind === 'redirected'
    ? failure
    : {
        ...failure,
        advice:
          'Under the issuer it names no metadata was found or looked for: type the endpoints of this document into the profile, without an issuer, if you trust it.',
      };
}

async function isPublished(issuer: URL, context: DiscoveryContext): Promise<boolean> {
  try {
    return 'server' in (await lookUp(issuer, context));
  } catch (thrown) {
    if (thrown instanceof FailureError && thrown.failure.kind !== 'cancelled') return false;
    throw thrown;
  }
}

async function attempt(
  issuer: URL,
  place: MetadataPlace,
  context: DiscoveryContext,
): Promise<Discovered | Failure> {
  const response = await ask(issuer, place, context);
  const exchange = context.trace.idOf(response);
  const where = { host: issuer.host, ...(exchange === undefined ? {} : { exchange }) };
  if (response.status !== 200) return refusedMetadata(response, where);
  const copy = response.clone();
  try {
    return { kind: place.kind, server: await oauth.processDiscoveryResponse(issuer, response) };
  } catch (thrown) {
    const server = ofEntra(issuer, thrown);
    return server === undefined
      ? unusable(
          issuer,
          thrown,
          { text: await copy.text(), type: mediaTypeOf(copy.headers.get('content-type')) },
          where,
        )
      : { kind: place.kind, server };
  }
}

/** Asks one address, and once more where the server redirects only to add or drop a slash at the end. */
async function ask(issuer: URL, place: MetadataPlace, { fetch, trace }: DiscoveryContext): Promise<Response> {
  const get = fetch('discovery', 'discovery');
  const at = (url: string) =>
    oauth.discoveryRequest(issuer, {
      algorithm: place.kind === 'openid' ? 'oidc' : 'oauth2',
      ...libraryGet((_address, init) => get(url, init)),
    });
  const response = await at(place.url);
  const moved = slashRedirect(place.url, response);
  if (moved === undefined) return response;
  const exchange = trace.idOf(response);
  const message = `The redirect to ${plainText(moved, 300)}, on the same server, was followed once.`;
  if (exchange !== undefined)
    trace.deviate(exchange, [{ code: 'metadata_redirected', message, source: 'RFC 8414 section 3.1' }]);
  return at(moved);
}

/** Entra's metadata names another issuer than the one asked for: a template where many tenants share it, or the tenant's id. */
function ofEntra(issuer: URL, thrown: unknown): oauth.AuthorizationServer | undefined {
  const body = mismatchedBody(thrown);
  if (body === undefined) return undefined;
  return ofAnyTenant(issuer, body.issuer) || ofTenantById(issuer, body.issuer) ? body : undefined;
}

/** Only at Entra's own hosts: anywhere else a template would match every issuer. */
function ofAnyTenant(issuer: URL, named: string): boolean {
  if (!takesAnyTenant(issuer.hostname)) return false;
  const [before = '', after = '', ...more] = named.split('{tenantid}');
  return (
    named.includes('{tenantid}') &&
    more.length === 0 &&
    before === `${issuer.origin}/` &&
    issuer.href.endsWith(after)
  );
}

function takesAnyTenant(host: string): boolean {
  return isEntraHost(host) || host.endsWith('.ciamlogin.com') || host.endsWith('.b2clogin.com');
}

/** A tenant that was asked for by its domain (or as `consumers`), and that the same server calls by its id. */
function ofTenantById({ origin, pathname }: URL, named: string): boolean {
  const byId = /^\/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\/v2\.0$/i;
  if (!/^\/[^/]+\/v2\.0$/.test(pathname) || byId.test(pathname)) return false;
  return named.startsWith(`${origin}/`) && byId.test(named.slice(origin.length));
}

function mismatchedBody(thrown: unknown): oauth.AuthorizationServer | undefined {
  if (!(thrown instanceof oauth.OperationProcessingError)) return undefined;
  if (thrown.code !== oauth.JSON_ATTRIBUTE_COMPARISON || !isObject(thrown.cause)) return undefined;
  const { body } = thrown.cause;
  return isObject(body) && typeof body['issuer'] === 'string'
    ? { ...body, issuer: body['issuer'] }
    : undefined;
}

/** Metadata whose issuer is not a URL at all (Google's once was `accounts.google.com`), which the library rejects before it compares. */
function withIssuerThatIsNoUrl(text: string): oauth.AuthorizationServer | undefined {
  const members = membersOf(responseBody(text, undefined));
  const issuer = members?.['issuer'];
  return typeof issuer !== 'string' || issuer === '' || URL.canParse(issuer)
    ? undefined
    : { ...members, issuer };
}

function unusable(
  issuer: URL,
  thrown: unknown,
  { text, type }: { readonly text: string; readonly type: string | undefined },
  where: AnsweredAt,
): Failure {
  const body = mismatchedBody(thrown) ?? withIssuerThatIsNoUrl(text);
  return body === undefined ? noMetadata(text, where, type) : otherIssuer(issuer, body, where);
}
