import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { mask } from '../../../src/core/http/mask.ts';
import { redactBody } from '../../../src/core/http/redactBody.ts';
import { redactExchange, redactExchanges, redactUrl } from '../../../src/core/http/redact.ts';
import { replaceSecrets } from '../../../src/core/http/secrets.ts';
import { exchangeWith, places, secretName, secretValue } from './arbitraryExchange.ts';

/** Everything a text may hold in which a part of the secret longer than what may be shown could be recognised. */
function assertGone(shown: unknown, secret: string): void {
  const text = JSON.stringify(shown);
  const texts = [text, unescaped(text), decoded(text), decoded(unescaped(text)), ...fromBase64(text)];
  const kept = secret.slice(0, -6);
  for (let start = 0; start + 8 <= kept.length; start++) {
    const part = kept.slice(start, start + 8);
    for (const one of texts) assert.ok(!one.includes(part), `"${part}" of "${secret}" is in ${one}`);
  }
}

function unescaped(text: string): string {
  return text
    .replace(/\\u([0-9a-f]{4})/gi, (_all, hex: string) => String.fromCharCode(parseInt(hex, 16)))
    .replace(/\\(.)/g, '$1');
}

function decoded(text: string): string {
  return text
    .replaceAll('+', ' ')
    .replace(/(?:%[0-9a-f]{2})+/gi, (bytes) =>
      Buffer.from(bytes.replaceAll('%', ''), 'hex').toString('utf8'),
    );
}

function fromBase64(text: string): string[] {
  return [...text.matchAll(/[\w+/-]{12,}/g)].map(([found]) => Buffer.from(found, 'base64').toString('utf8'));
}

describe('redaction', () => {
  for (const place of places)
    it(`leaves no recognisable secret in a ${place}`, () => {
      fc.assert(
        fc.property(secretName, secretValue, (name, secret) => {
          assertGone(redactExchange(exchangeWith(place, name, secret)), secret);
        }),
      );
    });

  it('shows nothing of Basic, whose end is that of the password', () => {
    const credentials = Buffer.from('client:a-long-password-of-a-client-0123456789').toString('base64');
    for (const scheme of ['Basic', 'basic', 'BASIC']) {
      const exchange = exchangeWith('form', 'scope', 'read');
      const headers = [['Authorization', `${scheme} ${credentials}`] as const];
      const shown = redactExchange({ ...exchange, request: { ...exchange.request, headers } });
      assert.deepEqual(shown.request.headers, [['Authorization', `${scheme} …`]]);
      for (const body of [
        `> Authorization: ${scheme} ${credentials}\n`,
        `Authorization: ${scheme} ${credentials}\r\nHost: x\r\n`,
        `curl -H 'Authorization: ${scheme} ${credentials}' https://a.example`,
        JSON.stringify({ headers: { Authorization: `${scheme} ${credentials}` } }),
        JSON.stringify([{ name: 'Authorization', value: `${scheme} ${credentials}` }]),
        `<a Authorization="${scheme} ${credentials}"/>`,
        `id,authorization\n1,${scheme} ${credentials}\n`,
      ])
        assert.ok(!redactBody(body, true).includes(credentials.slice(-3)), body);
    }
  });

  it('finds a secret of one exchange wherever another one repeats it, in any encoding', () => {
    const encodings: ((secret: string) => string)[] = [
      (secret) => secret,
      encodeURIComponent,
      (secret) => new URLSearchParams({ s: secret }).toString().slice(2),
      (secret) => JSON.stringify({ error_description: `wrong secret ${secret}!` }),
      (secret) => Buffer.from(secret).toString('base64'),
      (secret) => Buffer.from(`client:${secret}`).toString('base64url'),
      (secret) => `<p>${secret.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)}</p>`,
    ];
    fc.assert(
      fc.property(secretValue, fc.constantFrom(...encodings), (secret, encode) => {
        const first = exchangeWith('form', 'client_secret', secret);
        const echo = exchangeWith('query', 'foo', 'bar');
        const response = { status: 400, statusText: 'Bad', headers: [], body: `<b>${encode(secret)}</b>` };
        assertGone(redactExchanges([first, { ...echo, response }]), secret);
      }),
    );
  });

  it('shows the last 6 characters, and never more than a quarter', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), (secret) => {
        const shown = mask(secret).slice(1);
        assert.ok(shown.length <= 6 && shown.length * 4 <= secret.length && secret.endsWith(shown));
      }),
    );
    assert.equal(mask('2YotnFZFEjr1zCsicMWpAA'), '…MWpAA');
  });

  it('leaves everything else of a URL byte for byte', () => {
    assert.equal(
      redactUrl('http://127.0.0.1:1/cb?state=a%20b+c&code=SplxlOBeZQQYbYS6WxSbIA&iss=https%3a%2f%2Fx&empty='),
      'http://127.0.0.1:1/cb?state=a%20b+c&code=…xSbIA&iss=https%3a%2f%2Fx&empty=',
    );
  });

  it('keeps the error codes of a JSON response and the shape of its text', () => {
    const exchange = exchangeWith('query', 'foo', 'bar');
    const body = '{ "code": "AADSTS50011",\n "error": "invalid_client", "expires_in": 3600.0 }';
    const response = { status: 400, statusText: 'Bad', headers: [], body };
    assert.equal(redactExchange({ ...exchange, response }).response?.body, body);
  });

  it('does not tear a parameter name apart for a short secret', () => {
    const exchange = exchangeWith('form', 'client_secret', 'secret');
    assert.equal(redactExchange(exchange).request.body, 'a=1&client_secret=…t&z=2');
    assert.equal(replaceSecrets('the secret is out', ['secret']), 'the …t is out');
  });

  it('masks JSON Web Tokens wherever they stand', () => {
    const jwt = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJqb2UifQ.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
    const exchange = exchangeWith('query', 'foo', 'bar');
    const response = { status: 200, statusText: 'OK', headers: [], body: `<p>${jwt}</p>` };
    assert.equal(redactExchange({ ...exchange, response }).response?.body, '<p>…FOEjXk</p>');
  });

  it('takes hostile texts of 1 MiB within reason', () => {
    const exchange = exchangeWith('query', 'code', 'SplxlOBeZQQYbYS6WxSbIA');
    for (const body of [
      '"'.repeat(1 << 20),
      '\\"'.repeat(1 << 19),
      'a='.repeat(1 << 19),
      '{"code":"'.repeat(1 << 17),
      'eyJ.'.repeat(1 << 18),
    ]) {
      const response = { status: 200, statusText: 'OK', headers: [], body };
      assert.ok(redactExchange({ ...exchange, response }).response);
    }
  });
});

