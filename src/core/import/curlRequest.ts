import { objectOf } from './imported.ts';

/** The request that a curl command makes. */
export interface TokenRequest {
  readonly url: string;
  readonly parameters: ReadonlyMap<string, string>;
  /** `id:secret` of HTTP Basic, as sent. */
  readonly basic?: string;
  /** The body was JSON with the parameters' names in camelCase. */
  readonly camelCase: boolean;
}

/** Short options, of which the last may take a value, in the same word or the next. @see https://curl.se/docs/manpage.html */
const shortOptions = /^-[^-AbcCdDeEFHKmoPQrtTuUwxXyYz]*([AbcCdDeEFHKmoPQrtTuUwxXyYz])(.*)$/s;

const longTakers =
  /^--(data.*|json|form|form-string|user|header|url|request|user-agent|output|max-time|connect-timeout|retry|cacert|cert|key|referer|cookie|cookie-jar|proxy|proxy-user|resolve|write-out)$/;

/** Reads the words of a curl command; `undefined` when there is no URL among them. */
export function readCurl(words: readonly string[]): TokenRequest | undefined {
  const parameters = new Map<string, string>();
  let url: string | undefined;
  let basic: string | undefined;
  let camelCase = false;
  for (let at = 1; at < words.length; at++) {
    const [word, value] = splitOption(words[at] ?? '', words[at + 1] ?? '');
    if (value.next) at++;
    if (/^(-d|--data|--data-raw|--data-ascii|--data-binary|--json)$/.test(word))
      camelCase = readBody(value.text, parameters) || camelCase;
    else if (word === '--data-urlencode') readPair(value.text, parameters, false);
    else if (/^(-F|--form)$/.test(word)) readPair(value.text, parameters, false);
    else if (/^(-u|--user)$/.test(word)) basic = value.text;
    else if (/^(-H|--header)$/.test(word)) basic = basicOf(value.text) ?? basic;
    else if (word === '--url') url = value.text;
    else if (!word.startsWith('-') && !value.next) url ??= word;
  }
  return url === undefined
    ? undefined
    : { url, parameters, camelCase, ...(basic !== undefined && { basic }) };
}

/** `-d x`, `-dx`, `-sSd x`, `--data x` and `--data=x`. */
function splitOption(
  word: string,
  next: string,
): [string, { readonly text: string; readonly next: boolean }] {
  const long = /^(--[a-z-]+)=(.*)$/s.exec(word);
  if (long?.[1] !== undefined) return [long[1], { text: long[2] ?? '', next: false }];
  const [, short, rest = ''] = shortOptions.exec(word) ?? [];
  if (short !== undefined)
    return [`-${short}`, rest === '' ? { text: next, next: true } : { text: rest, next: false }];
  const takes = longTakers.test(word);
  return [word, { text: takes ? next : '', next: takes }];
}

/** @returns whether the body was JSON with the parameters' names in camelCase. */
function readBody(body: string, parameters: Map<string, string>): boolean {
  if (!body.trim().startsWith('{')) {
    for (const pair of body.split('&')) readPair(pair, parameters, true);
    return false;
  }
  const object = jsonObject(body);
  for (const [name, value] of Object.entries(object))
    if (typeof value === 'string')
      parameters.set(
        name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
        value,
      );
  return ['grantType', 'clientId', 'clientSecret'].some((name) => name in object);
}

function readPair(pair: string, parameters: Map<string, string>, encoded: boolean): void {
  const equals = pair.indexOf('=');
  if (equals <= 0) return;
  const [name, value] = [pair.slice(0, equals).trim(), pair.slice(equals + 1)];
  parameters.set(name, encoded ? decoded(value) : value);
}

function decoded(value: string): string {
  return new URLSearchParams(`v=${value}`).get('v') ?? value;
}

/** @see RFC 7617 section 2 */
function basicOf(header: string): string | undefined {
  const match = /^authorization:\s*basic\s+([A-Za-z0-9+/=]+)\s*$/i.exec(header);
  return match?.[1] === undefined ? undefined : Buffer.from(match[1], 'base64').toString('utf8');
}

function jsonObject(text: string): Readonly<Record<string, unknown>> {
  try {
    return objectOf(JSON.parse(text));
  } catch {
    return {};
  }
}
