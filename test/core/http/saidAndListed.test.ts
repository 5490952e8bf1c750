import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { redactBody } from '../../../src/core/http/redactBody.ts';
import { redactExchange } from '../../../src/core/http/redact.ts';
import type { Exchange } from '../../../src/core/record/exchange.ts';

/** As people make them up, and as programs do. */
const [password, made] = ['hunter2-Xy', 'q7Rk2vXb9LmN4pTs6wYz'];
const rest = 'AbCdEfGhIjKlMnOpQrStUvWxYz0123456789';

/** What a text is, the text with a secret that its form gives away, and one of the same form without any, which stays. */
type Row = readonly [what: string, text: string, secret: string, twin: string];

const events: readonly Row[] = [
  [
    'a member and its value',
    `data: {"access_token":\ndata: "${made}"}\n\n`,
    made,
    `data: {"jti":\ndata: "${made}"}\n\n`,
  ],
  [
    'JSON over lines',
    `event: x\ndata: {\ndata:   "password":\ndata:     "${password}"\ndata: }\n\n`,
    password,
    `event: x\ndata: {\ndata:   "city":\ndata:     "${password}"\ndata: }\n\n`,
  ],
  [
    'a list, with the line ends of Windows',
    `id: 1\r\ndata: {"passwords": [\r\ndata: "a",\r\ndata:"${password}"]}\r\n\r\n`,
    password,
    `id: 1\r\ndata: {"cities": [\r\ndata: "a",\r\ndata:"${password}"]}\r\n\r\n`,
  ],
  [
    'a later event, behind what keeps the connection',
    `: ${'x'.repeat(300)}\n\nevent: a\ndata: {"a":1}\n\ndata: {"password":\ndata: "${password}"}\n\n`,
    password,
    `: ${'x'.repeat(300)}\n\nevent: a\ndata: {"a":1}\n\ndata: {"b":\ndata: "${password}"}\n\n`,
  ],
  [
    'one with a mark of bytes before it',
    `\uFEFFdata: {"password":\ndata: "${password}"}`,
    password,
    `\uFEFFdata: {"n":\ndata: "${password}"}`,
  ],
  [
    'a member that is called data',
    `{"name":"password",\n"data": "${password}"}`,
    password,
    `{"name":"city",\n"data": "${password}"}`,
  ],
];

const lists: readonly Row[] = [
  ['tokens of YAML', `tokens:\n  - ${made}\nport: 1`, made, `tokens:\n  - expired\n  - 12\nid: ${made}`],
  ['tokens that are not indented', `a: 1\ntokens:\n- ${made}`, made, `a: 1\ntopics:\n- ${made}`],
  [
    'tokens with names',
    `ci-tokens:\n  - name: a\n    value: ${made}`,
    made,
    `max_tokens: 12\nmore:\n  value: ${made}`,
  ],
  ['tokens by name', `tokens:\n  ci: ${made}`, made, `tokens: 12\nci: ${made}`],
  ['tokens in brackets', `tokens: [${made}, b]`, made, `nodes: [${made}, b]`],
  ['tokens in brackets over lines', `tokens: [\n  ${made},\n  b\n]\nid: x`, made, `n: [\n  ${made},\n  b\n]`],
  [
    'passwords that are not indented',
    `passwords:\n- ${password}\n- "b1"\nx: y`,
    password,
    `cities:\n- ${password}\n- "b1"\nx: y`,
  ],
  [
    'a list within an item',
    `- api_keys:\n  - ${password}\n- city: x`,
    password,
    `- token:\n- city: ${password}`,
  ],
  ['tokens of TOML', `tokens = ["${made}", "x"]`, made, `nodes = ["${made}", "x"]`],
  ['tokens of JSON', `{"tokens":["${made}"]}`, made, `{"tokens":["Hello","world"],"id":"${made}"}`],
  ['tokens of JSON by name', `{"tokens":{"ci":"${made}"}}`, made, `{"tokens":{"n":12},"id":["${made}"]}`],
];

const said: readonly Row[] = [
  [
    'a key that was provided',
    `Incorrect API key provided: ${made}. You can find it`,
    made,
    'Incorrect API key provided: see https://a.example/keys',
  ],
  [
    'a token that was supplied, in JSON',
    `{"error":{"message":"Invalid token supplied: ${made}"}}`,
    made,
    `{"error":{"message":"Invalid trace supplied: ${made}"}}`,
  ],
  [
    'what a password was',
    `Your old password was ${password}, change it`,
    password,
    'Your password was changed on 2026-01-01',
  ],
  [
    'what it was set to',
    `The password has been set to ${password}.`,
    password,
    `The name has been set to ${password}.`,
  ],
  ['what it was reset to, in quotes', `password reset to "${made}"`, made, `region reset to "${made}"`],
  [
    'what it is now',
    `The client secret is now ${password}`,
    password,
    `The name of the client is now ${password}`,
  ],
  [
    'whom it was sent to',
    `the password was changed to ${password}`,
    password,
    'The token was sent to api.example.com/v1/Orders12',
  ],
  ['a value with padding', 'FROM x\nENV SECRET_KEY ab/cd12=\n', 'ab/cd12', 'FROM x\nENV CACHE ab/cd12=\n'],
  [
    'a value with blanks',
    'FROM x\nENV DB_PASSWORD "my pass/word"\n',
    'my pass/word',
    'FROM x\nENV DB_HOST "my pass/word"\n',
  ],
];

