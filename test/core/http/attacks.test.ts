import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { redactExchange, redactExchanges } from '../../../src/core/http/redact.ts';
import type { Exchange } from '../../../src/core/record/exchange.ts';

const secret = 'q7Rk2vXb9LmN4pTs6wYz';
const piece = secret.slice(0, 12);
const j = JSON.stringify;
const p = encodeURIComponent;
const b64 = (text: string) => Buffer.from(text).toString('base64');
const hex = (text: string) => Buffer.from(text).toString('hex');
const lines = (...all: readonly string[]) => `${all.join('\r\n')}\r\n`;
const part = (head: string) => lines('--b', `Content-Disposition: form-data; ${head}`, '', secret, '--b--');

const ppk = lines(
  'PuTTY-User-Key-File-3: ssh-ed25519',
  'Encryption: none',
  'Comment: a key',
  'Public-Lines: 1',
  'AAAAC3NzaC1lZDI1NTE5AAAAIPublic',
  'Private-Lines: 2',
  `${secret}AAAAIF`,
  `${secret}==`,
  'Private-MAC: 0f1e2d',
);
const ssh2 = lines(
  '---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----',
  'Comment: "a key"',
  `${secret}P2/56wAAA`,
  '---- END SSH2 ENCRYPTED PRIVATE KEY ----',
);

