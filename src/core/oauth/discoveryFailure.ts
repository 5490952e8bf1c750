import type { AuthorizationServer } from 'oauth4webapi';
import type { Failure } from '../record/failure.ts';
import { isRedirect } from '../http/redirectStatus.ts';
import { withoutQuery } from '../http/ends.ts';
import { plainText } from '../http/plainText.ts';
import { issuerOfDocument } from '../profile/issuerOfDocument.ts';
import { bodyInWords, membersOf, responseBody } from '../http/responseBody.ts';
import { kindOf } from '../../shared/json.ts';
import { leadsHome } from './leadsHome.ts';
import { areAtOnePlace, type MetadataPlace } from './metadataPlaces.ts';

/** A well-known address that was tried, and why its answer is of no use. */
export interface Attempt {
  readonly place: MetadataPlace;
  readonly failure: Failure;
}

/** Where an answer came from. */
export interface AnsweredAt {
  readonly host: string;
  readonly exchange?: number;
}

/** The most telling failure: that of metadata with another issuer, else the first that is more than “not found”. */
export function moreTelling(issuer: URL, attempts: readonly Attempt[]): Failure {
  const failures = attempts.map(({ failure }) => failure);
  const telling =
    failures.find(({ kind }) => kind === 'issuer_mismatch') ??
    failures.find((failure) => !isAbsence(failure));
  const tried = attempts.map(({ place, failure }) => `${plainText(place.url, 300)}: ${cameBack(failure)}`);
  return { ...(telling ?? nothingThere(issuer, attempts)), tried };
}

function isAbsence(failure: Failure): boolean {
  return failure.kind === 'http_error' && failure.status === 404;
}

function nothingThere(issuer: URL, attempts: readonly Attempt[]): Failure {
  const all = attempts.length === 2 ? 'both' : 'all three';
  const last = attempts.at(-1)?.failure.exchange;
  const asked = attempts.map(({ place }) => plainText(place.url, 300)).join(', ');
  return {
    kind: 'metadata_missing',
    step: 'discovery',
    missing: 'discovery document',
    message: `${issuer.host} publishes no metadata for ${issuer.origin}${issuer.pathname}: ${all} well-known addresses answer 404 (${asked}).`,
    advice: 'Check the issuer, or type the endpoints into the profile.',
    ...(last === undefined ? {} : { exchange: last }),
  };
}

/** What an address answered, in a few words. */
function cameBack(failure: Failure): string {
  switch (failure.kind) {
    case 'http_error':
      return `status ${failure.status}`;
    case 'redirected':
      return `status ${failure.status}, a redirect${failure.location === undefined ? '' : ` to ${plainText(withoutQuery(failure.location), 200)}`}`;
    case 'issuer_mismatch':
      return `the metadata of the issuer ${plainText(failure.received, 200)}`;
    default:
      return 'no document with an issuer';
  }
}

/** A status that is not a success. */
export function refusedMetadata(response: Response, { host, ...where }: AnsweredAt): Failure {
  const { status } = response;
  const location = response.headers.get('location');
  const common = { ...where, step: 'discovery', status } as const;
  if (isRedirect(status))
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

/** A success that holds no metadata. */
export function noMetadata(text: string, { host, ...where }: AnsweredAt, type?: string): Failure {
  const body = responseBody(text, type);
  const { issuer } = membersOf(body) ?? {};
  const came =
    body.format !== 'json'
      ? bodyInWords(body)
      : `a JSON object ${issuer === undefined ? 'without one' : `whose issuer is ${issuer === '' ? 'empty' : kindOf(issuer)}`}`;
  return {
    ...where,
    step: 'discovery',
    kind: 'malformed_response',
    code: 'metadata',
    message: `What ${host} published as its metadata is not a JSON document with an issuer: ${came} came.`,
    advice: 'Check the issuer, or type the endpoints into the profile.',
  };
}

/** Metadata of another issuer than the one asked for, with the endpoints it names. @see RFC 8414 section 3.3 */
export function otherIssuer(issuer: URL, body: AuthorizationServer, { host, ...where }: AnsweredAt): Failure {
  return {
    ...where,
    step: 'discovery',
    kind: 'issuer_mismatch',
    expected: issuer.href,
    received: body.issuer,
    endpoints: endpointsOf(issuer, body),
    message: URL.canParse(body.issuer)
      ? `The metadata from ${host} is that of the issuer ${plainText(body.issuer, 200)}, not of ${issuer.href}.`
      : `The metadata from ${host} names “${plainText(body.issuer, 200)}” as its issuer, which is not a URL, and not ${issuer.href}.`,
    advice: 'Set the issuer of the profile to exactly what the server calls itself, if you trust it.',
  };
}

const endpointNames = [
  'authorization_endpoint',
  'token_endpoint',
  'device_authorization_endpoint',
  'jwks_uri',
] as const;

/**
 * The endpoints of a document that are as safe to use as typed ones: https, and not on a network closer to this computer than
 * the document.
 */
function endpointsOf(issuer: URL, body: AuthorizationServer): Readonly<Record<string, string>> {
  const found = endpointNames.flatMap((name): [string, string][] => {
    const value: unknown = body[name];
    if (typeof value !== 'string' || value.length > 2048 || !URL.canParse(value)) return [];
    const isSecure = new URL(value).protocol === 'https:' || issuer.protocol === 'http:';
    return isSecure && !leadsHome(issuer.href, value) ? [[name, value]] : [];
  });
  return Object.fromEntries(found);
}

/** Another issuer on the same server that the answer points to, worth looking up. */
export function candidateIssuer(issuer: URL, failure: Failure): URL | undefined {
  const named =
    failure.kind === 'issuer_mismatch'
      ? failure.received
      : failure.kind === 'redirected' && URL.canParse(failure.location ?? '', issuer.href)
        ? issuerOfDocument(new URL(failure.location ?? '', issuer).href)
        : undefined;
  if (named === undefined || named.length > 2048 || !URL.canParse(named)) return undefined;
  const url = new URL(named);
  const isOther = url.href !== issuer.href && url.search === '' && url.hash === '' && url.username === '';
  return url.origin === issuer.origin && isOther ? url : undefined;
}

/** The issuer that would work instead of the profile's, as far as it is known. */
export function workingIssuer(failure: Failure): string | undefined {
  if (failure.kind === 'redirected') return failure.workingIssuer;
  if (failure.kind !== 'issuer_mismatch') return undefined;
  const { workingIssuer: tried, expected, received } = failure;
  return tried ?? (areAtOnePlace(expected, received) && !/[?#@]/.test(received) ? received : undefined);
}
