import { objectOf } from '../../shared/json.ts';

/** The request that a command makes. */
export interface CommandRequest {
  readonly url?: string;
  /** Of a form or a JSON body, by their names in RFC 6749. */
  readonly parameters: ReadonlyMap<string, string>;
  /** `id:secret` of HTTP Basic, as sent. */
  readonly basic?: string;
  /** The body was JSON with the parameters' names in camelCase. */
  readonly camelCase: boolean;
  /** What the command does that a profile cannot, as sentences. */
  readonly notes: readonly string[];
  /** What of it stands elsewhere, so that it is not complete, as sentences. */
  readonly problems: readonly string[];
}

/** Short options, of which the last may take a value, in the same word or the next. @see https://curl.se/docs/manpage.html */
const shortOptions = /^-[^-AbcCdDeEFHKmoPQrtTuUwxXyYz]*([AbcCdDeEFHKmoPQrtTuUwxXyYz])(.*)$/s;

const longTakers = new RegExp(
  `^--(?:data.*|json|form|form-string|user|header|url|url-query|request|user-agent|output|output-dir|max-time|connect-timeout|retry.*|cacert|capath|cert|cert-type|key|key-type|pass|referer|cookie|cookie-jar|proxy.*|resolve|connect-to|write-out|ciphers|max-redirs|limit-rate|interface|oauth2-bearer|aws-sigv4|upload-file|range|unix-socket|dump-header|trace|trace-ascii|config|netrc-file|variable|pinnedpubkey|tls-max|dns-servers|noproxy)$`,
);

interface Reading extends CommandRequest {
  readonly parameters: Map<string, string>;
  readonly notes: string[];
  readonly problems: string[];
  url?: string;
  basic?: string;
  /** Of the Authorization header, which curl sends in the place of every other; empty where nothing of it can be taken. */
  header?: string;
  camelCase: boolean;
  query: boolean;
}