/** Bodies in which a secret stands that only its place gives away. */
const bodies: Readonly<Record<string, string>> = {
  'a folded header field': lines('Authorization: Bearer', ` ${secret}`),
  'a value that goes on in the next line': `x=1\npassword=\\\n  ${secret}\nuser=ann`,
  'columns and rows': j({ columns: ['id', 'access_token'], rows: [[1, secret]] }),
  'columns with types': j({
    columns: [{ name: 'id', type: 'int' }, { name: 'access_token' }],
    rows: [[1, secret]],
  }),
  'rows before their columns': j({ rows: [[1, secret]], columns: ['id', 'access_token'] }),
  'fields and values': j({ fields: ['password', 'id'], values: [[secret, 1]] }),
  'a header and data': j({
    header: ['id', 'secret'],
    data: [
      [1, 'x'],
      [2, secret],
    ],
  }),
  'rows whose cells are lists': j({ columns: ['id', 'tokens', 'password'], rows: [[1, 'x', [[secret]]]] }),
  'series of a measurement': j({
    results: [{ series: [{ columns: ['time', 'token'], values: [[1, secret]] }] }],
  }),
  'a first row of names': j([
    ['id', 'access_token'],
    [1, 'x'],
    [2, secret],
  ]),
  'a list of pairs': j([
    ['id', 'x'],
    ['access_token', secret],
  ]),
  'columns of lists': j({ columns: { access_token: [secret] } }),
  'name and value': j([{ name: 'access_token', value: secret }]),
  'value and name': j([{ value: secret, name: 'access_token' }]),
  'key and value': j([{ key: 'client_secret', value: secret }]),
  'k and v': j([{ k: 'client_secret', v: secret }]),
  'Name, Type and Value': j([{ Name: 'Password', Type: 'String', Value: secret }]),
  'ParameterKey and ParameterValue': j([{ ParameterKey: 'DbPassword', ParameterValue: secret }]),
  'attribute and content': j([{ attribute: 'refresh_token', content: secret }]),
  'a value in a value': j([{ key: 'access_token', value: { stringValue: secret } }]),
  'base64 of a form of JSON': b64(`a=1&data=${p(j({ access_token: secret }))}`),
  'base64 of percent-encoded JSON': b64(p(j({ access_token: secret }))),
  'base64 of base64 of JSON': b64(b64(j({ access_token: secret }))),
  'base64 of a form': b64(`a=1&client_secret=${secret}`),
  'base64 of a form in JSON': j({ data: b64(`client_secret=${secret}&a=1`) }),
  'base64 of XML': b64(`<a><password>${secret}</password></a>`),
  'base64 of YAML': b64(`a: 1\npassword: ${secret}\n`),
  'base64 of JSON, percent-encoded': p(b64(j({ access_token: secret }))),
  'base64 of JSON in an address': j({ next: `https://a.example/x/${b64(j({ access_token: secret }))}` }),
  'a data URL': j({ a: `data:application/json;base64,${b64(j({ password: secret }))}` }),
  'hexadecimal digits of JSON': hex(j({ access_token: secret })),
  'a string of a string of JSON': j(j(j({ access_token: secret }))),
  'JSON in JSON in JSON': j({ a: j({ b: j({ c: j({ access_token: secret }) }) }) }),
  'JSON in a form in JSON': j({ a: `x=1&y=${p(j({ access_token: secret }))}` }),
  'a key of PuTTY': ppk,
  'a key of PuTTY in JSON': j({ file: ppk }),
  'a key of PuTTY in a form': `file=${p(ppk)}&a=1`,
  'a key of SSH2': ssh2,
  'a key of SSH2 in JSON': j({ file: ssh2 }),
  'a key of SSH2 in a form': `file=${p(ssh2)}&a=1`,
  'a row that is too short': `id,name,access_token\n1,${secret}\n`,
  'a row that is too long': `id,access_token\n1,2,3,${secret}\n`,
  'a column of several': `id\tpasswords\n1\t${secret}\n`,
  access_tokens: j({ access_tokens: [secret] }),
  refreshTokens: j({ refreshTokens: { a: secret } }),
  secrets: j({ secrets: [secret] }),
  passwords: j({ passwords: { old: secret } }),
  client_secrets: j({ client_secrets: [{ value: secret }] }),
  api_keys: `api_keys=${secret}&a=1`,
  backup_codes: j({ backup_codes: [secret] }),
  'private-keys': j({ 'private-keys': [secret] }),
  'secrets of YAML': `secrets:\n  - ${secret}\n`,
  'a list in YAML': `passwords: [${secret}, x]\n`,
  'a variable in YAML': `- name: PASSWORD\n  value: ${secret}\n`,
  'a variable in YAML, not the first': `- name: A\n  value: b\n- name: "DB_PASSWORD"\n  note: c\n  value: "${secret}"\n`,
  'a block in YAML': `password: |\n  ${secret}\nb: 1\n`,
  'a map in YAML': `a: {password: ${secret}, b: 1}\n`,
  'a part called access_tokens': part('name="access_tokens"'),
  'a part without quotes': part('name=access_token'),
  'a part with a folded head': part('\r\n name="password"'),
  'an element': `<a><x:access_token>${secret}</x:access_token></a>`,
  'an attribute': `<a x:token='${secret}'/>`,
  'elements name and value': `<member><name>password</name><value><string>${secret}</string></value></member>`,
  'elements name, type and value': `<p><Name>DbPassword</Name><Type>x</Type><Value>${secret}</Value></p>`,
  'a property list': `<dict><key>access_token</key><string>${secret}</string></dict>`,
  'an element of several': `<secrets><item>${secret}</item></secrets>`,
  'a hidden input': `<input value='${secret}' type=hidden name=SAMLResponse>`,
  'an address in a page': `<a href="https://a.example/?a=1&amp;access_token=${secret}">x</a>`,
  'a map in a log': `{access_token=${secret}, a=1}`,
  'a map of Ruby': `{:access_token=>"${secret}", :a=>1}`,
  'an array of PHP': `['password' => '${secret}', 'a' => 1]`,
  'an array of PHP, in a program': `<?php\nreturn [\n  'password' => '${secret}',\n];\n`,
  'a constant of PHP': `define('DB_PASSWORD', '${secret}');`,
  'a table of Lua': `{ password = "${secret}" }`,
  'a table of Lua, over lines': `{\n  a = 1,\n  password = '${secret}',\n}`,
  'a table of Lua with brackets': `{ ["password"] = "${secret}" }`,
  'a map of Clojure': `{:password "${secret}"}`,
  'a list of Lisp': `(password "${secret}")`,
  netrc: `machine a.example login ada password ${secret}`,
  'netrc, over lines': `machine a.example\n  login ada\n  password ${secret}\n`,
  'the default of netrc': `default login ada password ${secret}\n`,
  'columns that blanks align': `NAME   TOKEN                  AGE\nfoo    ${secret}   4d\n`,
  'aligned columns, the last one': `NAME     TOKEN\nfoo bar  ${secret}\n`,
  'aligned columns with a cell left out': `id  name  client_secret\n--  ----  -------------\n1         ${secret}\n`,
  'names and values that blanks align': `client_id      abc\nclient_secret  ${secret}\n`,
  'a flat list': j(['client_secret', secret]),
  'a flat list of names and values': j(['id', 'x', 'client_secret', secret, 'a', '1']),
  'a flat list in an object': j({ a: ['client_secret', secret] }),
  'a section of INI with quotes': `[remote "a.b"]\n\tpassword = ${secret}\n`,
  'a section of INI that is an address': `[https://a.example/x]\n_authToken=${secret}\n`,
  'a setting without a sign': `[db]\npassword ${secret}\n`,
  'a list of TOML': `[a]\nsecrets = [\n  "${secret}",\n]\n`,
  'a first list of TOML': `secrets = [ "${secret}" ]\n`,
  'a table of a list of TOML': `[[a]]\npassword = "${secret}"\n`,
  'a name in quotes of TOML': `"client secret" = "${secret}"\n`,
  'lines of TOML': `a = 1\npassword = '''\n${secret}'''\n`,
  properties: `a=1\ndb.password ${secret}\n`,
  'a variable of Docker': `ENV PASSWORD ${secret}`,
  'a statement of SQL': `ALTER USER a WITH PASSWORD '${secret}';`,
  'the path of an address': `see https://a.example/reset/token/${secret} now`,
  'the path of a hook': `https://a.example/hooks/${secret}`,
  'the path of a hook, behind a number': j({ url: `https://a.example/api/webhooks/1234567890/${secret}` }),
  'the path of a hook, behind names': `https://hooks.a.example/services/T024BE7LH/B024BE7LD/${secret}`,
  'a path alone': j({ path: `/reset-password/${secret}` }),
};

