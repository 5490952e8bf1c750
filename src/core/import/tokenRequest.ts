import { bodyRequest } from './curlRequest.ts';
import {
  isOff,
  pairsOf,
  textOf,
  textsOf,
  type Found,
  type Json,
  type VariableList,
  type Variables,
} from './imported.ts';
import { resolve } from './placeholder.ts';
import { fromRequest } from './requestProfile.ts';
import { objectOf } from '../../shared/json.ts';

/**
 * The profile of a request in a collection that asks for a token itself: with `grant_type` in its form or JSON body, and the client
 * in it or in HTTP Basic. Its place is that of Postman, Bruno, Insomnia, Hoppscotch, Thunder Client or HTTPie.
 *
 * @returns nothing for any other request.
 */
export function tokenRequestIn(node: Json, name: string, variables: () => Variables): Found | undefined {
  const request = objectOf(node['request'] ?? node['http'] ?? node);
  const { url } = request;
  const address = textOf(url) ?? textOf(objectOf(url)['raw']) ?? textOf(request['endpoint']) ?? '';
  const pairs = pairsIn(request['body']) ?? (/[?&]grant_type=/.test(address) ? [] : undefined);
  if (pairs === undefined) return undefined;
  const inForce = variables();
  const put = (text: string) => resolve(text, inForce).trim();
  const headers = pairsOf(request['headers'] ?? request['header']);
  const read = bodyRequest(
    put(address),
    new URLSearchParams(pairs.map(([key, value]): [string, string] => [key, put(value)])).toString(),
    headers.map(([key, value]) => put(`${key}: ${value}`)),
  );
  const basic = basicOf(objectOf(request['auth'] ?? request['authentication']));
  const called = name.slice(0, 100);
  return fromRequest(
    basic === undefined ? read : { ...read, basic: put(basic) },
    `The request “${called}”`,
    called,
  );
}

/** The parameters of a body that has `grant_type` among them. */
function pairsIn(body: unknown, depth = 0): VariableList | undefined {
  if (typeof body === 'string')
    return body.includes('grant_type') && body.length <= 100_000 ? fromText(body) : undefined;
  if (depth > 3 || typeof body !== 'object' || body === null) return undefined;
  const list = pairsOf(body);
  if (list.some(([name]) => name === 'grant_type')) return list;
  for (const inner of Object.values(body)) {
    const found = pairsIn(inner, depth + 1);
    if (found !== undefined) return found;
  }
  return undefined;
}

function fromText(text: string): VariableList | undefined {
  const trimmed = text.trim();
  const list = trimmed.startsWith('{')
    ? fromJson(trimmed)
    : // Hoppscotch keeps a form as lines of `name: value`.
      /^[\w-]{1,100}: /.test(trimmed)
      ? trimmed.split('\n').map((line): [string, string] => {
          const colon = line.indexOf(':');
          return [line.slice(0, colon).trim(), line.slice(colon + 1).trim()];
        })
      : [...new URLSearchParams(trimmed)];
  return list.some(([name]) => name === 'grant_type') ? list : undefined;
}

function fromJson(text: string): VariableList {
  try {
    return Object.entries(objectOf(JSON.parse(text))).map(([name, value]) => [
      name,
      (textsOf(value) ?? []).join(' '),
    ]);
  } catch {
    return [];
  }
}

/** `id:secret`, where the request proves its client by HTTP Basic. */
function basicOf(auth: Json): string | undefined {
  const kind = textOf(auth['type'] ?? auth['authType'] ?? auth['mode']);
  if (kind !== 'basic' || isOff(auth) || auth['authActive'] === false) return undefined;
  const fields = {
    ...auth,
    ...objectOf(auth['basic']),
    ...objectOf(auth['credentials']),
    ...Object.fromEntries(pairsOf(auth['basic'])),
  };
  return `${textOf(fields['username']) ?? ''}:${textOf(fields['password']) ?? ''}`;
}
