import { withBasicCredentials } from '../../httpFile/basicCredentials.ts';
import { parseHttpFile } from '../../httpFile/document.ts';
import { dialectRules } from '../../httpFile/dialect.ts';
import { readRequest } from '../../httpFile/readRequest.ts';
import { fileVariables } from '../../httpFile/resolveVariables.ts';
import { allDefinitions } from '../../httpFile/variable.ts';
import { bodyRequest } from '../curlRequest.ts';
import { listOf, textOf, type Found, type Json, type VariableList } from '../imported.ts';
import { goesThroughBrowser } from '../../productLists.ts';
import { rootOf, type Reader } from '../reader.ts';
import { fromRequest } from '../requestProfile.ts';
import { sameOnce } from '../sameOnce.ts';
import { readPlaced } from '../readVariables.ts';
import { tokenRequestIn } from '../tokenRequest.ts';
import { variableGroups } from '../variableGroups.ts';
import { objectOf } from '../../../shared/json.ts';

/** What a browser recorded: its token requests, each with the page that asked for the code. @see http://www.softwareishard.com/blog/har-12-spec/ */
export const har: Reader = {
  name: 'HAR file',
  recognises: (source) => Array.isArray(objectOf(rootOf(source)['log'])['entries']),
  *read(source) {
    const requests = listOf(objectOf(rootOf(source)['log'])['entries']).map((entry) =>
      objectOf(objectOf(entry)['request']),
    );
    const pages = new Map<string, string>();
    // A client of this name at two servers is two clients: which page is the token request's nobody can say.
    for (const [client, page] of requests.flatMap(signInOf))
      pages.set(client, [page, undefined].includes(pages.get(client)) ? page : '');
    yield* sameOnce(requests.map((request) => fromEntry(request, pages)));
  },
};

/** The client that a browser was sent to sign in for, and where. @see RFC 6749 section 4.1.1 */
function signInOf({ url }: Json): [string, string][] {
  if (typeof url !== 'string' || !url.includes('response_type=') || !URL.canParse(url)) return [];
  const { origin, pathname, searchParams } = new URL(url);
  const client = searchParams.get('client_id');
  return client === null ? [] : [[client, origin + pathname]];
}

function fromEntry(request: Json, pages: ReadonlyMap<string, string>): Found | undefined {
  const { url, headers, postData } = request;
  const { text, params } = objectOf(postData);
  const host = typeof url === 'string' && URL.canParse(url) ? new URL(url).host : 'HAR';
  const found = tokenRequestIn(
    { url, headers, body: textOf(text) ?? decoded(params) },
    host,
    () => new Map(),
  );
  if (found === undefined || typeof found === 'string') return found;
  const { clientId, grant } = found.entry;
  const page = goesThroughBrowser(grant) ? pages.get(String(clientId)) : undefined;
  return page === undefined || page === ''
    ? found
    : { ...found, entry: { ...found.entry, authorizationEndpoint: page } };
}

const coded = /^(?:[\w.~*!'()+-]|%[0-9A-F]{2})*$/i;

/** Browsers record parameters as they were sent, others as they were meant: all are in percent coding, or none is. */
function decoded(params: unknown): unknown {
  const all = listOf(params).map(objectOf);
  const values = all.map((one) => textOf(one['value']) ?? '');
  if (!values.every((value) => coded.test(value)) || !values.some((value) => value.includes('%')))
    return params;
  return all.map((one, at) => ({ ...one, value: new URLSearchParams(`v=${values[at] ?? ''}`).get('v') }));
}

/** An `.http` file: its token requests, and clients that its variables hold with their server. */
export const httpRequests: Reader = {
  name: '.http file',
  recognises: ({ fileName, text }) =>
    /\.(?:http|rest)$/.test(fileName) ||
    (fileName === '' && text.includes('grant_type') && /^(?:###|POST (?:https?:|\{\{))/m.test(text)),
  *read({ text: written, fileName }) {
    const isPasted = fileName === '';
    const text = isPasted ? parted(written) : written;
    const list: VariableList = allDefinitions(text).map(({ name, valueStart, valueEnd }) => [
      name,
      text.slice(valueStart, valueEnd),
    ]);
    yield* sameOnce(fromRequests(text, isPasted ? severalValues(list) : []));
    for (const one of variableGroups(list, 'Imported', isPasted ? readPlaced(text).places : undefined))
      if (typeof one === 'string' || 'tokenEndpoint' in one.entry || 'issuer' in one.entry) yield one;
  },
};

/** A pasted text with each form ended where its last parameter does: what stands below may be another text. */
function parted(text: string): string {
  const lines: string[] = [];
  let isForm = false;
  for (const line of text.split('\n')) {
    const isOver: boolean = isForm && !/^\s*&/.test(line) && !/&\s*$/.test(lines.at(-1) ?? '');
    if (isOver) lines.push('###');
    isForm = (isForm && !isOver) || /^\s*[^\s'"]*\bgrant_type\s*=/.test(line);
    if (!isOver || line.trim() !== '') lines.push(line);
  }
  return lines.join('\n');
}

/** What is defined with different values, each for the requests of its own text: which is whose cannot be known. */
function severalValues(list: VariableList): VariableList {
  const first = new Map<string, string>();
  return list.flatMap(([name, value]) => {
    const before = first.get(name) ?? value;
    first.set(name, before);
    return before === value ? [] : [[name, '${one of several values}'] as const];
  });
}

/** Token requests of one file that are read. */
const mostRequests = 1000;

function* fromRequests(text: string, unknown: VariableList): Iterable<Found | undefined> {
  let left = mostRequests;
  let variables: ReadonlyMap<string, string> | undefined;
  for (const block of parseHttpFile(text).blocks)
    for (const request of block.requests) {
      yield undefined;
      const own = text.slice(request.start, request.end);
      if (request.kind !== 'http' || !own.includes('grant_type')) continue;
      if (left-- <= 0) {
        yield 'The file is long: only its first token requests were read.';
        return;
      }
      // For REST Client the whole file's count for each of its requests.
      variables ??= new Map([...fileVariables(text, block, request, dialectRules.rest_client), ...unknown]);
      const { url, headers, body = [] } = readRequest(text, block, request, { variables });
      const sent = body.map((part) => (part.kind === 'text' ? part.text : '')).join('');
      const read = bodyRequest(
        url,
        sent,
        withBasicCredentials(headers).map(([name, value]) => `${name}: ${value}`),
      );
      const name = /^###[ \t]*(\S.*)|@name[ \t=]+(\S+)/m.exec(own);
      // A body that is a file or a script says nothing.
      if (read.parameters.has('grant_type'))
        yield fromRequest(
          read,
          `The request in line ${request.line + 1}`,
          (name?.[1] ?? name?.[2])?.trim().slice(0, 100),
        );
    }
}