/** Reads the words of a curl command. */
export function readCurl(words: readonly string[]): CommandRequest {
  const reading = nothingYet();
  for (let at = 1; at < words.length; at++) {
    const [word, value] = splitOption(words[at] ?? '', words[at + 1] ?? '');
    if (value.next) at++;
    readOption(word, value, reading);
  }
  // As curl guesses it.
  const guessed = /^(?=(?:[^/?#\s]{1,4096}@)?[\w.-]{1,253}(?::\d{1,5})?(?:[/?]|$))/;
  if (reading.url !== undefined) reading.url = reading.url.replace(guessed, 'http://');
  return requestOf(reading);
}

function requestOf({ query, header, ...read }: Reading): CommandRequest {
  // With -G the data are the query of an API's address, no body.
  const parameters = query ? new Map<string, string>() : read.parameters;
  return { ...read, parameters, ...(header !== undefined && { basic: header }) };
}

function nothingYet(): Reading {
  return { parameters: new Map(), notes: [], problems: [], camelCase: false, query: false };
}

/** What is to be said of a value that stands in a file. */
function inFile(what: string, file: string): string {
  return `${what.slice(0, 60)} stands in the file ${file.slice(0, 100)}, which was not read. Fill in its value.`;
}

function readOption(word: string, value: Value, reading: Reading): void {
  const { parameters, notes, problems } = reading;
  if (/^(-d|--data|--data-raw|--data-ascii|--data-binary|--json)$/.test(word)) {
    if (value.text.startsWith('@') && word !== '--data-raw')
      problems.push(inFile('A part of the body', value.text.slice(1)));
    else reading.camelCase = readBody(value.text, parameters) || reading.camelCase;
  } else if (word === '--data-urlencode' || /^(-F|--form|--form-string)$/.test(word)) {
    // `name@file`, and of a multipart form `name=@file` or `name=<file`.
    const [, name = '', file = ''] =
      (word === '--data-urlencode' ? /^([^=@]{0,100})@(.*)$/s : /^([^=]{1,100})=[@<](.*)$/s).exec(
        word === '--form-string' ? '' : value.text,
      ) ?? [];
    if (file !== '') problems.push(inFile(name === '' ? 'A part of the body' : name, file));
    else readPair(value.text, parameters, false);
  } else if (/^(-u|--user)$/.test(word)) reading.basic = value.text;
  else if (/^(-H|--header)$/.test(word)) readHeader(value.text, reading);
  else if (/^(-K|--config)$/.test(word)) problems.push(inFile('A part of the command', value.text));
  else if (/^(-n|--netrc|--netrc-file|--netrc-optional)$/.test(word))
    problems.push(inFile('The client’s name and secret', '.netrc'));
  else if (word === '--oauth2-bearer') problems.push(otherProof);
  else if (word === '-G' || word === '--get' || (/^-[A-Za-z]+$/.test(word) && word.includes('G')))
    reading.query = true;
  else if (/^(-E|--cert|--key)$/.test(word))
    notes.push(`The client certificate (${word}) was not taken over.`);
  else if (word === '-k' || word === '--insecure')
    notes.push('The command does not check the server’s certificate; here it is checked.');
  else if (word === '--url') reading.url = value.text;
  else if (!word.startsWith('-') && !value.next) reading.url ??= word;
}

/** Takes the body of a form or of JSON, as other commands hand it over. */
export function bodyRequest(url: string, body: string, headers: readonly string[]): CommandRequest {
  const reading = nothingYet();
  reading.camelCase = readBody(body, reading.parameters);
  for (const header of headers) readHeader(header, reading);
  return requestOf({ ...reading, url });
}

interface Value {
  readonly text: string;
  /** It is the next word. */
  readonly next: boolean;
}

/** `-d x`, `-dx`, `-sSd x`, `--data x` and `--data=x`. */
export function splitOption(written: string, next: string): [string, Value] {
  // What `--expand-data` puts variables into is written as `{{name}}`. @see https://curl.se/docs/manpage.html#--variable
  const word = written.replace(/^--expand-/, '--');
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
    for (const pair of body.trim().split('&')) readPair(pair, parameters, true);
    return false;
  }
  const object = jsonObject(body);
  for (const [name, value] of Object.entries(object))
    if (typeof value === 'string')
      setParameter(
        parameters,
        name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
        value,
      );
  return ['grantType', 'clientId', 'clientSecret'].some((name) => name in object);
}

function readPair(pair: string, parameters: Map<string, string>, encoded: boolean): void {
  const equals = pair.indexOf('=');
  if (equals <= 0) return;
  const [name, value] = [pair.slice(0, equals).trim(), pair.slice(equals + 1)];
  setParameter(parameters, encoded ? decoded(name) : name, encoded ? decoded(value) : value);
}

/**
 * Of a parameter that stands twice none is guessed: a placeholder opens the form. Only of resources there may be several.
 *
 * @see RFC 6749 section 3.2
 * @see RFC 8707 section 2
 */
export function setParameter(parameters: Map<string, string>, name: string, value: string): void {
  const before = parameters.get(name);
  if (before === undefined || before === value) parameters.set(name, value);
  else parameters.set(name, name === 'resource' ? `${before} ${value}` : '${one of 2 values}');
}

function decoded(value: string): string {
  return new URLSearchParams(`v=${value}`).get('v') ?? value;
}

const otherProof =
  'The command proves itself with an Authorization header that is not HTTP Basic; nothing was taken of it.';

/** Headers that say nothing of a client: those of every request, and those that browsers add. */
const usual =
  /^(?:accept|content|sec|upgrade|x-requested)-?[\w-]*$|^(?:authorization|user-agent|origin|referer|cookie|dnt|priority|cache-control|pragma|connection|host|te|postman-token)$/i;

/** @see RFC 7617 section 2 */
function readHeader(header: string, reading: Reading): void {
  if (header.startsWith('@')) reading.problems.push(inFile('A header', header.slice(1)));
  if (/^authorization:\s*(?!basic\s)\S/i.test(header)) {
    reading.problems.push(otherProof);
    reading.header = '';
  }
  const [, name = ''] = /^([\w-]{1,60})\s{0,9}:/.exec(header) ?? [];
  if (name !== '' && !usual.test(name)) reading.notes.push(`The header ${name} was left out.`);
  const [, value] = /^authorization:\s*basic\s+(.{1,8192})$/is.exec(header) ?? [];
  if (value === undefined) return;
  // What makes the base64 in the command itself.
  const [, , pair] =
    /^\$\(\s{0,9}(?:echo\s{1,9}-n|printf(?:\s{1,9}["']?%s["']?)?)\s{1,9}(["']?)([^"'|]{1,4000})\1\s{0,9}\|\s{0,9}(?:base64|openssl\s)[^()]{0,99}\)\s*$/.exec(
      value,
    ) ?? [];
  if (pair !== undefined) {
    reading.header = pair.trim();
    return;
  }
  if (/^[A-Za-z0-9+/=]+\s*$/.test(value)) {
    reading.header = Buffer.from(value, 'base64').toString('utf8');
    return;
  }
  reading.header ??= '';
  reading.notes.push(
    'The credentials in the Authorization header are a placeholder; nothing was taken of them.',
  );
}

function jsonObject(text: string): Readonly<Record<string, unknown>> {
  try {
    return objectOf(JSON.parse(text));
  } catch {
    return {};
  }
}
