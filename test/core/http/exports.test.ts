import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { curl } from '../../../src/core/flowView/export/curl.ts';
import { har } from '../../../src/core/flowView/export/har.ts';
import type { Exchange } from '../../../src/core/record/exchange.ts';
import { redactExchanges } from '../../../src/core/http/redact.ts';

const headerNames = [
  ...['X-Api-Key', 'Token', 'Password', 'Client-Secret', 'Private-Token', 'X-Auth-Token', 'X-Vault-Token'],
  ...[
    'X-Goog-Api-Key',
    'Ocp-Apim-Subscription-Key',
    'X-Amz-Security-Token',
    'Authentication-Info',
    'X-Foo-Secret',
  ],
];
const parameterNames = [
  ...['key', 'sig', 'signature', 'secret_key', 'oauth_token', 'otp', 'pin', 'passphrase', 'credentials'],
  ...[
    'user[password]',
    'access_token[]',
    'subject_token',
    'passwd',
    'jwt',
    'device_code',
    'registration_access_token',
  ],
];

type Plant = (exchange: Exchange, name: string, secret: string) => Exchange;
const inBody =
  (write: (name: string, secret: string) => string): Plant =>
  (exchange, name, secret) => ({
    ...exchange,
    response: { status: 200, statusText: '', headers: [], body: write(name, secret) },
  });
const inUrl =
  (write: (name: string, secret: string) => string): Plant =>
  (exchange, name, secret) => ({
    ...exchange,
    request: { ...exchange.request, url: write(name, secret) },
  });

/** Where a secret stands under its name, and nothing else says that it is one. */
const plants: Readonly<Record<string, Plant>> = {
  'a query': inUrl((name, secret) => `https://a.example/?x=1&${encodeURIComponent(name)}=${secret}`),
  'a query of a URL in a query': inUrl(
    (name, secret) =>
      `https://a.example/?next=${encodeURIComponent(`https://b.example/?${name}=${secret}&z=1`)}`,
  ),
  'user information': inUrl((_, secret) => `https://me:${secret}@a.example/x`),
  'a member': inBody((name, secret) => JSON.stringify({ a: { [name]: secret } })),
  'a list': inBody((name, secret) => JSON.stringify({ [name]: ['x', secret] })),
  'JSON in JSON': inBody((name, secret) => JSON.stringify({ body: JSON.stringify({ [name]: secret }) })),
  'a pair of name and value': inBody((name, value) => JSON.stringify([{ name, value }])),
  'an element': inBody((_, secret) => `<a:Envelope><b:Password t="x">${secret}</b:Password></a:Envelope>`),
  'an attribute': inBody((_, secret) => `<user password='${secret}' name="x"/>`),
  'a hidden field': inBody(
    (_, secret) => `<form><input type="hidden" name="SAMLResponse" value="${secret}"/></form>`,
  ),
  'a part': inBody(
    (name, secret) =>
      `--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${secret}\r\n--b\r\nContent-Disposition: form-data; name="z"\r\n\r\n1\r\n--b--\r\n`,
  ),
  'a line': inBody((_, secret) => `a: 1\napi_key: ${secret}\nb:\n  password: "${secret}"\n`),
  'a block of lines': inBody((_, secret) => `a: 1\nprivate_key: |\n  ${secret}\n  ${secret}\nb: 2\n`),
  'a form': inBody((name, secret) => `a=1&${name}=${secret}&b=2`),
};

/** How a secret that is known comes back where it has no name. */
const echoes: readonly ((secret: string) => string)[] = [
  (secret) => secret,
  (secret) => encodeURIComponent(encodeURIComponent(secret)),
  (secret) => JSON.stringify(JSON.stringify(secret)).slice(2, -2),
  (secret) => Buffer.from(secret).toString('hex'),
  (secret) => Buffer.from(`id:${new URLSearchParams({ s: secret }).toString().slice(2)}`).toString('base64'),
];

const base: Exchange = {
  id: 1,
  purpose: 'token',
  leg: 'extension',
  startedAt: 0,
  request: { method: 'POST', url: 'https://a.example/token', headers: [], body: 'grant_type=x' },
  deviations: [],
};

const exportsOf = (exchanges: readonly Exchange[]) => {
  const redacted = redactExchanges(exchanges);
  return [
    JSON.stringify(har(redacted, '1')),
    ...redacted.map((one) => curl(one, 'variables')),
    JSON.stringify(redacted),
  ];
};

function assertNone(exchanges: readonly Exchange[], forms: readonly string[]): void {
  for (const text of exportsOf(exchanges))
    for (const form of forms) assert.ok(!text.includes(form.slice(0, 12)), `${form} is in ${text}`);
}

const secretText = fc.stringMatching(/^[A-Za-z0-9]{30,60}$/);

describe('exports', () => {
  for (const [place, plant] of Object.entries(plants))
    it(`hold no secret of ${place}`, () => {
      fc.assert(
        fc.property(fc.constantFrom(...parameterNames), secretText, (name, secret) => {
          assertNone([plant(base, name, secret)], [secret]);
        }),
      );
    });

  it('hold no secret of a header field', () => {
    fc.assert(
      fc.property(fc.constantFrom(...headerNames), secretText, (name, secret) => {
        assertNone([{ ...base, request: { ...base.request, headers: [[name, secret]] } }], [secret]);
      }),
    );
  });

  it('hold no number in a secret place', () => {
    assertNone([inBody((name) => `{"${name}": 123456789012}`)(base, 'pin', '')], ['123456789012']);
  });

  it('hold no secret that is known, in whatever form it comes back', () => {
    const mixed = fc
      .tuple(secretText, fc.constantFrom('/', '+', '%', '"', '\\', '&', 'é', ' '))
      .map(([text, sign]) => text.slice(0, 15) + sign + text.slice(15));
    fc.assert(
      fc.property(mixed, fc.constantFrom(...echoes), (secret, echo) => {
        const sent = {
          ...base,
          request: { ...base.request, body: new URLSearchParams({ client_secret: secret }).toString() },
        };
        const form = echo(secret);
        const back: Exchange = {
          ...base,
          request: { ...base.request, url: `https://a.example/?ReturnUrl=${encodeURIComponent(form)}` },
          response: {
            status: 200,
            statusText: '',
            headers: [
              ['set-cookie', `a=b; Path=/${form}`],
              ['x-what', form],
            ],
            body: `<p>${form}</p>`,
          },
        };
        assertNone([sent, back], [form.slice(4), secret]);
      }),
    );
  });
});