const urls: Readonly<Record<string, string>> = {
  'after a semicolon': `https://a.example/?a=1;access_token=${secret}`,
  'of several': `https://a.example/?access_tokens=${secret}`,
  'in an address': `https://a.example/?next=${p(`https://b.example/?access_token=${secret}`)}`,
  'in an address, encoded twice': `https://a.example/?next=${p(p(`https://b.example/?access_token=${secret}`))}`,
  'in a path': `https://a.example/reset/token/${secret}/go?a=1`,
  'in base64 of JSON': `https://a.example/?state=${b64(j({ access_token: secret }))}`,
  'in base64 of a form': `https://a.example/?state=${b64(`a=1&access_token=${secret}`)}`,
};

const fields: Readonly<Record<string, readonly [name: string, value: string]>> = {
  'the protocol behind bearer': ['Sec-WebSocket-Protocol', `bearer, ${secret}`],
  'a protocol with a word before': ['Sec-WebSocket-Protocol', `realtime, openai-insecure-api-key.${secret}`],
  'a protocol with the token in base64url': [
    'Sec-WebSocket-Protocol',
    `v4.channel.k8s.io, base64url.bearer.authorization.k8s.io.${Buffer.from(secret).toString('base64url')}`,
  ],
  'a cookie': ['Cookie', `access_token=${secret}; a=b`],
  'a cookie that is set': ['Set-Cookie', `access_token=${secret}; Path=/`],
  Location: ['Location', `/cb?access_tokens=${secret}`],
  Referer: ['Referer', `https://a.example/?a=1;token=${secret}`],
  Link: ['Link', `<https://a.example/?page=2&access_token=${secret}>; rel="next"`],
  'X-Access-Tokens': ['X-Access-Tokens', secret],
  'X-Api-Keys': ['X-Api-Keys', secret],
  'base64 of JSON': ['X-Data', b64(j({ access_token: secret }))],
};

