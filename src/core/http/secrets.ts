import type { Exchange, HeaderList } from '../record/exchange.ts';
import { credentialParts, notProtocol } from './credentialParts.ts';
import { isLongEnough } from './replaceSecrets.ts';
import { isLoneWord } from './responseBody.ts';
import { percentDecoded } from './urlHost.ts';
import { redactBody, redactEncoded } from './redactBody.ts';
import type { Seen } from './mask.ts';
import { redactProse } from './redactProse.ts';
import { redactHeaderText, redactUrl } from './redactUrl.ts';
import { isErrorCode, isSecretHeader } from '../secretNames.ts';

export { replaceSecrets } from './replaceSecrets.ts';

/** Of what others wrote, in one exchange: a hostile response could name any number. What is left out is still masked where it stands. */
const mostFromOutside = 100;

/** What was found in an exchange, which never changes: what becomes known of it later makes another one. */
const foundIn = new WeakMap<Exchange, readonly string[]>();

/**
 * Every secret that passed through `exchanges`: what stands in a secret parameter, member or header field. What we sent
 * is found whatever the others wrote.
 */
export function secretsIn(exchanges: readonly Exchange[]): readonly string[] {
  return [...new Set(exchanges.flatMap(secretsOfOne))];
}

function secretsOfOne(exchange: Exchange): readonly string[] {
  const known = foundIn.get(exchange);
  if (known !== undefined) return known;
  const ours = new Set<string>();
  sentByUs(exchange, ours);
  const others = new Set<string>();
  writtenByOthers(exchange, others);
  // However short: of these nobody has to guess that they are secret.
  const told = new Set(exchange.request.secrets);
  const found = [...ours].filter((secret) => isLongEnough(secret) || told.has(secret));
  found.push(...[...others].filter(isLongEnough).slice(0, mostFromOutside));
  foundIn.set(exchange, found);
  return found;
}

function sentByUs({ leg, purpose, request }: Exchange, found: Set<string>): void {
  if (leg === 'loopback') return;
  for (const secret of request.secrets ?? []) found.add(secret);
  fromHeaders(request.headers, found);
  if (purpose !== 'api') redactBody(request.body ?? '', false, (secret) => found.add(secret));
}

/** Also the URL, which may be one of the server's metadata, and the body of a request that is the user's own. */
function writtenByOthers(exchange: Exchange, found: Set<string>): void {
  const { leg, purpose, request, response } = exchange;
  const seen = (secret: string) => {
    const parts = /[\s=]/.test(secret) ? credentialParts(secret) : [];
    // An address in an address is decoded twice, which makes blanks of what were signs.
    for (const text of [secret, secret.replaceAll(' ', '+'), ...parts, ...parts.map(percentDecoded)])
      if (isTold(text)) found.add(text);
  };
  // What a parameter or a member is called tells of all of its value, be it words.
  const whole = (secret: string) => {
    seen(secret);
    found.add(secret);
  };
  const fromBody = (text: string, isResponse: boolean) =>
    redactBody(text, isResponse, /^\s*[{[]|^[^\s<{[]*=/.test(text) ? whole : seen);
  redactUrl(request.url, whole);
  redactEncoded(request.url, seen);
  fromWords(exchange, seen);
  if (leg === 'loopback') fromHeaders(request.headers, found);
  if (leg === 'loopback' || purpose === 'api') fromBody(request.body ?? '', false);
  if (response === undefined) return;
  fromHeaders(response.headers, found);
  fromBody(response.body, true);
  if ((purpose === 'token' || purpose === 'refresh') && response.status < 300 && isLoneWord(response.body))
    found.add(response.body.trim().replaceAll('"', ''));
}

/** What stands under the name of a secret within a header field, a status line or a message. */
function fromWords({ request, response, error, ignored, deviations }: Exchange, seen: Seen): void {
  for (const [name, value] of [...request.headers, ...(response?.headers ?? [])]) {
    redactHeaderText(value, seen);
    redactEncoded(value, seen);
    if (/cookie/i.test(name)) redactHeaderText(cookieText(value), seen);
  }
  const words = [
    response?.statusText,
    error?.message,
    ignored?.received,
    ...deviations.map((one) => one.message),
  ];
  for (const text of words) if (text !== undefined) redactProse(text, seen);
}

/** Whether what stood under the name of a secret is one to look for elsewhere: `token: expired` and `Token: none was sent` hold none. */
function isTold(secret: string): boolean {
  return secret.length <= mostTold && !/[\s…]/.test(secret) && !isErrorCode(secret);
}

/** Characters of a secret that others wrote. */
const mostTold = 20_000;

/** The value of a cookie as what it holds is written: a form, or JSON after the `j:` of some servers. */
function cookieText(value: string): string {
  const text = percentDecoded(value.slice(value.indexOf('=') + 1).split(';', 1)[0] ?? '');
  return text.startsWith('j:') ? text.slice(2) : text;
}

function fromHeaders(headers: HeaderList, found: Set<string>): void {
  for (const [name, value] of headers)
    switch (name.toLowerCase()) {
      case 'authorization':
      case 'proxy-authorization':
        fromAuthorization(value, found);
        break;
      case 'cookie':
        for (const pair of value.split(';')) fromCookie(pair.slice(pair.indexOf('=') + 1).trim(), found);
        break;
      case 'set-cookie':
        fromCookie(value.slice(value.indexOf('=') + 1).split(';', 1)[0] ?? '', found);
        break;
      case 'location':
      case 'content-location':
      case 'referer':
        redactUrl(value, (secret) => found.add(secret));
        break;
      case 'sec-websocket-protocol':
        for (const word of value.match(notProtocol) ?? []) found.add(word);
        break;
      default:
        if (!isSecretHeader(name)) break;
        for (const text of [value, ...credentialParts(value)]) found.add(text);
    }
}

function fromCookie(value: string, found: Set<string>): void {
  found.add(value);
  found.add(percentDecoded(value));
}

/** The whole value and what it is made of. */
function fromAuthorization(value: string, found: Set<string>): void {
  const gap = value.search(/\s/);
  found.add(gap < 0 ? value : value.slice(gap).trim());
  for (const part of credentialParts(value)) found.add(part);
}
