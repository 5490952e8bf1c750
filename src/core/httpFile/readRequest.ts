import { type BodyStyle, readBody } from './body.ts';
import { withBodyType } from './bodyType.ts';
import type { BodyPart } from './bodyPart.ts';
import { definitionNotes } from './definitionNotes.ts';
import { type DialectRules, type HttpDialect, dialectRules } from './dialect.ts';
import { filesAsVariables } from './filesAsVariables.ts';
import { fragmentsOf } from './graphql.ts';
import { httpyacNotes } from './httpyacNotes.ts';
import { kulalaNotes } from './kulalaNotes.ts';
import { leftOutNotes } from './leftOutNotes.ts';
import { aboveRequest, type AboveRequest } from './meta.ts';
import type { HttpBlock, HttpFileRequest } from './request.ts';
import { readCurl } from './readCurl.ts';
import { readHeaders, readTarget, withOwnHeaders } from './requestHead.ts';
import {
  dialectNotes,
  isJoined,
  joinNotes,
  requestNotes,
  sharedNotes,
  type RequestNote,
} from './requestNotes.ts';
import { sendingNotes } from './sendingNotes.ts';
import { type VariableSource, fileVariables, resolveVariables } from './resolveVariables.ts';

/** A request as it would be sent, but for files its body takes in and variables nobody knows. */
export interface ReadRequest {
  readonly method: string;
  /** Absolute when the file says enough for that. */
  readonly url: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** Absent when the request has none. */
  readonly body?: readonly BodyPart[];
  /** Names between braces that were not resolved, as they stand there. */
  readonly unresolved: readonly string[];
  /** What its own tool would do and is not done here, in the order of the lines. */
  readonly notes: readonly RequestNote[];
  /** The text of a file that the body takes in, with the same variables filled in. */
  readonly fill: (text: string) => { readonly text: string; readonly unresolved: readonly string[] };
}

/** How a request is read. */
export interface ReadOptions {
  /** What the file itself does not define; nothing unless said otherwise. */
  readonly source?: VariableSource;
  /** Whose file it is; REST Client's unless said otherwise. */
  readonly dialect?: HttpDialect;
  /** Header fields that are added where the request has none of the name; the first of a name counts. */
  readonly added?: readonly (readonly [name: string, value: string])[];
  /** Names of headers, in lower case, that are replaced before sending: what stands in them does not matter. */
  readonly replaced?: readonly string[];
  /** What the file defines for this request, where that was read before. */
  readonly variables?: ReadonlyMap<string, string>;
  /** What the user answered to the request's questions, see `questionsOf`. */
  readonly answers?: ReadonlyMap<string, string>;
}

/** httpYac's way to write braces that are not a variable. */
const escapedBraces = /\\\{\\\{([^}]{1,200}?)\\\}\\\}/g;

/**
 * Reads the request to send it: method, URL, headers and body, with file variables and those of `source` filled in.
 *
 * @param written of kind `http` or `curl`.
 */
export function readRequest(
  text: string,
  block: HttpBlock,
  written: HttpFileRequest,
  options: ReadOptions = {},
): ReadRequest {
  const { dialect = 'rest_client', replaced = [], added = [] } = options;
  const unresolved = new Set<string>();
  const rules = dialectRules[dialect];
  const variables = options.variables ?? fileVariables(text, block, written, rules);
  const { used, lookUp, fill } = filler(variables, options, rules);
  const reading = {
    ...{ dialect, rules, replaced, added, used, lookUp },
    resolve: (value: string) => fill(value, unresolved),
    known: (value: string) => fill(value, new Set()),
  };
  const read =
    written.kind === 'curl'
      ? readCommand(text, block, written, reading)
      : readMessage(text, block, written, reading);
  return {
    ...{ ...read, unresolved: [...unresolved], notes: read.notes.toSorted((a, b) => a.line - b.line) },
    fill: (content) => {
      const missing = new Set<string>();
      return { text: fill(content, missing), unresolved: [...missing] };
    },
  };
}

/** What reading one request takes. */
interface Reading {
  readonly dialect: HttpDialect;
  readonly rules: DialectRules;
  readonly replaced: readonly string[];
  readonly added: NonNullable<ReadOptions['added']>;
  /** Names of the file's variables, as they are used. */
  readonly used: ReadonlySet<string>;
  readonly lookUp: VariableSource;
  /** Fills variables in, and keeps those that nobody knows. */
  readonly resolve: (value: string) => string;
  /** The same for what is only looked at. */
  readonly known: (value: string) => string;
}

type ReadPart = Omit<ReadRequest, 'unresolved' | 'fill'>;