const request = { method: 'POST', url: 'https://as.example.com/x', headers: [] };
const response = { status: 200, statusText: 'OK', headers: [], body: '' };
const base: Exchange = {
  ...{ id: 1, purpose: 'api', leg: 'extension', startedAt: 1, endedAt: 2, deviations: [] },
  ...{ request, response },
};
const echo: Exchange = { ...base, id: 2, response: { ...response, body: `you said ${secret} to us` } };

/** What is the secret, or what it is encoded to, at any of the three places a byte may have in base64. */
const forms = [
  piece,
  hex(secret).slice(0, 24),
  ...[0, 1, 2].map((at) => b64(`${'x'.repeat(at)}${secret}`).slice(4, 20)),
];

/** Where more stands than the secret alone, which is not looked for elsewhere. */
const amongMore = /key of|list in YAML|elements name and value|an element of several|in base64url/;

function hides(place: string, planted: Exchange, written: string): void {
  const shown = redactExchanges(amongMore.test(place) ? [planted] : [planted, echo]);
  for (const form of forms) assert.ok(!j(shown).includes(form), j(shown));
  assert.ok(!j(shown[0]).includes(j(written).slice(1, -1)), 'It is shown as it was written.');
}

describe('a secret that only its place gives away is shown neither there nor elsewhere', () => {
  for (const [place, body] of Object.entries(bodies))
    it(`in an answer: ${place}`, () => hides(place, { ...base, response: { ...response, body } }, body));
  for (const [place, body] of Object.entries(bodies))
    it(`in a request: ${place}`, () => hides(place, { ...base, request: { ...request, body } }, body));
  for (const [place, url] of Object.entries(urls))
    it(`in an address, ${place}`, () => hides(place, { ...base, request: { ...request, url } }, url));
  for (const [place, field] of Object.entries(fields)) {
    it(`in a field of a request: ${place}`, () =>
      hides(place, { ...base, request: { ...request, headers: [field] } }, field[1]));
    it(`in a field of an answer: ${place}`, () =>
      hides(place, { ...base, response: { ...response, headers: [field] } }, field[1]));
  }
});

