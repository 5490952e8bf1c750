import { collect } from './collect.ts';
import { objectOf, type ImportResult } from './imported.ts';
import { shellWords } from './shellWords.ts';
import { toImported, type Parts } from './toImported.ts';

interface TokenRequest {
  readonly url: string;
  readonly parameters: ReadonlyMap<string, string>;
  /** `id:secret` of HTTP Basic, as sent. */
  readonly basic?: string;
  /** The body was JSON in camelCase. */
  readonly json: boolean;
}

/** Of the standard's parameters, those that are no extra ones. */
const known = [
  'grant_type',
  'client_id',
  'client_secret',
  'scope',
  'audience',
  'resource',
  'code',
  'code_verifier',
  'redirect_uri',
  'refresh_token',
  'username',
  'password',
];

/** A token request as a curl command. @see RFC 6749 sections 2.3.1 and 4.4.2 */
export function fromCurl(command: string): ImportResult {
  const request = readCommand(shellWords(command));
  if (request === undefined || !URL.canParse(request.url))
    return collect('curl command', ['The curl command has no URL of a token endpoint.']);
  const { parameters, basic } = request;
  const [basicId, ...basicSecret] = basic?.split(':') ?? [];
  const extra = [...parameters].filter(([name]) => !known.includes(name));
  const clientId = parameters.get('client_id') ?? basicId;
  const clientSecret =
    parameters.get('client_secret') ?? (basic === undefined ? undefined : basicSecret.join(':'));
  const parts: Parts = {
    ...some('grant', parameters.get('grant_type')),
    tokenEndpoint: request.url,
    ...some('clientId', clientId),
    ...some('clientSecret', clientSecret),
    clientAuthentication: clientSecret === undefined ? 'none' : basic === undefined ? 'body' : 'basic',
    ...some('scope', parameters.get('scope')),
    ...some('audience', parameters.get('audience')),
    ...some('resource', parameters.get('resource')),
    ...some('redirectUri', parameters.get('redirect_uri')),
    tokenParameters: Object.fromEntries(extra),
    ...(request.json && { tokenDialect: 'tokenidp' }),
  };
  const imported = toImported(parts, new URL(request.url).host);
  return collect('curl command', [imported]);
}

const withValue =
  /^(-X|--request|-A|--user-agent|-o|--output|-m|--max-time|--connect-timeout|--cacert|--cert|--key|-e|--referer|-b|--cookie|-x|--proxy)$/;

function readCommand(words: readonly string[]): TokenRequest | undefined {
  const parameters = new Map<string, string>();
  let url: string | undefined;
  let basic: string | undefined;
  let json = false;
  for (let at = 1; at < words.length; at++) {
    const [word, value] = splitOption(words[at] ?? '', words[at + 1] ?? '');
    if (value.next) at++;
    if (/^(-d|--data|--data-raw|--data-ascii|--data-binary|--json)$/.test(word))
      json = readBody(value.text, parameters) || json;
    else if (word === '--data-urlencode') readPair(value.text, parameters, false);
    else if (/^(-F|--form)$/.test(word)) readPair(value.text, parameters, false);
    else if (/^(-u|--user)$/.test(word)) basic = value.text;
    else if (/^(-H|--header)$/.test(word)) basic = basicOf(value.text) ?? basic;
    else if (word === '--url') url = value.text;
    else if (!word.startsWith('-') && !value.next) url ??= word;
  }
  return url === undefined ? undefined : { url, parameters, json, ...(basic !== undefined && { basic }) };
}

/** `-d x`, `-dx`, `--data x` and `--data=x`. */
function splitOption(
  word: string,
  next: string,
): [string, { readonly text: string; readonly next: boolean }] {
  const long = /^(--[a-z-]+)=(.*)$/s.exec(word);
  if (long?.[1] !== undefined) return [long[1], { text: long[2] ?? '', next: false }];
  const short = /^(-[dHuFX])(.+)$/s.exec(word);
  if (short?.[1] !== undefined) return [short[1], { text: short[2] ?? '', next: false }];
  const takes =
    /^(-d|--data.*|--json|-F|--form|-u|--user|-H|--header|--url)$/.test(word) || withValue.test(word);
  return [word, { text: takes ? next : '', next: takes }];
}

/** @returns whether the body was JSON. */
function readBody(body: string, parameters: Map<string, string>): boolean {
  if (!body.trim().startsWith('{')) {
    for (const pair of body.split('&')) readPair(pair, parameters, true);
    return false;
  }
  for (const [name, value] of Object.entries(jsonObject(body)))
    if (typeof value === 'string')
      parameters.set(
        name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
        value,
      );
  return true;
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

function some<Name extends string>(name: Name, value: string | undefined): Partial<Record<Name, string>> {
  return value === undefined ? {} : ({ [name]: value } as Record<Name, string>);
}