/** What only a word tells, as people and servers write it; their twins are the same sentences about something else. */
const told: readonly Row[] = [
  ['whose it is', `password of ann is ${password}`, password, `nickname of ann is ${password}`],
  ['for whom it is', 'The password for ann is hunter2Xy9', 'hunter2Xy9', 'The region for ann is hunter2Xy9'],
  ['for whom, with a colon', 'Password for user ann: hunter2', 'hunter2', 'Queue for user ann: hunter2'],
  [
    'a client’s',
    'The secret for client shop is s3cr3t-A',
    's3cr3t-A',
    'The name for client shop is s3cr3t-A',
  ],
  [
    'a project’s key',
    'API key for project X is abCD1234efGH',
    'abCD1234efGH',
    'The key for X is abCD1234efGH',
  ],
  ['a bot’s', 'The token of the bot is abcDEF1234', 'abcDEF1234', 'The theme of the bot is abcDEF1234'],
  [
    'what somebody’s was set to',
    'The password of ann has been set to hunter2',
    'hunter2',
    'The room of ann has been set to hunter2',
  ],
  ['a short one', 'The password is hunter2', 'hunter2', 'The nickname is hunter2'],
  [
    'one behind its name',
    'user ann with password hunter2 failed',
    'hunter2',
    'user ann with theme hunter2 failed',
  ],
  ['a wrong one', 'invalid password hunter2 for ann', 'hunter2', 'invalid column hunter2 for ann'],
  ['one in quotes', "password 'hunter2' is too weak", 'hunter2', "column 'hunter2' is too weak"],
  ['one in brackets', 'the password (hunter2) was refused', 'hunter2', 'the name (hunter2) was refused'],
  [
    'a temporary one',
    'temporary password Welcome1! was sent',
    'Welcome1!',
    'temporary folder Welcome1! was sent',
  ],
  ['German', 'Passwort von Anna ist Geheim12', 'Geheim12', 'Wohnort von Anna ist Geheim12'],
  ['German, shorter', 'Das Passwort lautet Geheim12', 'Geheim12', 'Das Motto lautet Geheim12'],
  ['a PIN that was set', 'PIN was set to 4711', '4711', 'Port was set to 4711'],
  [
    'a PIN that has been changed',
    'Your PIN has been changed to 471199',
    '471199',
    'Your port has been changed to 471199',
  ],
  ['the code of a PIN', 'PIN code: 4711', '4711', 'Zip code: 4711'],
  ['a password of digits', '482913 is your one-time password', '482913', '482913 is your one-time visitor'],
  [
    'a recovery code',
    'The recovery code is ABCD-EF12-1234',
    'ABCD-EF12-1234',
    'The product code is ABCD-EF12-1234',
  ],
];

/** What speaks of secrets and says none. */
const harmless = [
  'The password is required.',
  'Password of the account has expired',
  'The password for ann is invalid',
  'Your password was changed on 2026-01-01',
  'The password of ann was changed on 2026-01-01T10:00:00Z',
  'password must have 8 characters',
  'The password is 12characters long',
  'The password is base64-encoded',
  'The password is hashed with SHA-256',
  'the password is sha256, with password Argon2id parameters',
  'invalid password AADSTS50126: the user or the password is wrong',
  'invalid password ORA-01017: logon denied',
  'using password authentication for OAuth2Client1',
  'with password 2fa enabled',
  'the wrong password 3 times in a row',
  'incorrect password attempts: 5',
  'Use the password grant for RFC6749 clients',
  'The password is for ann@example1.com',
  'The password is 0x80070056',
  'Use password "required" here',
  'password for user was reset to default',
  'Enter the current password below',
  'The token of the user has expired',
  'The token for api://orders1234 is expired',
  'The token is for https://api1.example.com',
  'access token for client 3f2a9c1e-7b64-4d2f-9a51-0c8e6d4b2a17 is expired',
  'AADSTS7000215: Invalid client secret provided for app 3f2a9c1e-7b64-4d2f-9a51-0c8e6d4b2a17.',
  'The key of the object is name, the key for sort is createdAt1',
  'key for sort is createdAt1',
  'secret of success is hard work',
  'API key for project X is missing',
  'The PIN was set to none, PIN is required, pin 13 is high',
  'the signature for RS256 is missing',
  'code of the error is AADSTS50126',
  'recovery codes are listed below, the backup code is wrong',
  'Passwort ist erforderlich',
];

it('sentences that speak of secrets and say none stay as they are', () => {
  for (const text of harmless) assert.equal(redactBody(text, true), text);
});