/** A request that is written as HTTP has it. */
function readMessage(text: string, block: HttpBlock, written: HttpFileRequest, reading: Reading): ReadPart {
  const { dialect, rules, replaced, added, used, lookUp, resolve, known } = reading;
  const request = withOwnHeaders(text, written, rules, known);
  const { verb, target } = readTarget(text, request, rules, known);
  const headers = withAdded(readHeaders(text, request, rules, known), added)
    .filter(([name]) => !replaced.includes(name.toLowerCase()))
    .map(([name, value]) => [name, resolve(value)] as const);
  const above = aboveRequest(text, request);
  const style = bodyStyle(verb, headers, dialect, above);
  const own = rules.methodsSeparate ? request : withoutSeparators(block, written, request);
  const whole = style.keepsTitles === true ? withTitles(text, block, own) : own;
  const fragments = rules.graphqlByBody && { fragments: () => fragmentsOf(text, block) };
  const takesFiles = dialect === 'kulala' && !/^(?:form|graphql)$/.test(style.kind);
  const files = takesFiles ? filesAsVariables(above, resolve) : undefined;
  const body = readBody(text, whole, { ...style, ...fragments }, files?.resolve ?? resolve);
  const { headers: withType, parts } = withBodyType(headers, files?.split(body.parts) ?? body.parts, {
    ...{ rules, verb, isGraphql: style.kind === 'graphql' },
    written: () => readBody(text, whole, style, (value) => value).parts,
  });
  const named = () => resolve((rules.methodsSeparate ? lookUp('host') : undefined) ?? '');
  const full = absolute(resolve(target), headers, named);
  const url = withEncodedPercent(rules.encodesHash ? withEncodedHash(full) : full);
  return {
    ...{ method: verb === 'GRAPHQL' ? 'POST' : verb, url, headers: withType },
    ...(parts.length > 0 && { body: parts }),
    notes: [
      ...requestNotes(files?.others() ?? above, dialect, url !== full || isEncoded(full)),
      ...leftOutNotes(text, request, dialect, !style.markdown && style.kind !== 'graphql'),
      ...sharedNotes(text, block, written, dialect),
      ...definitionNotes(text, block, written, used, rules),
      ...dialectNotes(text, block, written, headers, dialect, request.headersEnd),
      ...(rules.methodsSeparate
        ? httpyacNotes(text, written, headers, style.rules.graphqlByBody && body.kind !== 'graphql')
        : []),
      ...(dialect === 'kulala'
        ? kulalaNotes(text, block, request, used, { parts, isGraphql: body.kind === 'graphql' })
        : []),
      ...sendingNotes(text, request, {
        ...{ method: verb, url, headers: withType, body: parts, rules },
      }),
    ],
  };
}

type Fields = ReadRequest['headers'];

function withAdded(own: Fields, added: Fields): Fields {
  const names = new Set(own.map(([name]) => name.toLowerCase()));
  const isNew = (name: string) => !names.has(name) && names.add(name);
  return [...own, ...added.filter(([name]) => isNew(name.toLowerCase()))];
}

/** Puts variables in, and notes which ones of the file were used. */
function filler(
  variables: ReadonlyMap<string, string>,
  { source = () => undefined, answers }: ReadOptions,
  { environmentFirst, methodsSeparate }: DialectRules,
) {
  const used = new Set<string>();
  const ofFile = (name: string) => {
    used.add(name);
    const value = variables.get(name);
    if (!methodsSeparate || value?.includes('{{') !== true) return value;
    // httpYac resolves definitions one after another: one by itself starts from the environment's value.
    return value.replace(/\{\{([^{}\r\n]*)\}\}/g, (whole, inner: string) =>
      inner.trim() === name ? (source(name) ?? whole) : whole,
    );
  };
  const lookUp = (name: string) =>
    environmentFirst ? (source(name) ?? ofFile(name)) : (ofFile(name) ?? source(name));
  const values = new Map(answers);
  const fill = (value: string, missing: Set<string>) => {
    const filled = resolveVariables(value, lookUp, missing, values);
    return methodsSeparate ? filled.replace(escapedBraces, '{{$1}}') : filled;
  };
  return { used, lookUp, fill };
}

/** The request that a curl command makes. */
function readCommand(
  text: string,
  block: HttpBlock,
  request: HttpFileRequest,
  { dialect, rules, replaced, resolve }: Reading,
): ReadPart {
  const { verb, target, headers: written, user, body, notes } = readCurl(text, request, dialect);
  const isSent = (name: string) => !replaced.includes(name.toLowerCase());
  const headers = written
    .filter(([name]) => isSent(name))
    .map(([name, value]) => [resolve(name), resolve(value)] as const);
  // A header of one's own counts for curl, the option for REST Client.
  const isOwn = find(headers, 'authorization') !== undefined && dialect !== 'rest_client';
  if (user !== undefined && isSent('authorization') && !isOwn) {
    const basic = `Basic ${Buffer.from(resolve(user)).toString('base64')}`;
    const others = headers.filter(([name]) => name.toLowerCase() !== 'authorization');
    headers.splice(0, headers.length, ...others, ['Authorization', basic]);
  }
  const url = absolute(resolve(target), headers);
  const filled = body.map((part) =>
    part.kind === 'text' ? { ...part, text: resolve(part.text) } : { ...part, path: resolve(part.path) },
  );
  const sent = { method: verb, url, headers };
  return {
    ...sent,
    ...(body.length > 0 && { body: filled }),
    notes: [
      ...requestNotes(aboveRequest(text, request), dialect),
      ...joinNotes(text, block, request, rules),
      ...leftOutNotes(text, request, dialect),
      ...notes,
      ...sendingNotes(text, request, { ...sent, body: filled, rules }),
    ],
  };
}

