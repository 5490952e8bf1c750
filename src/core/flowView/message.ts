import { samlFacts, type SamlFacts } from '../oauth/samlAssertion.ts';
import { moment } from '../token/finding.ts';
import { parseShallow } from '../http/jsonDepth.ts';
import { parse as parseForm } from 'node:querystring';
import type { MessageView, ParameterView } from '../../shared/views/flowView.ts';
import {
  headerValue,
  type HeaderList,
  type RecordedRequest,
  type RecordedResponse,
} from '../record/exchange.ts';
import type { Meanings } from './metadataParameters.ts';
import { parameterMeaning } from './parameters.ts';
import { isObject } from '../../shared/json.ts';
import { mediaTypeOf } from '../http/mediaType.ts';
import { mask } from '../http/mask.ts';
import { isSecretName } from '../secretNames.ts';

/** Longest value and longest body that are shown; what is left out is mentioned. */
const longestValue = 4096;
const longestBody = 32_768;

/** The parameters of a message under their titles, and its body if that has no parameters. */
interface Parts {
  readonly groups: readonly (readonly [title: string, entries: HeaderList])[];
  readonly body: string;
}

/**
 * A request in its parts: query, form or JSON members, header fields.
 *
 * @param original the request before it was redacted
 * @param meanings of parameters that mean something else in this request
 */
export function requestView(
  request: RecordedRequest,
  original: RecordedRequest,
  meanings?: Meanings,
): MessageView {
  const url = URL.canParse(request.url) ? new URL(request.url) : undefined;
  const sent = requestParts(request);
  const address = url ? url.origin + url.pathname : request.url;
  return {
    line: `${request.method} ${shorten(address, longestValue)}`,
    ...partsView(
      { ...sent, groups: [...sent.groups, ...assertionParts(original)] },
      () => requestParts(original),
      { omitted: request.omitted, meanings },
    ),
  };
}

/**
 * A response in its parts; the parameters of its `Location` are listed separately.
 *
 * @param original the response before it was redacted
 */
export function responseView(response: RecordedResponse, original = response): MessageView {
  return {
    line: `${response.status} ${response.statusText}`.trim(),
    ...partsView(responseParts(response), () => responseParts(original), { omitted: response.omitted }),
  };
}

function requestParts({ url, headers, body = '' }: RecordedRequest): Parts {
  const { searchParams, hash } = URL.canParse(url) ? new URL(url) : { searchParams: [], hash: '' };
  const fragment = [...new URLSearchParams(hash.slice(1))];
  return parts(body, headers, [
    ['Query', [...searchParams]],
    ['Fragment', fragment],
  ]);
}

/** Parameters whose JWTs are shown in parts: their claims are not secrets, only the signature is. */
const assertions = ['client_assertion', 'assertion', 'request'];

/** Header and claims of the assertions in a form or query, read before they were masked. */
function assertionParts({ url, body = '' }: RecordedRequest): Parts['groups'] {
  const text = body === '' ? url.slice(url.indexOf('?') + 1) : body;
  // The base64 of how they begin: {" and <.
  if (!/=(?:ey|P)/.test(text)) return [];
  const form = new URLSearchParams(text.slice(0, longestBody));
  return assertions.flatMap((name): Parts['groups'] => {
    const value = form.get(name) ?? '';
    const [header, claims] = value.split('.').map(jsonEntries);
    if (header && claims) return [[`JWT in ${name}`, [...header, ...claims.map(masked)]]];
    const xml = Buffer.from(value, 'base64url').toString('utf8');
    return xml.startsWith('<') ? [[`SAML in ${name}`, samlEntries(samlFacts(xml))]] : [];
  });
}

function samlEntries({ issuer, subject, audiences, recipient, ends }: SamlFacts): HeaderList {
  const end = ends === undefined ? undefined : moment(ends);
  const all = { Issuer: issuer, NameID: subject, Recipient: recipient, NotOnOrAfter: end };
  return [
    ...Object.entries(all).flatMap(([name, said]) => (said === undefined ? [] : [[name, said] as const])),
    ...audiences.map((one) => ['Audience', one] as const),
  ];
}

/** Masks what is secret as a parameter inside a signed request, too. */
function masked([name, value]: HeaderList[number]): HeaderList[number] {
  return [name, isSecretName(name) ? mask(value) : value];
}

function jsonEntries(part: string): HeaderList | undefined {
  const json = parseObject(Buffer.from(part, 'base64url').toString('utf8'));
  return json && entriesOf(json);
}

function entriesOf(json: object): HeaderList {
  return Object.entries(json).map(
    ([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)] as const,
  );
}

function responseParts({ headers, body }: RecordedResponse): Parts {
  const location = headerValue(headers, 'location') ?? '';
  const query = URL.canParse(location) ? [...new URL(location).searchParams] : [];
  return parts(body, headers, [['Location parameters', query]]);
}

function parts(body: string, headers: HeaderList, before: Parts['groups']): Parts {
  const members = bodyMembers(body, contentType(headers));
  return {
    groups: [...before, ...(members ? [members] : []), ['Header fields', headers]],
    body: members ? '' : body,
  };
}

function bodyMembers(body: string, type: string): Parts['groups'][number] | undefined {
  if (type === 'application/x-www-form-urlencoded') {
    const entries = Object.entries(parseForm(body)).flatMap(([name, value]) =>
      (Array.isArray(value) ? value : [value ?? '']).map((each) => [name, each] as const),
    );
    return ['Form', entries];
  }
  const json = parseObject(body);
  if (!json) return undefined;
  return ['JSON', entriesOf(json)];
}

function parseObject(body: string): object | undefined {
  try {
    const value: unknown = parseShallow(body);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function partsView(
  { groups, body }: Parts,
  original: () => Parts,
  {
    omitted = 0,
    meanings,
  }: { readonly omitted?: number | undefined; readonly meanings?: Meanings | undefined },
): Pick<MessageView, 'groups' | 'body'> {
  let before: ReadonlySet<string> | undefined;
  // A server may send an ellipsis, too: it is a mask only if it was not there before.
  const isMasked = (name: string, value: string) =>
    value.includes('…') && !(before ??= allEntries(original())).has(`${name}\n${value}`);
  const view = ([name, value]: readonly [string, string]): ParameterView => ({
    name,
    value: shorten(value, longestValue),
    redacted: isMasked(name, value),
    ...parameterMeaning(name, meanings),
  });
  return {
    groups: groups.flatMap(([title, entries]) =>
      entries.length > 0 ? [{ title, parameters: entries.map(view) }] : [],
    ),
    ...(body !== '' && { body: shorten(body, longestBody, omitted) }),
  };
}

function allEntries({ groups }: Parts): ReadonlySet<string> {
  return new Set(groups.flatMap(([, entries]) => entries.map(([name, value]) => `${name}\n${value}`)));
}

function contentType(headers: HeaderList): string {
  return mediaTypeOf(headerValue(headers, 'content-type')) ?? '';
}

/** @param omitted how many more characters there were after `text` */
function shorten(text: string, longest: number, omitted = 0): string {
  const more = Math.max(0, text.length - longest) + omitted;
  return more === 0 ? text : `${text.slice(0, longest)} … and ${more} characters more`;
}
