import type { Exchange, HeaderList } from './exchange.ts';
import { mask } from './mask.ts';
import { secretReplacer } from './replaceSecrets.ts';
import { isErrorCode, isSecretName, plainName } from './secretNames.ts';
import { secretsIn } from './secrets.ts';

/**
 * Exchanges as they may be shown, logged and exported: every secret shows its last 6 characters at most. Whatever
 * stood in a secret place in one of them is masked wherever it occurs in all of them.
 *
 * @param known further values that are secret, such as a stored client secret
 */
export function redactExchanges(
  exchanges: readonly Exchange[],
  known: readonly string[] = [],
): readonly Exchange[] {
  const text = secretReplacer([...known, ...secretsIn(exchanges)]);
  return exchanges.map((exchange) => redactWith(exchange, text));
}

/** One exchange as it may be shown; see `redactExchanges`, which knows the secrets of the others too. */
export function redactExchange(exchange: Exchange, known: readonly string[] = []): Exchange {
  return redactWith(exchange, secretReplacer([...known, ...secretsIn([exchange])]));
}

/** @param text replaces the secrets that are known. */
function redactWith(exchange: Exchange, text: (value: string) => string): Exchange {
  const { request, response, error, ignored } = exchange;
  return {
    ...exchange,
    request: {
      ...request,
      url: redactUrl(text(request.url)),
      headers: redactHeaders(request.headers, text),
      ...(request.body === undefined ? {} : { body: redactBody(text(request.body), false) }),
    },
    ...(response === undefined
      ? {}
      : {
          response: {
            ...response,
            statusText: text(response.statusText),
            headers: redactHeaders(response.headers, text),
            body: redactBody(text(response.body), true),
          },
        }),
    ...(error === undefined ? {} : { error: { ...error, message: text(error.message) } }),
    ...(ignored === undefined
      ? {}
      : { ignored: { expected: text(ignored.expected), received: text(ignored.received) } }),
    deviations: exchange.deviations.map((deviation) => ({ ...deviation, message: text(deviation.message) })),
  };
}

/** A URL whose secret parameters, in query and fragment, are masked; the rest stays byte for byte. */
export function redactUrl(url: string): string {
  return url.replace(/([?#])([^?#]*)/g, (_match, mark: string, part: string) => `${mark}${redactForm(part)}`);
}

function redactForm(text: string): string {
  return text.replace(/([^&=]+)=([^&]*)/g, (match, name: string, value: string) => {
    if (!isSecretName(formDecode(name)) || value.startsWith('…')) return match;
    const masked = mask(formDecode(value));
    return `${name}=…${encodeURIComponent(masked.slice(1))}`;
  });
}

function formDecode(text: string): string {
  return new URLSearchParams(`v=${text}`).get('v') ?? '';
}

/** Header fields with credentials, cookies and the secrets of URLs masked. */
function redactHeaders(headers: HeaderList, text: (value: string) => string): HeaderList {
  return headers.map(([name, value]) => [name, redactHeader(name.toLowerCase(), value, text)]);
}

function redactHeader(name: string, value: string, text: (value: string) => string): string {
  switch (name) {
    case 'authorization':
    case 'proxy-authorization':
      return redactAuthorization(value);
    case 'cookie':
      return value.replace(/([^=;\s]+)=[^;]*/g, '$1=…');
    case 'set-cookie':
      return value.replace(/^([^=;]*)=?[^;]*/, '$1=…');
    case 'dpop':
      return mask(value);
    default:
      return maskJwts(redactUrl(text(value)));
  }
}

/** Of Basic nothing is shown: its last characters would be those of the password. */
function redactAuthorization(value: string): string {
  const [scheme = '', credentials = ''] = value.split(/\s+(.*)/s);
  if (credentials === '') return '…';
  return scheme.toLowerCase() === 'basic' ? `${scheme} …` : `${scheme} ${mask(credentials)}`;
}

function redactBody(text: string, isResponse: boolean): string {
  if (/^[^\s<{["]*=/.test(text)) return maskJwts(redactForm(text));
  return maskJwts(redactMembers(text, isResponse));
}

/** Masks secret members in what looks like JSON, complete or not, and leaves the rest as it is. */
function redactMembers(text: string, isResponse: boolean): string {
  const strings = /"(?:[^"\\]|\\.)*(?:"|\\?$)/gs;
  let result = '';
  let end = 0;
  let before: string | undefined;
  for (const found of text.matchAll(strings)) {
    const [literal] = found;
    const between = text.slice(end, found.index);
    const name = before !== undefined && /^\s*:\s*$/.test(between) ? unquote(before) : undefined;
    result += between + (name === undefined ? literal : redactMember(name, literal, isResponse));
    before = name === undefined ? literal : undefined;
    end = found.index + literal.length;
  }
  return result + text.slice(end);
}

function redactMember(name: string, literal: string, isResponse: boolean): string {
  const value = unquote(literal);
  if (!isSecretName(name) || value.startsWith('…')) return literal;
  if (isResponse && plainName(name) === 'code' && isErrorCode(value)) return literal;
  return JSON.stringify(mask(value));
}

function unquote(literal: string): string {
  try {
    return String(JSON.parse(literal));
  } catch {
    return literal.replaceAll('"', '');
  }
}

/** Whatever looks like a JSON Web Token is masked, wherever it stands. */
function maskJwts(text: string): string {
  return text.replace(/(?<![\w-])eyJ[\w-]{8,}\.[\w-]+\.[\w-]*(?:\.[\w-]+\.[\w-]+)?/g, mask);
}