/** A `%` that encodes nothing is one itself; with braces left in it a URL is not sent, and shows what is missing. */
const withEncodedPercent = (url: string) =>
  url.includes('{{') ? url : url.replace(/%(?![0-9A-Fa-f]{2})/g, '%25');

/** Whether a URL has what is not sent as it is written. @see WHATWG URL, percent-encode sets */
const isEncoded = (url: string) =>
  /[^\x21\x23-\x26\x28-\x3b\x3d\x3f-\x5b\x5d\x5f\x61-\x7a\x7c\x7e]/.test(url);

/** A `#` in a query is not the beginning of a fragment where another parameter follows it. */
function withEncodedHash(url: string): string {
  const query = url.indexOf('?') + 1;
  const last = url.lastIndexOf('&');
  if (query === 0 || last < query) return url;
  return url.slice(0, query) + url.slice(query, last).replaceAll('#', '%23') + url.slice(last);
}

/** With all that follows without a separator: but for httpYac it is the same request's. */
function withoutSeparators(
  { requests }: HttpBlock,
  written: HttpFileRequest,
  request: HttpFileRequest,
): HttpFileRequest {
  let at = requests.indexOf(written);
  if (request.responseStart !== undefined || requests[at + 1]?.requestStart === request.headersEnd)
    return request;
  while (isJoined(requests[at + 1])) at++;
  return { ...request, end: requests[at]?.end ?? request.end };
}

/** With what stands below titles that would end any other body, up to a line of nothing but `###` or the next request. */
function withTitles(text: string, block: HttpBlock, request: HttpFileRequest): HttpFileRequest {
  if (request.responseStart !== undefined) return request;
  const next = block.requests[block.requests.indexOf(request) + 1];
  const limit = next?.requestStart ?? block.to;
  const bare = /^[ \t]*###[ \t]*$/m.exec(text.slice(request.end, limit));
  return { ...request, end: bare === null ? limit : request.end + bare.index };
}

const find = (headers: ReadRequest['headers'], wanted: string) =>
  headers.find(([name]) => name.toLowerCase() === wanted)?.[1];

function bodyStyle(
  verb: string,
  headers: ReadRequest['headers'],
  dialect: HttpDialect,
  { meta }: AboveRequest,
): BodyStyle {
  const says = (word: string) => meta.some(({ name }) => name === word);
  const known = dialectRules[dialect];
  const rules = says('noGqlParsing') ? { ...known, graphqlByBody: false } : known;
  const type = find(headers, 'content-type') ?? '';
  const operation = find(headers, 'x-graphql-operation');
  const markdown = /^text\/(?:x-)?markdown/i.test(type);
  const keepsTitles = rules.methodsSeparate === true && /^text\/markdown(?:[\s;]|$)/i.test(type);
  const common = { rules, markdown, keepsTitles, injects: says('injectVariables') };
  const isTagged = dialect === 'kulala' && says('graphql');
  if (verb === 'GRAPHQL' || isTagged || rules.graphqlByHeader?.test(find(headers, 'x-request-type') ?? ''))
    return { ...common, kind: 'graphql', ...(operation !== undefined && { operation }) };
  if (/^application\/x-www-form-urlencoded/i.test(type)) return { ...common, kind: 'form' };
  if ((rules.formDataOnly ? /^multipart\/form-data\b/i : /^multipart\//i).test(type))
    return { ...common, kind: 'multipart' };
  // httpYac knows them by one name only.
  const lines = rules.methodsSeparate
    ? /^application\/x-ndjson\b/i
    : /^application\/(?:x-)?(?:ndjson|jsonl|json-lines|json-seq|ldjson)\b/i;
  if (lines.test(type)) return { ...common, kind: 'lines' };
  return { ...common, kind: 'text' };
}

/**
 * A path takes its host from the Host header; a host without a scheme is asked by http.
 *
 * @param named what a variable names as the host where no header does
 */
function absolute(target: string, headers: ReadRequest['headers'], named?: () => string): string {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(target) || target.startsWith('{{')) return target;
  if (!target.startsWith('/') && target !== '*') return `http://${target}`;
  const host = find(headers, 'host') ?? named?.() ?? '';
  if (host === '') return target;
  const origin = /^https?:\/\//i.test(host) ? host : `${/:8?443$/.test(host) ? 'https' : 'http'}://${host}`;
  return target === '*' ? origin : origin.replace(/\/$/, '') + target;
}