const secret = 'Zx9-planted.value_of-0123456789AB';

describe('a body that is JSON with something round it, or words', () => {
  const answer = (access: string) => `{"token_type":"Bearer","access_token":"${access}"}`;
  const bodies = [
    `callback(${answer(secret)})`,
    `/**/callback && callback(${answer(secret)});`,
    `)]}',${answer(secret)}`,
    `)]}'\n${answer(secret)}`,
    `while(1);${answer(secret)}`,
    `for(;;);[${answer(secret)}]`,
    `data: ${answer(secret)}\n\n`,
    `\uFEFF${answer(secret)}`,
    `first line\nthe answer was ${answer(secret)}\nand more of it`,
    `token_type: bearer, access_token: ${secret}`,
    `<p>Your access_token is: ${secret}</p>`,
    `array(2) { ["token_type"]=> "Bearer" ["access_token"]=> string(33) "${secret}" }`,
    JSON.stringify({ error: 'x', error_description: `got refresh_token: ${secret}` }),
    `-----BEGIN PRIVATE KEY-----\n${secret}\n-----END PRIVATE KEY-----\n`,
    `-----BEGIN RSA PRIVATE KEY-----\nDEK-Info: AES\n${secret}\n-----END RSA PRIVATE KEY-----`,
    JSON.stringify({ pem: `-----BEGIN EC PRIVATE KEY-----\n${secret}\n-----END EC PRIVATE KEY-----\n` }),
  ];
  for (const body of bodies)
    it(JSON.stringify(body.replaceAll(secret, '…')), () => assertGone(redactBody(body, true), secret));

  it('stays as it is where nothing in it is secret', () => {
    for (const body of [
      'Invalid token: it has expired',
      'error: invalid_token: token_not_found_or_expired',
      'callback({"error":"invalid_client"})',
      ')]}\'\n{"error":"invalid_client","error_description":"Wrong client"}',
      'The token is expired: see https://login.example.com/docs/tokens#expiry-of-them',
      '<p>The authorization is: required_by_the_administrator</p>',
    ])
      assert.equal(redactBody(body, true), body);
  });
});

describe('the private members of keys (JWK)', () => {
  const pair = (kind: 'rsa' | 'ec') =>
    (kind === 'rsa'
      ? generateKeyPairSync('rsa', { modulusLength: 2048 })
      : generateKeyPairSync('ec', { namedCurve: 'P-256' })
    ).privateKey.export({ format: 'jwk' });
  const [rsa, ec] = [pair('rsa'), pair('ec')];
  const shared = { k: Buffer.from('a shared secret of 32 characters').toString('base64url'), kty: 'oct' };
  const prime = { r: `${rsa.p}`, d: `${rsa.dp}`, t: `${rsa.qi}` };
  const keys = [rsa, { d: ec.d, ...ec }, shared, { ...rsa, oth: [prime] }];
  const values = [rsa.d, rsa.p, rsa.q, rsa.dp, rsa.dq, rsa.qi, ec.d, shared.k].map(String);
  const written = {
    'in one line': JSON.stringify({ keys }),
    'over many lines': JSON.stringify({ keys }, undefined, 2),
    'in a text in JSON': JSON.stringify({ jwks: JSON.stringify({ keys }) }),
    'in a call': `callback(${JSON.stringify({ keys })});`,
    'cut off': JSON.stringify({ keys }).slice(0, -20),
  };
  for (const [name, body] of Object.entries(written))
    it(`are masked ${name}, and what is public stays`, () => {
      const shown = redactBody(body, true);
      for (const value of values) assertGone(shown, value);
      for (const value of [rsa.n, ec.x, ec.y]) assert.ok(shown.includes(String(value)));
    });

  it('are masked wherever else they stand, and one letter names no secret elsewhere', () => {
    const exchange = exchangeWith('query', 'foo', 'bar');
    const jwks = { status: 200, statusText: 'OK', headers: [], body: JSON.stringify({ keys }) };
    const echo = { ...jwks, status: 400, body: `wrong key ${ec.d}` };
    const shown = redactExchanges([
      { ...exchange, response: jwks },
      { ...exchange, response: echo },
    ]);
    for (const value of values) assertGone(shown, value);
    const search = '{"q":"a search for something long","d":"2026-01-01","k":"v"}';
    assert.equal(redactBody(search, true), search);
  });
});