const elements: readonly Row[] = [
  [
    'one whose name begins that of another',
    `<password>a1<passwordHint>x</passwordHint>${password}</password><b>1</b>`,
    password,
    `<city>a1<cityHint>x</cityHint>${password}</city><b>1</b>`,
  ],
  [
    'one with a blank in its end',
    `<password><b/>${password}</password\n><b>1</b>`,
    password,
    `<city><b/>${password}</city\n><b>1</b>`,
  ],
  [
    'a value in one that is called a secret',
    `<p name="token"><value>x</value><ps>y</ps><value>${password}</value></p><b>1</b>`,
    password,
    `<p name="city"><value>x</value><ps>y</ps><value>${password}</value></p><b>1</b>`,
  ],
];

for (const [where, rows] of Object.entries({ events, lists, said, told, elements }))
  describe(`what only its place tells to be secret, in ${where}`, () => {
    for (const [what, text, secret, twin] of rows)
      it(what, () => {
        const shown = redactBody(text, true);
        assert.ok(!shown.includes(secret), shown);
        assert.ok(shown.includes('…'), shown);
        assert.equal(redactBody(twin, true), twin);
      });
  });

describe('tokens that say whose they are', () => {
  const tokens = [
    ...[
      'ghp_',
      'github_pat_11',
      'sk-',
      'sk-proj-',
      'sk-ant-api03-',
      'glpat-',
      'hvs.',
      'SG.',
      'AIza',
      'ya29.',
    ],
    // Ory Hydra’s and Authelia’s access tokens, private apps of HubSpot.
    ...['ory_at_', 'authelia_at_', 'pat-na1-3f2a9c1e-'],
    ...['npm_', 'sk_live_', 'dckr_pat_', 'shpat_', 'tskey-auth-', 'dp.pt.', 'gsk_'],
  ].map((start) => start + rest);
  tokens.push('abc8Q~hZ3kLm-PqRsT.uVwXyZ01234567890abcdE', '123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsawx');
  tokens.push('MTk4NjIyNDgzNDcxOTI1MjQ4.Cl2FMQ.ZnCjm1XVW7vRze4b7Cq4se7kKWs', `1//0${rest}`);
  tokens.push(`xoxb-123456789012-1234567890123-${rest}`, 'AKIAQ3EGRZ7XPLM2WD5B');
  // Of letters alone, as one of thirty is, with hyphens, and of an early bot, whose number has 17 digits.
  tokens.push('xoxb-123456789012-1234567890123-AbCdEfGhIjKlMnOpQrStUvWx', 'AKIAQXEGRZHXPLMZWDJB');
  tokens.push('sk_live_QwErTyUiOpAsDfGhJkLz', 'glpat-qWeRtYuIoPaSdFgHjKlZ');
  tokens.push(
    'sk-lf-3f2a9c1e-7b64-4d2f-9a51-0c8e6d4b2a17',
    'MTc2NTQzMjEwOTg3NjU0MzI.Cl2FMQ.ZnCjm1XVW7vRze4b7Cq4se7kKWs',
  );

  it('are masked wherever they stand', () => {
    for (const token of tokens)
      for (const text of [
        token,
        `fatal: ${token} was refused`,
        `{"a":["${token}"]}`,
        `<p>${token}</p>`,
        `a: ${token}\nb: c`,
        `see https://a.example/?x=${token}.`,
      ]) {
        const shown = redactBody(text, true);
        assert.ok(!shown.includes(token.slice(0, -6)), shown);
        assert.ok(shown.includes('…'), shown);
      }
  });

  it('are masked in a header field, a status and a message', () => {
    const [token = ''] = tokens;
    const exchange: Exchange = {
      ...{
        id: 1,
        purpose: 'api',
        leg: 'extension',
        startedAt: 0,
        deviations: [{ code: 'x', message: token, source: 'x' }],
      },
      request: { method: 'GET', url: `https://a.example/?q=${token}`, headers: [['X-Note', token]] },
      response: { status: 400, statusText: token, headers: [['X-Said', `no ${token}`]], body: '' },
      error: { code: 'x', message: `It was ${token}` },
    };
    assert.ok(!JSON.stringify(redactExchange(exchange)).includes(rest));
  });

  it('are told from words and from names', () => {
    for (const text of [
      'sk-learn-and-scikit-image-and-more',
      'npm_config_registry_of_2_and_more_things',
      'risk-assessment-of-the-year-2026-and-beyond',
      'task-12345678901234567890',
      'AKIA and ASIA',
      'ghp_, xoxb- and glpat-',
      'hf_transfer_enabled_for_all_of_them_1',
      'https://blog.example.com/2024/sk-learn-0-24-release-notes-and-how-to-upgrade',
      'https://shop.example.com/p/sk-3000-ultra-wide-keyboard-case-black',
      'https://hvs.a-very-long-host-name-of-2024.example.com/path',
      'SG.SINGAPORE-2024-conference-agenda-final-version',
      'glc_2024_report_of_the_global_landcover_change',
      'Mozilla-Compatible-Agent-v1.foobar.some-other-long-name-of-a-thing-1',
      'https://a.example/commit/3f785a4b2c0d9e8f7a6b5c4d3e2f1a0b9c8d7e6f',
      `sha256:${'9f86d081884c7d65'.repeat(4)}`,
    ])
      assert.equal(redactBody(text, true), text);
  });
});
