import type { Exchange, HeaderList } from './exchange.ts';
import { mask } from './mask.ts';
import { isErrorCode, isSecretName, plainName } from './secretNames.ts';

/** Values shorter than this are recognised only by the parameter they stand in. */
const shortest = 4;
/** Longer ones are looked for only as they are, percent-encoded and JSON-escaped. */
const longestPattern = 4096;
/** Of what others wrote, in one exchange: a hostile response could name any number. What is left out is still masked where it stands. */
const mostFromOutside = 100;
/** Values shorter than this are replaced only where they stand alone, not within a longer word. */
const longEnough = 12;

/**
 * Every secret that passed through `exchanges`: what stands in a secret parameter, member or header field. What we sent
 * is found whatever the others wrote.
 */
export function secretsIn(exchanges: readonly Exchange[]): readonly string[] {
  const found = new Set<string>();
  for (const exchange of exchanges) {
    sentByUs(exchange, found);
    const others = new Set<string>();
    writtenByOthers(exchange, others);
    for (const value of [...others].filter(isLongEnough).slice(0, mostFromOutside)) found.add(value);
  }
  return [...found].filter(isLongEnough);
}

function isLongEnough(value: string): boolean {
  return value.length >= shortest;
}

function sentByUs({ leg, purpose, request }: Exchange, found: Set<string>): void {
  if (leg === 'loopback') return;
  fromHeaders(request.headers, found);
  if (purpose !== 'api') fromBody(request.body ?? '', found, false);
}

/** Also the URL, which may be one of the server's metadata, and the body of a request that is the user's own. */
function writtenByOthers({ leg, purpose, request, response }: Exchange, found: Set<string>): void {
  fromUrl(request.url, found);
  if (leg === 'loopback') fromHeaders(request.headers, found);
  if (leg === 'loopback' || purpose === 'api') fromBody(request.body ?? '', found, false);
  if (response === undefined) return;
  fromHeaders(response.headers, found);
  fromBody(response.body, found, true);
}

/**
 * Replaces `secrets` wherever they occur in `text`: as they are, percent-encoded, JSON-escaped, HTML-escaped, or in
 * base64, by their masked form.
 */
export function replaceSecrets(text: string, secrets: readonly string[]): string {
  // The longest first, so that a secret that holds another one is replaced as a whole.
  const byLength = [...new Set(secrets)].filter(isLongEnough);
  byLength.sort((left, right) => right.length - left.length);
  return byLength.reduce(replaceOne, text);
}

function replaceOne(text: string, secret: string): string {
  const masked = mask(secret);
  if (secret.length > longestPattern)
    return [secret, encodeURIComponent(wellFormed(secret)), JSON.stringify(secret).slice(1, -1)].reduce(
      (result, form) => result.replaceAll(form, () => masked),
      text,
    );
  let result = text.replace(pattern(secret), () => masked);
  if (secret.length >= 8) for (const encoded of base64Forms(secret)) result = result.replaceAll(encoded, '…');
  return result;
}

function wellFormed(text: string): string {
  return Buffer.from(text, 'utf8').toString('utf8');
}

/** The secret, each character as itself or in any escaped form that texts on the wire use. */
function pattern(secret: string): RegExp {
  const body = Array.from(secret, characterPattern).join('');
  return new RegExp(secret.length < longEnough ? `(?<![\\w-])${body}(?![\\w-])` : body, 'gu');
}

function characterPattern(character: string): string {
  if (/^[A-Za-z0-9]$/.test(character)) return character;
  const literal = character.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
  const bytes = [...Buffer.from(character, 'utf8')].map(
    (byte) => `%${anyCase(byte.toString(16).padStart(2, '0'))}`,
  );
  const units = Array.from(
    { length: character.length },
    (_, index) => `\\\\u${anyCase(character.charCodeAt(index).toString(16).padStart(4, '0'))}`,
  );
  const point = character.codePointAt(0) ?? 0;
  const html = `&#(?:${point}|x0*${anyCase(point.toString(16))});`;
  const forms = [literal, `\\\\${literal}`, bytes.join(''), units.join(''), html];
  if (character === ' ') forms.push('\\+');
  const entity = entities[character];
  if (entity !== undefined) forms.push(entity);
  return `(?:${forms.join('|')})`;
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function anyCase(hex: string): string {
  return hex.replace(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`);
}

/** What base64 and base64url make of the secret, wherever in the encoded text it begins. */
function base64Forms(secret: string): readonly string[] {
  const forms = new Set<string>();
  for (let offset = 0; offset < 3; offset++) {
    const bytes = Buffer.from(`${'x'.repeat(offset)}${secret}`, 'utf8');
    // Only the characters that are made of the secret alone.
    const start = [0, 2, 3][offset] ?? 0;
    const end = Math.floor((bytes.length * 8) / 6);
    for (const encoding of ['base64', 'base64url'] as const)
      forms.add(bytes.toString(encoding).slice(start, end));
  }
  return [...forms].filter((form) => form.length >= 8);
}

function fromUrl(url: string, found: Set<string>): void {
  for (const part of url.split(/[?#]/).slice(1)) fromForm(part, found);
}

function fromForm(text: string, found: Set<string>): void {
  for (const [name, value] of new URLSearchParams(text)) if (isSecretName(name)) found.add(value);
}

function fromHeaders(headers: HeaderList, found: Set<string>): void {
  for (const [name, value] of headers)
    switch (name.toLowerCase()) {
      case 'authorization':
      case 'proxy-authorization':
        fromAuthorization(value, found);
        break;
      case 'cookie':
        for (const pair of value.split(/;\s*/)) found.add(pair.slice(pair.indexOf('=') + 1));
        break;
      case 'set-cookie':
        found.add(value.slice(value.indexOf('=') + 1).split(';')[0] ?? '');
        break;
      case 'location':
      case 'content-location':
      case 'referer':
        fromUrl(value, found);
        break;
    }
}

/** The credentials of an `Authorization` header; from Basic the password too, form-decoded or not. */
function fromAuthorization(value: string, found: Set<string>): void {
  const [scheme = '', credentials = ''] = value.split(/\s+(.*)/s);
  found.add(credentials === '' ? value : credentials);
  if (scheme.toLowerCase() !== 'basic') return;
  const pair = Buffer.from(credentials, 'base64').toString('utf8');
  const password = pair.slice(pair.indexOf(':') + 1);
  found.add(password);
  found.add(new URLSearchParams(`p=${password.replaceAll('&', '%26')}`).get('p') ?? '');
}

function fromBody(text: string, found: Set<string>, isResponse: boolean): void {
  try {
    fromJson(JSON.parse(text), found, isResponse);
  } catch {
    if (/^[^\s<{[]*=/.test(text)) fromForm(text, found);
  }
}

function fromJson(value: unknown, found: Set<string>, isResponse: boolean, secret = false): void {
  if (typeof value === 'string') {
    if (secret) found.add(value);
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  for (const [name, member] of Object.entries(value as Record<string, unknown>)) {
    const harmless =
      isResponse && plainName(name) === 'code' && typeof member === 'string' && isErrorCode(member);
    fromJson(
      member,
      found,
      isResponse,
      !harmless && (secret || (!Array.isArray(value) && isSecretName(name))),
    );
  }
}