/** What looks alike and is no secret. */
const harmless: readonly string[] = [
  j({ usage: { prompt_tokens: 12, completion_tokens: 30, total_tokens: 42 }, max_tokens: 100 }),
  j({ keys: [{ kty: 'RSA', kid: 'q7Rk2vXb9LmN', n: 'q7Rk2vXb9LmN4pTs', e: 'AQAB' }] }),
  j({ columns: ['id', 'name'], rows: [[1, 'q7Rk2vXb9LmN4pTs']] }),
  j({ columns: ['id', 'token'], note: ['q7Rk2vXb9LmN4pTs', 'q7Rk2vXb9LmN4pTs'] }),
  j({ columns: ['token'], rows: [] }),
  j({ response_types_supported: ['code', 'token'], grant_types_supported: ['password', 'implicit'] }),
  j({ grant_types_supported: ['password', 'urn:ietf:params:oauth:grant-type:saml2-bearer'] }),
  j({ token_endpoint_auth_signing_alg_values_supported: ['RS256', 'ES256'] }),
  j({
    type: 'Polygon',
    coordinates: [
      [
        [1.5, 2.5],
        [3.5, 4.5],
      ],
    ],
  }),
  j([
    ['name', 'age'],
    ['joe', 7],
  ]),
  j([
    { value: 'q7Rk2vXb9LmN4pTs', name: 'audience' },
    { name: 'x', value: 'q7Rk2vXb9LmN4pTs' },
  ]),
  j({ signatures: [{ header: { kid: 'a1' } }], authorizations: ['https://a.example/1'] }),
  j({ data: b64('a plain text that says nothing, 42 times') }),
  j({ image: b64('\x89PNG\r\n\x1a\n\x00\x01\x02\x03\x04\x05\x06\x07\x08\x09') }),
  j({ id: hex('a plain text that says nothing') }),
  j({ sha256: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855' }),
  'The token is wrong, the password (or secret) expired: use a token of AzureADMultipleOrgs2024Tenants.\n',
  'Enter a client secret, password or token below. Token lifetimes: access_token 3600, refresh_token 86400.\n',
  'session 0f8fad5b-d9cb-469f-a165-70867728950e, password-reset-2024-11-29T10:00:00Z\n',
  'NAME   READY   SECRETS   AGE\nfoo    1/1     default   4d\n',
  'NAME     KIND    URL\nq7Rk2vXb9LmN  token   https://a.example/1\n',
  'https://a.example/oauth2/token/introspect\nhttps://a.example/hooks/0f8fad5b-d9cb-469f-a165-70867728950e\n',
  j({
    links: ['https://a.example/realms/q7Rk2vXb9LmN4pTs6wYz/tokens', '/api/v2/users/q7Rk2vXb9LmN4pTs6wYz'],
  }),
  j({ grant_types: ['password', 'client_credentials'], ids: ['q7Rk2vXb9LmN4pTs6wYz'] }),
  j({ scope: 'token', id: 'q7Rk2vXb9LmN4pTs6wYz' }),
  j(['id_token', 'x509_thumbprint_sha256', 'code']),
  'a == token\nb = [\n  1,\n]\n',
  '[main]\nregion = europe-west4-b1\nlist = [\n  "a",\n]\n',
  'machine learning by default: login and password are asked for\n',
  '- name: REGION\n  value: europe-west4-b1\n- name: PORT\n  value: "8080"\n',
  '- name: PASSWORD\n  from: vault\n- value: europe-west4-b1\n',
  '<p><name>region</name><value>europe-west4-b1</value></p>',
  '{region=europe-west4-b1, a=1}',
  '---- BEGIN SSH2 PUBLIC KEY ----\nAAAAB3NzaC1yc2EAAA\n---- END SSH2 PUBLIC KEY ----\n',
];

describe('what looks alike and is no secret stays as it is', () => {
  for (const body of harmless)
    it(body.slice(0, 80), () => {
      assert.equal(redactExchange({ ...base, response: { ...response, body } }).response?.body, body);
    });
  for (const [name, value] of [
    ['Sec-WebSocket-Protocol', 'graphql-transport-ws, v12.stomp, mqttv3.1, v4.channel.k8s.io'],
    ['X-Data', b64('a plain text that says nothing, 42 times')],
    ['X-Request-Id', '0f8fad5b-d9cb-469f-a165-70867728950e'],
    ['X-RateLimit-Remaining-Tokens', '4200'],
  ] as const)
    it(`${name}: ${value}`, () => {
      const shown = redactExchange({ ...base, response: { ...response, headers: [[name, value]] } });
      assert.deepEqual(shown.response?.headers, [[name, value]]);
    });
  it('a key of PuTTY is shown without its private part', () => {
    const body = redactExchange({ ...base, response: { ...response, body: ppk } }).response?.body ?? '';
    assert.match(body, /AAAAC3NzaC1lZDI1NTE5AAAAIPublic/);
    assert.match(body, /Private-Lines: 2…Private-MAC/);
  });
  it('a run of many megabytes, at which the stack of a regular expression ends', () => {
    const shown = (body: string) =>
      redactExchange({ ...base, response: { ...response, body } }).response?.body ?? '';
    const run = 'x'.repeat(12_000_000);
    assert.ok(shown(`a ${run}`) === `a ${run}`);
    // What begins like a token is masked whole.
    assert.equal(shown(`a eyJ${run} b`), 'a …xxxxxx b');
    assert.equal(shown(`a eyJabcdefghi.${run} b`), 'a …xxxxxx b');
  });
});
