import fc from 'fast-check';
import type { Exchange } from '../../../src/core/record/exchange.ts';

/** A secret nobody takes for anything else: long, with whatever characters. */
export const secretValue = fc
  .tuple(fc.stringMatching(/^[A-Za-z0-9]{10}$/), fc.string({ minLength: 2, maxLength: 30 }), fc.uuid())
  .map(([start, middle, end]) => `${start}${middle.replace(/[\p{Cc}\p{Cs}]/gu, '~')}${end}`);

export const secretName = fc.constantFrom(
  ...['client_secret', 'code', 'code_verifier', 'refresh_token', 'access_token', 'id_token', 'password'],
  ...['assertion', 'device_code', 'client_assertion', 'logout_token', 'SAMLResponse'],
  ...[
    'clientSecret',
    'accessToken',
    'refreshToken',
    'codeVerifier',
    'idToken',
    'CLIENT_SECRET',
    'access-token',
  ],
);

/** An exchange in which `name` has the value `secret` in one place. */
export function exchangeWith(place: Place, name: string, secret: string): Exchange {
  const form = new URLSearchParams({ a: '1', [name]: secret, z: '2' }).toString();
  const base = 'https://as.example.com/token';
  const request = { method: 'POST', url: base, headers: [] as [string, string][], body: 'grant_type=x' };
  const response = { status: 200, statusText: 'OK', headers: [] as [string, string][], body: '{}' };
  const exchange = (over: Partial<Exchange>): Exchange => ({
    id: 1,
    purpose: 'token',
    leg: 'extension',
    startedAt: 0,
    request,
    response,
    deviations: [],
    ...over,
  });
  switch (place) {
    case 'query':
      return exchange({ request: { ...request, url: `${base}?${form}` } });
    case 'percent-encoded query':
      return exchange({ request: { ...request, url: `${base}?${name}=${encodeURIComponent(secret)}` } });
    case 'fragment':
      return exchange({ request: { ...request, url: `${base}#${form}` } });
    case 'form':
      return exchange({ request: { ...request, body: form } });
    case 'request JSON':
      return exchange({ request: { ...request, body: JSON.stringify({ [name]: secret }) } });
    case 'response JSON':
      return exchange({
        response: { ...response, body: JSON.stringify({ data: [{ [name]: secret }] }, null, 2) },
      });
    case 'nested under its name':
      return exchange({ response: { ...response, body: JSON.stringify({ [name]: { value: [secret] } }) } });
    case 'truncated JSON':
      return exchange({
        response: { ...response, body: JSON.stringify({ a: 1, [name]: secret }).slice(0, -2) },
      });
    case 'response form':
      return exchange({ response: { ...response, body: form } });
    case 'location':
      return exchange({ response: { ...response, headers: [['Location', `${base}?${form}`]] } });
    case 'bearer':
      return exchange({ request: { ...request, headers: [['authorization', `Bearer ${secret}`]] } });
    case 'basic':
      return exchange({ request: { ...request, headers: [['Authorization', basic(secret)]] } });
    case 'cookie':
      return exchange({ request: { ...request, headers: [['cookie', `a=1; sid=${btoaUtf8(secret)}`]] } });
    case 'set-cookie':
      return exchange({
        response: { ...response, headers: [['set-cookie', `sid=${btoaUtf8(secret)}; Path=/`]] },
      });
  }
}

export const places = [
  ...(['query', 'percent-encoded query', 'fragment', 'form', 'request JSON', 'response JSON'] as const),
  ...(['nested under its name', 'truncated JSON', 'response form', 'location'] as const),
  ...(['bearer', 'basic', 'cookie', 'set-cookie'] as const),
];
export type Place = (typeof places)[number];

function basic(secret: string): string {
  return `Basic ${btoaUtf8(`client:${secret}`)}`;
}

function btoaUtf8(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64');
}
