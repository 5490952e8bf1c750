import type { Exchange, HeaderList } from '../record/exchange.ts';
import { knownAttribute, notProtocol } from './credentialParts.ts';
import { mask } from './mask.ts';
import { maskJwts } from './maskJwts.ts';
import { redactBody, redactEncoded } from './redactBody.ts';
import { redactParameters } from './redactParameters.ts';
import { redactProse } from './redactProse.ts';
import { redactHeaderText, redactUrl } from './redactUrl.ts';
import { type Replacers, replacersOf } from './replaceSecrets.ts';
import { isSecretHeader } from '../secretNames.ts';
import { secretsIn } from './secrets.ts';

export { redactUrl } from './redactUrl.ts';

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
  return exchanges.map(exchangeRedactor(exchanges, known));
}

/** What `redactExchanges` does to each, for those who show some of `exchanges` here and some there. */
export function exchangeRedactor(
  exchanges: readonly Exchange[],
  known: readonly string[] = [],
): (exchange: Exchange) => Exchange {
  const secrets = [...known, ...secretsIn(exchanges)];
  const replacers = replacersOf(secrets);
  return (exchange) => redactWith(exchange, replacers);
}

/** One exchange as it may be shown; see `redactExchanges`, which knows the secrets of the others too. */
export function redactExchange(exchange: Exchange, known: readonly string[] = []): Exchange {
  return exchangeRedactor([exchange], known)(exchange);
}

function redactWith(exchange: Exchange, { all: text, ours, sentence }: Replacers): Exchange {
  const { response, error, ignored } = exchange;
  const { secrets: _secrets, ...request } = exchange.request;
  return {
    ...exchange,
    request: {
      ...request,
      url: maskJwts(redactEncoded(redactUrl(redactPath(request.url, text, ours)), undefined, text)),
      headers: redactHeaders(request.headers, text, ours),
      ...(request.body === undefined ? {} : { body: redactBody(request.body, false, undefined, text) }),
    },
    ...(response === undefined
      ? {}
      : {
          response: {
            ...response,
            statusText: prose(text(response.statusText)),
            headers: redactHeaders(response.headers, text, ours),
            body: redactBody(response.body, true, undefined, text),
          },
        }),
    ...(error === undefined ? {} : { error: { ...error, message: prose(sentence(error.message)) } }),
    ...(ignored === undefined
      ? {}
      : { ignored: { expected: text(ignored.expected), received: prose(text(ignored.received)) } }),
    deviations: exchange.deviations.map((deviation) => ({
      ...deviation,
      message: prose(sentence(deviation.message)),
    })),
  };
}

const prose = (text: string) => maskJwts(redactProse(text));

/** Header fields with credentials, cookies and the secrets of URLs masked. */
function redactHeaders(
  headers: HeaderList,
  text: (value: string) => string,
  ours: (value: string) => string,
): HeaderList {
  return headers.map(([name, value]) => {
    const known = protocolFields.test(name) ? ours(value) : text(value);
    return [ours(name), redactEncoded(redactHeader(name.toLowerCase(), known, value), undefined, text)];
  });
}

/** Fields of the protocol, whose words everybody knows. */
const protocolFields =
  /^(?:accept(?:-.{1,20})?|cache-control|connection|content-(?:encoding|language|length|type)|date|host|server|user-agent|vary)$/i;

/** The path is that of the settings or the metadata, and no place of secrets: a word of it stays. */
function redactPath(url: string, text: (value: string) => string, ours: (value: string) => string): string {
  if (ours === text) return text(url);
  // What is not a word might stand on both sides of the sign.
  const known = ours(url);
  const mark = known.search(/[?#]/);
  return mark < 0 ? known : known.slice(0, mark) + text(known.slice(mark));
}

/** @param value without the secrets that are known. */
function redactHeader(name: string, value: string, plain: string): string {
  switch (name) {
    case 'authorization':
    case 'proxy-authorization':
      return redactAuthorization(plain);
    case 'cookie':
      return value.split(';').map(redactCookie).join(';');
    case 'set-cookie': {
      const end = value.indexOf(';');
      return end < 0
        ? redactCookie(value)
        : redactCookie(value.slice(0, end)) + redactAttributes(value.slice(end));
    }
    case 'sec-websocket-protocol':
      return maskJwts(value).replace(notProtocol, mask);
    default:
      return isSecretHeader(name) ? mask(plain) : maskJwts(redactHeaderText(value));
  }
}

/** A cookie's name stays; one without a name is all value. */
function redactCookie(pair: string): string {
  const equals = pair.indexOf('=');
  if (equals >= 0) return `${pair.slice(0, equals)}=…`;
  return pair.trim() === '' ? pair : '…';
}

/** Of a cookie's attributes those are shown that say how it is kept; in others, servers may keep anything. @see RFC 6265 section 5.2 */
function redactAttributes(attributes: string): string {
  return attributes
    .split(';')
    .map((attribute) => {
      const equals = attribute.indexOf('=');
      const name = attribute.slice(0, equals < 0 ? undefined : equals).trim();
      if (equals < 0 || knownAttribute.test(name)) return maskJwts(redactParameters(attribute));
      return `${attribute.slice(0, equals)}=…`;
    })
    .join(';');
}

/** Of Basic nothing is shown: its last characters would be those of the password. */
function redactAuthorization(value: string): string {
  const gap = value.search(/\s/);
  const credentials = gap < 0 ? '' : value.slice(gap).trim();
  if (credentials === '') return '…';
  const scheme = value.slice(0, gap);
  return scheme.toLowerCase() === 'basic' ? `${scheme} …` : `${scheme} ${mask(credentials)}`;
}
