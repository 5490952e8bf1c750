import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { describe, it } from 'node:test';
import { findLeaks, jwtAt } from '../../../src/core/leaks/findLeaks.ts';
import {
  leakFileOf,
  leakMessage,
  leakReference,
  leakVariable,
} from '../../../src/core/leaks/leakReference.ts';

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
const jwt = `${part({ alg: 'RS256', typ: 'JWT' })}.${part({ sub: 'ada', exp: 1 })}.c2lnbmF0dXJlLW9mLXRoZS10b2tlbg`;
const secret = 'p8e~Q9s0me.Client-Secret_x7';

const opaque = 'Zk93hQ72LmPx04TvBn81YcRd65';
const jwe = `${part({ alg: 'dir', enc: 'A256GCM' })}..${'Ab3-'.repeat(4)}.${'Cd5_'.repeat(9)}.${'Ef7x'.repeat(5)}`;

const spaced = (header: string) => jwt.replace(/^[^.]+/, Buffer.from(header).toString('base64url'));

const basic = Buffer.from('ada:S3cret-Pa55').toString('base64');
const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString().trim();
const base64 = (text: string) => Buffer.from(text).toString('base64');

const found = (text: string) =>
  findLeaks(text).map(({ kind, start, end, name }) => [kind, text.slice(start, end), name]);

describe('a token that is cut into lines, or stands within them, is found whole', () => {
  const cut = (text: string, by: string) => text.replace(/.{64}/g, `$&${by}`);
  const cuts = [
    ['\\n in JSON', '"', '\\n', '"'],
    ['\\r\\n in JSON', '"', '\\r\\n', '\\r\\n"'],
    ['\\n in JSON within JSON', '{\\"t\\": \\"', '\\\\n', '\\"}'],
    ['a block of YAML', '|\n  ', '\n  ', '\n'],
    ['a folded block of YAML with CRLF', '>-\r\n    ', '\r\n    ', '\r\n'],
    ['a quoted text of YAML', '"', '\\\n  ', '"'],
    ['a line that a shell goes on with', '', '\\\n', ''],
    ['a folded header', 'Bearer ', '\n  ', '\n'],
  ] as const;
  for (const [title, before, by, after] of cuts)
    it(title, () => {
      for (const token of [jwt, jwe.replaceAll('Cd5_', 'Cd5_'.repeat(5)), jwt.replaceAll('.', `.${by}`)]) {
        const written = cut(token, by).replaceAll(by + by, by);
        const text = `token: ${before}${written}${after}\nname: ada\n`;
        assert.deepEqual(
          found(text).map(([kind, value]) => [kind, value]),
          [['jwt', written]],
        );
        assert.equal(jwtAt(text, text.indexOf('eyJ') + 3), token.replaceAll(by, ''));
      }
    });

  it('with nothing of what follows it', () => {
    const another = `${part({ alg: 'ES256', kid: '2' })}.${part({ sub: 'bob', exp: 2 })}.${'c2ln'.repeat(8)}`;
    for (const [text, ...wanted] of [
      [`- ${jwt}\n- ${another}\n`, jwt, another],
      [`|\n  ${jwt}\n  ${another}\n`, jwt, another],
      [`token: ${jwt}\n---\nnext: 1\n`, jwt],
      [`${jwt}\nok\n`, jwt],
      [`{"text": "${jwt}\\nis the token"}`, jwt],
      [`TOKEN=${jwt}\nNEXT_1=2\n`, jwt],
    ] as const)
      assert.deepEqual(
        found(text).map(([, value]) => value),
        wanted,
        text,
      );
  });

  // As Postman, HAR and test fixtures hold whole messages.
  it('also where a message or a command stands in a JSON string', () => {
    for (const [text, value] of [
      [`{"raw": "GET / HTTP/1.1\\r\\nAuthorization: Bearer ${opaque}\\r\\nHost: a"}`, opaque],
      [`{"raw": "GET / HTTP/1.1\\nAuthorization: token ${opaque}\\n"}`, opaque],
      [`{"run": "curl -H \\"Authorization: Bearer ${opaque}\\" https://a"}`, opaque],
      [`{"env": "CLIENT_ID=a\\nCLIENT_SECRET=${secret}\\nB=1"}`, secret],
      [`{"t": "x\\n${jwt}\\n"}`, jwt],
      [
        `{"t": "x\\nghp_16C7e42F292c6912E7710c838347Ae178B4a\\ny"}`,
        'ghp_16C7e42F292c6912E7710c838347Ae178B4a',
      ],
    ] as const) {
      const [[, leak, name] = [], ...others] = found(text);
      assert.deepEqual([leak, others], [value, []], text);
      assert.doesNotMatch(name ?? '', /^n[A-Z]/);
    }
  });
});

// The form that such tokens have in http-client.private.env.json and in a URL. @see https://core.telegram.org/bots/api
it('a Telegram bot’s token is found under any name', () => {
  const token = '7100200300:AAFk3vQ9zLm2Xc8Rt5Yp1Wd7Ns4Bh6Ge0-J';
  assert.deepEqual(found(`{"dev": {"bot_token": "${token}"}}`), [['bearer', token, 'bot_token']]);
  assert.deepEqual(found(`GET https://api.telegram.org/bot${token}/getMe\n`), [['bearer', token, undefined]]);
  for (const none of [
    `1${token}9`,
    token.slice(0, -1),
    '12345678:ABC-DEF1234ghIkl-zyx57W2v1u123ew11',
    `1234${token}`,
  ])
    assert.deepEqual(found(`"bot": "${none}"`), [], none);
});

// Amadeus calls its client's secret so, and it has 16 characters; Cloudinary's documentation has the name for a value.
it('what is called an API secret is found, the name as a value is not', () => {
  assert.deepEqual(found('AMADEUS_API_SECRET=q7Hn2Zr9Lw4Tk8Vd\n'), [
    ['client_secret', 'q7Hn2Zr9Lw4Tk8Vd', 'AMADEUS_API_SECRET'],
  ]);
  assert.deepEqual(found('{"apiSecret": "q7Hn2Zr9Lw4Tk8Vd"}'), [
    ['client_secret', 'q7Hn2Zr9Lw4Tk8Vd', 'apiSecret'],
  ]);
  for (const none of [
    '["--api-key", "api_key", "--api-secret", "api_secret"]',
    'API_SECRET=your_api_secret\n',
  ])
    assert.deepEqual(found(none), [], none);
});

describe('an opaque value that no scheme and no full name gives away', () => {
  const value = 'k7Qd2Zr9Lw4Tk8VdXp3Bn6Yc1Hs5Jg0M';
  // The ways of public .http files; Vault, OpenStack, Figma, Linear and Azure API Management have such headers.
  const found1 = (text: string) => found(text).map((one) => one.slice(0, 2));
  for (const text of [
    `@token = ${value}\nGET https://a\n`,
    `# x\n@authToken=${value}\n`,
    `@orders_token = "${value}"\n`,
    `GET https://a/x?a=1&token=${value}&b=2\n`,
    `{"url": "https://a/sse?token=${value}"}`,
    `GET https://a\nX-Auth-Token: ${value}\n`,
    `{"headers": {"X-Vault-Token": "hvs.${value}"}}`,
    `["--header", "X-Figma-Token: ${value}"]`,
    `curl https://a -H 'x-auth-token: ${value}'\n`,
    `GET https://a\nAuthorization: ${value}\n`,
    `{"headers": {"Authorization": "lin_api_${value}"}}`,
    `headers:\n  authorization: ${value}\n`,
    `{"dev": {"bot_token": "${value}", "x": 1}}`,
    `{"dev": {"okta_api_token": "${value}"}}`,
    `{"authToken": "${value}"}`,
  ])
    it(text, () => {
      const all = /(?:hvs\.|lin_api_)?k7Qd\w+/.exec(text)?.[0];
      assert.deepEqual(found1(text), [['bearer', all]]);
    });
  it('the key of a subscription', () => {
    const text = `GET https://a\nOcp-Apim-Subscription-Key: ${value}\n`;
    assert.deepEqual(found1(text), [['credentials', value]]);
  });
  for (const none of [
    `@token = my-token-for-tests-of-orders-1\n`,
    `@token = {{login.response.body.access_token}}\n`,
    `@pageToken = ${value}\n`,
    `@csrf_token = ${value}\n`,
    `mail@token = ${value}\n`,
    `GET https://a?token={{token}}&pageToken=${value}\n`,
    `GET https://a?next_token=${value}\n`,
    `GET https://a\nX-CSRF-Token: ${value}\nX-XSRF-TOKEN: ${value}\n`,
    `{"nextPageToken": "${value}", "token": "${value}", "csrf_token": "${value}"}`,
    `{"Authorization": "your-token-goes-here-0123456789"}`,
    `GET https://a\nAuthorization: {{token}}\n`,
    `Authorization: Bearer\n`,
  ])
    it(`but not ${none}`, () => assert.deepEqual(found(none), []));
});

// lemonldap-ng, manager/htdocs/static/reverseTree.json.
// GitLab's header, and what a blank too many makes of everybody's.
it('also behind PRIVATE-TOKEN, and behind two blanks', () => {
  assert.deepEqual(found(`PRIVATE-TOKEN: ${opaque}\n`), [['bearer', opaque, 'PRIVATE-TOKEN']]);
  assert.deepEqual(found(`Authorization: Bearer  ${opaque}\n`), [['bearer', opaque, 'Authorization']]);
});

it('a path of words is none', () => {
  for (const none of ['generalParameters/authParams/facebookParams', 'secret/data/my_app/client_secret'])
    assert.deepEqual(found(`{"facebookAppSecret": "${none}"}`), [], none);
});

it('a placeholder that begins as Google’s refresh tokens do is none', () => {
  for (const none of ['1//your-refresh-token', '1//0abc123def456...', '1//0your_refresh_token', '1//...'])
    assert.deepEqual(found(`GOOGLE_REFRESH_TOKEN=${none}\n`), [], none);
  const token = '1//03Kd8sQ2LrXw7CgYIARAAGAMSNwF-L9IrT5vB2nZ';
  assert.deepEqual(found(`GOOGLE_REFRESH_TOKEN=${token}\n`), [
    ['refresh_token', token, 'GOOGLE_REFRESH_TOKEN'],
  ]);
});

describe('secrets in a file are found', () => {
  const files: Readonly<Record<string, readonly [string, readonly unknown[]]>> = {
    'a literal header': [`GET https://a\nAuthorization: Bearer ${jwt}\n`, ['jwt', jwt, 'Authorization']],
    'a file variable': [`@orders_token = ${jwt}\n`, ['jwt', jwt, 'orders_token']],
    'a JSON environment': [`{"dev":{"orders_token":"${jwt}"}}`, ['jwt', jwt, 'orders_token']],
    'a URL': [`GET https://a?access_token=${jwt}&x=1`, ['jwt', jwt, 'access_token']],
    'a .env file': [`CLIENT_SECRET=${secret}\n`, ['client_secret', secret, 'CLIENT_SECRET']],
    'a .env file with a prefix': [
      `export ORDERS_CLIENT_SECRET="${secret}" # it\n`,
      ['client_secret', secret, 'ORDERS_CLIENT_SECRET'],
    ],
    'what a shell takes where a variable is missing': [
      `CLIENT_SECRET: \${CLIENT_SECRET:-${secret}}\n`,
      ['client_secret', secret, 'CLIENT_SECRET'],
    ],
    'what Spring takes then': [
      `client-secret: \${CLIENT_SECRET:${secret}}\n`,
      ['client_secret', secret, 'CLIENT_SECRET'],
    ],
    'camel case in JSON': [`{ "clientSecret": "${secret}" }`, ['client_secret', secret, 'clientSecret']],
    'JetBrains’ own name': [`"Client Secret": "${secret}"`, ['client_secret', secret, 'Client Secret']],
    YAML: [`spring:\n  client-secret: ${secret}\n`, ['client_secret', secret, 'client-secret']],
    'quoted YAML': [`clientSecret: '${secret}'\n`, ['client_secret', secret, 'clientSecret']],
    'a form': [`grant_type=x&client_secret=${secret}&a=1`, ['client_secret', secret, 'client_secret']],
    'a refresh token in JSON': [
      `"refresh_token": "0.AXoA-x8Q"`,
      ['refresh_token', '0.AXoA-x8Q', 'refresh_token'],
    ],
    'a refresh token in a form': [
      'refresh_token=v1.M0cX9s8d&x',
      ['refresh_token', 'v1.M0cX9s8d', 'refresh_token'],
    ],
    'a refresh token by its words': [
      '"Refresh Token": "v1.M0cX9s8d"',
      ['refresh_token', 'v1.M0cX9s8d', 'Refresh Token'],
    ],
    'an opaque bearer': [
      '"Authorization": "Bearer gho_16C7e42F292c6912E7710c83"',
      ['bearer', 'gho_16C7e42F292c6912E7710c83', 'Authorization'],
    ],
    'an access token by its name': [`"access_token": "${opaque}"`, ['bearer', opaque, 'access_token']],
    'a variable of a file': [`@accessToken = ${opaque}\n`, ['bearer', opaque, 'accessToken']],
    'Bearer in capitals': [`AUTHORIZATION: BEARER ${opaque}`, ['bearer', opaque, 'AUTHORIZATION']],
    'JSON within JSON': [
      `"body": "{\\"client_secret\\":\\"${opaque}\\"}"`,
      ['client_secret', opaque, 'client_secret'],
    ],
    'an argument': [`{"args":["--client-secret=${opaque}"]}`, ['client_secret', opaque, 'client-secret']],
    'the argument behind its name': [
      `{"args":["--client-secret","${opaque}"]}`,
      ['client_secret', opaque, 'client-secret'],
    ],
    'the headers of mcp.json': [
      `{"headers":{"Authorization":"Bearer ${opaque}"}}`,
      ['bearer', opaque, 'Authorization'],
    ],
    'a block of YAML': [`client_secret: |\n  ${opaque}\n`, ['client_secret', opaque, 'client_secret']],
    'a folded block of YAML': [
      `client_secret: >-\r\n  ${opaque}\r\n`,
      ['client_secret', opaque, 'client_secret'],
    ],
    'the line below in YAML': [`clientSecret:\n    ${opaque}\n`, ['client_secret', opaque, 'clientSecret']],
    'a tag of YAML': [`client_secret: !!str ${opaque}`, ['client_secret', opaque, 'client_secret']],
    'an anchor of YAML': [`client_secret: &s "${opaque}"`, ['client_secret', opaque, 'client_secret']],
    'a .env file in single quotes': [
      `A_CLIENT_SECRET='${opaque}'`,
      ['client_secret', opaque, 'A_CLIENT_SECRET'],
    ],
    'a .env file in backticks': [`CLIENT_SECRET=\`${opaque}\``, ['client_secret', opaque, 'CLIENT_SECRET']],
    'an encrypted JWT': [`token: ${jwe}`, ['jwt', jwe, 'token']],
    'Basic credentials': [`Authorization: Basic ${basic}\n`, ['credentials', basic, 'Authorization']],
    'Basic credentials in JSON': [`{"auth":"basic ${basic}"}`, ['credentials', basic, 'auth']],
    'the scheme token': [`Authorization: token ${opaque}\n`, ['bearer', opaque, 'Authorization']],
    'the scheme SSWS': [`{"authorization": "SSWS ${opaque}"}`, ['bearer', opaque, 'authorization']],
    'SSWS in a .env file': [`OKTA="SSWS ${opaque}"`, ['bearer', opaque, 'OKTA']],
    'another scheme': [`-H 'Authorization: ApiKey ${opaque}'`, ['bearer', opaque, 'Authorization']],
    'X-API-Key': [`GET https://a\nX-API-Key: ${opaque}\n`, ['credentials', opaque, 'X-API-Key']],
    'an API key in JSON': [`{"x-api-key":"${opaque}"}`, ['credentials', opaque, 'x-api-key']],
    'an API key of a .env file': [`MAPS_API_KEY=${opaque}`, ['credentials', opaque, 'MAPS_API_KEY']],
    'a private key': [`# key\n${pem}\n`, ['private_key', pem, undefined]],
    'a private key in JSON': [
      `{"k":"${pem.replaceAll('\n', '\\n')}\\n"}`,
      ['private_key', pem.replaceAll('\n', '\\n'), undefined],
    ],
    'an environment of Kubernetes': [
      `env:\n  - name: ORDERS_SECRET # it\n    value: "${opaque}"\n`,
      ['client_secret', opaque, 'ORDERS_SECRET'],
    ],
    'a client secret of Kubernetes': [
      `- name: CLIENT_SECRET\r\n  value: ${secret}\r\n`,
      ['client_secret', secret, 'CLIENT_SECRET'],
    ],
    'a header of Postman': [
      `{"key": "X-API-Key",\n "value": "${opaque}"}`,
      ['credentials', opaque, 'X-API-Key'],
    ],
    'a JWT at the end of a sentence': [`# It is ${jwt}. Use it.\n`, ['jwt', jwt, undefined]],
    'a JWT before three points': [`# ${jwt}...\n`, ['jwt', jwt, undefined]],
    'a bearer at the end of a sentence': [
      `# Send Bearer gho_16C7e42F292c6912E7710c83. Done\n`,
      ['bearer', 'gho_16C7e42F292c6912E7710c83', undefined],
    ],
    // As ForgeRock and others write it: RFC 7515 forbids no white space in the header.
    'a JWT with a blank in its header': [
      `token=${spaced('{ "typ": "JWT", "alg": "RS256" }')}`,
      ['jwt', spaced('{ "typ": "JWT", "alg": "RS256" }'), 'token'],
    ],
    'a JWT with line feeds in its header': [
      `token=${spaced('{\n "alg": "RS256"\n}')}`,
      ['jwt', spaced('{\n "alg": "RS256"\n}'), 'token'],
    ],
    'a JWT with tabs in its header': [
      `token=${spaced('{\n\t"alg": "RS256"\n}')}`,
      ['jwt', spaced('{\n\t"alg": "RS256"\n}'), 'token'],
    ],
    'a JWT with line ends of Windows in its header': [
      `token=${spaced('{\r\n "alg": "RS256"}')}`,
      ['jwt', spaced('{\r\n "alg": "RS256"}'), 'token'],
    ],
    'a part of a multipart body': [
      `--b\r\nContent-Disposition: form-data; name="client_secret"\r\n\r\n${opaque}\r\n--b--`,
      ['client_secret', opaque, 'client_secret'],
    ],
    'a part of a multipart body with its type': [
      `Content-Disposition: form-data; name="refresh_token"\nContent-Type: text/plain\n\n${opaque}\n--b--`,
      ['refresh_token', opaque, 'refresh_token'],
    ],
    'Basic credentials in plain words': [
      `Authorization: Basic orders ${opaque}\r\nA: 1\r\n`,
      ['credentials', opaque, 'Authorization'],
    ],
    'Basic credentials with a colon': [
      `GET https://a\nauthorization: Basic orders:${opaque}`,
      ['credentials', opaque, 'Authorization'],
    ],
    'what a script keeps': [
      `> {%\n  client.global.set("refresh_token", "${opaque}");\n%}`,
      ['refresh_token', opaque, 'refresh_token'],
    ],
    'a name and password of curl': [
      `curl https://a/token -u orders:${opaque} -d a=b\n`,
      ['credentials', opaque, 'user'],
    ],
    'a name and password of curl in quotes': [
      `curl --user "orders:${opaque}" https://a/token`,
      ['credentials', opaque, 'user'],
    ],
    'keycloak.json': [`{"credentials": {\n "secret": "${opaque}"\n}}`, ['client_secret', opaque, 'secret']],
    'Keycloak in YAML': [`credentials:\n  secret: ${opaque}\n`, ['client_secret', opaque, 'secret']],
    'Keycloak in an environment': [
      `KEYCLOAK_CREDENTIALS_SECRET=${opaque}\n`,
      ['client_secret', opaque, 'KEYCLOAK_CREDENTIALS_SECRET'],
    ],
    'Auth.js in an environment': [
      `AUTH_GITHUB_SECRET="${opaque}"\n`,
      ['client_secret', opaque, 'AUTH_GITHUB_SECRET'],
    ],
    'a value before its name': [
      `{"value": "${secret}", "key": "client_secret"}`,
      ['client_secret', secret, 'client_secret'],
    ],
    'a value and a type before the name': [
      `{\n  "value": "${opaque}",\n  "type": "text",\n  "enabled": true,\n  "key": "refresh_token"\n}`,
      ['refresh_token', opaque, 'refresh_token'],
    ],
    'a value before its name in YAML': [
      `- value: ${opaque}\n  name: ORDERS_SECRET\n`,
      ['client_secret', opaque, 'ORDERS_SECRET'],
    ],
    'a value with escaped quotes before its name': [
      `"{\\"value\\":\\"${opaque}\\",\\"key\\":\\"client_secret\\"}"`,
      ['client_secret', opaque, 'client_secret'],
    ],
    'a type between name and value': [
      `{"key": "client_secret", "type": "text",\n "description": "of the client", "value": "${secret}"}`,
      ['client_secret', secret, 'client_secret'],
    ],
    'an entry of an object': [
      `> {%\n  client['client_secret'] = '${secret}';\n%}`,
      ['client_secret', secret, 'client_secret'],
    ],
    'a parameter in brackets': [
      `oauth[client_secret]=${opaque}&x=1`,
      ['client_secret', opaque, 'client_secret'],
    ],
    'a secret by the name of its server': [
      `GOOGLE_SECRET=${opaque}\n`,
      ['client_secret', opaque, 'GOOGLE_SECRET'],
    ],
    'the same, exported': [`export GITHUB_SECRET="${opaque}"\n`, ['client_secret', opaque, 'GITHUB_SECRET']],
    'a secret of a server’s own': [`JWT_SECRET=${opaque}\n`, ['credentials', opaque, 'JWT_SECRET']],
    'a secret that begins with a bracket': [
      `CLIENT_SECRET=(p8eQ9s0me7)Xy\n`,
      ['client_secret', '(p8eQ9s0me7)Xy', 'CLIENT_SECRET'],
    ],
    'a secret that begins with a sign': [
      `"client_secret": "%p8e$Q9s0me7Xy"`,
      ['client_secret', '%p8e$Q9s0me7Xy', 'client_secret'],
    ],
    'a secret that begins with a dollar sign and a digit': [
      `client_secret: "$2p8eQ9s0me7Xy"`,
      ['client_secret', '$2p8eQ9s0me7Xy', 'client_secret'],
    ],
    'a secret that begins with a star': [
      `"clientSecret":"*p8eQ9s0me7Xy"`,
      ['client_secret', '*p8eQ9s0me7Xy', 'clientSecret'],
    ],
    'a secret that begins with an angle': [
      `"clientSecret":"<p8eQ9s0me7Xy"`,
      ['client_secret', '<p8eQ9s0me7Xy', 'clientSecret'],
    ],
    'a bearer token by its name': [`@bearerToken = "${opaque}=="`, ['bearer', `${opaque}==`, 'bearerToken']],
    'the token of a tool in mcp.json': [
      `{"env": { "PLAYWRIGHT_MCP_EXTENSION_TOKEN": "${opaque}" }}`,
      ['bearer', opaque, 'PLAYWRIGHT_MCP_EXTENSION_TOKEN'],
    ],
    'the token of a bot, with its number': [
      `BOT_TOKEN=6543992536:${opaque}\n`,
      ['bearer', `6543992536:${opaque}`, 'BOT_TOKEN'],
    ],
    'a token of Kubernetes': [
      `- name: ORDERS_TOKEN\n  value: ${opaque}\n`,
      ['bearer', opaque, 'ORDERS_TOKEN'],
    ],
    'the authtoken of a tunnel': [`NGROK_AUTHTOKEN=${opaque}`, ['bearer', opaque, 'NGROK_AUTHTOKEN']],
    'a random text behind what could be the name of a store': [
      `client_secret: abc:${opaque}`,
      ['client_secret', `abc:${opaque}`, 'client_secret'],
    ],
    'Basic credentials of one who is called as a store': [
      `Authorization: Basic ${base64(`vault:${secret}`)}`,
      ['credentials', base64(`vault:${secret}`), 'Authorization'],
    ],
    'the last line': [`client_secret: ${secret}`, ['client_secret', secret, 'client_secret']],
  };
  for (const [title, [text, expected]] of Object.entries(files))
    it(title, () => assert.deepEqual(found(text), [expected]));

  // Put together here, so that nobody takes them for tokens of ours.
  const tail = 'a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8';
  const marked: readonly (readonly [kind: string, start: string])[] = [
    ...['ghp_', 'gho_', 'ghu_', 'ghs_', 'github_pat_'].map((start) => ['bearer', start] as const),
    ...['xoxb-12-', 'xoxp-12-', 'xapp-1-', 'glpat-', 'ya29.'].map((start) => ['bearer', start] as const),
    ...['ghr_', 'xoxe-1-', '1//0g'].map((start) => ['refresh_token', start] as const),
    ...['GOCSPX-', 'gloas-a1B2-', 'aB38Q~'].map((start) => ['client_secret', start] as const),
    ...['gldt-', 'glrt-', 'sk-ant-api03-', 'sk-proj-', 'pypi-AgEI'].map(
      (start) => ['credentials', start] as const,
    ),
    ...['sk_live_', 'rk_live_', 'npm_', 'hf_', 'shpat_', 'dop_v1_'].map(
      (start) => ['credentials', start] as const,
    ),
  ];
  for (const [kind, start] of marked)
    it(`a token that says whose it is: ${start}`, () => {
      for (const [before, after] of [
        ['TOKEN=', '\n'],
        ['{"env":{"X":"', '"}}'],
        ['GET https://a?t=', '&b=1'],
        ['# ', ' #'],
        ['# It is ', '. Use it.'],
        ['# It is ', '.'],
      ] as const)
        assert.deepEqual(
          found(`${before}${start}${tail}${after}`).map((one) => one.slice(0, 2)),
          [[kind, start + tail]],
        );
      for (const none of ['x'.repeat(40), 'your_token_here', '...', '<token>', '{{token}}', 'abc'])
        assert.deepEqual(found(`TOKEN=${start}${none}`), [], none);
    });

  const clean = [
    'npm_config_registry_of_version_2_and_more_words_behind_it',
    'hf_hub_download_model_v2_weights_of_a_long_name_here_1',
    'https://a.example/aQ~b',
    'the answer Q~ of 8Q~ is short',
    'access_token: string',
    '"access_token": "{{token}}"',
    'access_token=$TOKEN',
    'accessToken = response.body.access_token1234567890',
    '"access_token_url": "https://example.com/token/abcdef01234567"',
    'accessToken: await getToken()',
    'client_secret: ENC[AES256_GCM,data:abc]',
    'CLIENT_SECRET=example-secret',
    'BOT_TOKEN=123456:ABC-DEF1234ghIkl-zyx57W2v1u123ew11',
    'USDC_TOKEN=0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48',
    'NEXT_PUBLIC_MAPBOX_TOKEN=pk.a1B2c3D4e5F6g7H8i9J0k1L2m3N4',
    'STRIPE_API_KEY=pk_live_a1B2c3D4e5F6g7H8i9J0k1L2m3N4',
    'MAX_TOKEN=4096',
    'SYSTEM_TOKEN=sys-token-for-tests-20240101',
    'GITHUB_TOKEN=${GITHUB_TOKEN}',
    'PAGE_TOKEN=PASTE_THE_TOKEN_OF_THE_PAGE_12_HERE',
    '@bearerToken = paste your bearer token here',
    'clientSecret: "my-client-secret"',
    '"clientSecret": "test-client-secret"',
    'client_secret: "********"',
    'client_secret: xxxxxxxxxxxxxxxx',
    'client_secret: !vault |',
    'client_secret:\n  name: orders-secret-1\n',
    'client_secret:\n  - one-secret-12345\n',
    'clientSecret:\n  secretKeyRef: x\n',
    'refresh_token: "tGzv3JOkF0XG5Qx2TlKWIA"',
    '"access_token":"2YotnFZFEjr1zCsicMWpAA12"',
    '"example": "Bearer SlAV32hkKG12345678901"',
    'www-authenticate: Bearer realm="example", error="invalid_token"',
    // Where a store is asked for the secret: of 1Password, vals, Teller, chezmoi, Berglas, Doppler, GitHub, Docker and others.
    'CLIENT_SECRET=op://vault/item/secret1',
    'CLIENT_SECRET=keyring:x1234567',
    'client_secret: env:NAME12345',
    'client_secret: ENV:NAME12345',
    '"clientSecret": "keychain:orders/secret1"',
    '"clientSecret": "secret:orders-1-client"',
    'CLIENT_SECRET=secrets:orders/client1',
    'CLIENT_SECRET=pass:web/orders1',
    'CLIENT_SECRET=bw:3f2a9c1e-orders',
    'CLIENT_SECRET=awssm:orders/client#1',
    'CLIENT_SECRET=aws-sm://orders/client1',
    'CLIENT_SECRET=gcp-sm:orders-1-client',
    'CLIENT_SECRET=berglas://bucket-1/client',
    'CLIENT_SECRET=sm://project-1/client',
    'CLIENT_SECRET=keyvault://orders-1/client',
    'CLIENT_SECRET=akv://orders1.vault.azure.net/client',
    'CLIENT_SECRET=ssm:/orders/client1',
    'CLIENT_SECRET=secretRef:client-1-secret',
    'CLIENT_SECRET=doppler:orders-1/dev/CLIENT',
    'CLIENT_SECRET=infisical://orders1/client',
    'CLIENT_SECRET=dotenv://orders1/CLIENT',
    'CLIENT_SECRET=exec:get-secret-1',
    'CLIENT_SECRET=cmd:get-secret-1',
    'client_secret: secrets.ORDERS_1',
    'client_secret: vars.ORDERS_1',
    'client_secret: ${{ secrets.ORDERS_1 }}',
    'client_secret: kubernetes://orders1/client',
    'client_secret: "akeyless:/orders/client1"',
    'client_secret: gcp:secretmanager:projects/p1/secrets/s',
    'client_secret: 1password:orders/client1',
    'client_secret: k8s:orders/client-1',
    `clientSecret: "@env('CLIENT_SECRET_1')"`,
    'client_secret: "{{ .Values.secret }}"',
    '["client_secret","value-12345678"]',
    'Authorization: Bearer {{token}}',
    'Authorization: Bearer {{$auth.token("orders")}}',
    'client_secret={{clientSecret}}',
    'CLIENT_SECRET=',
    'client.global.set("refresh_token", response.body.refresh_token1);',
    'client.assert(has("client_secret"), "client_secret_1 missing")',
    'client.assert("refresh_token", "missing_refresh")',
    // Texts of user interfaces, as in the themes of Keycloak.
    '{"refreshToken":"Aktualisierungstoken","clientSecret":"Clientgeheimnis"}',
    '{"clientSecret":"Секрет клиента","refreshToken":"リフレッシュトークンです"}',
    '{"refreshToken":"Das Refresh-Token ist abgelaufen."}',
    'refreshToken: json.data.refreshToken,',
    'clientSecret=Configuration["Secret"]',
    'client_secret: getSecret("orders")',
    'clientSecret: arn:aws:secretsmanager:eu-1:123456789012:secret:x',
    '"refreshToken": "#/components/schemas/RefreshToken"',
    'ClientSecret: !Ref ClientSecretParam1',
    'client_secret: !secret spotify_1_credential',
    'Content-Disposition: form-data; name="client_secret"\n\n{{secret}}\n--b--',
    'Content-Disposition: form-data; name="client_secret"\n\n< ./secret.txt\n--b--',
    'credentials:\n  secret: orders-secret-1\n',
    'CLIENT_SECRET=changeme',
    'CLIENT_SECRET=your-client-secret',
    'CLIENT_SECRET=${ORDERS_SECRET}',
    '"clientSecret": "${input:secret}"',
    '"clientSecret": { "type": "string" }',
    'client_secret: <your secret here>',
    'clientSecret: string',
    'clientSecret: process.env.CLIENT_SECRET',
    'CLIENT_SECRET=changeme123',
    'CLIENT_SECRET=ChangeMe123!',
    'client_secret: secret12',
    'client_secret: supersecret1',
    'client_secret: "password123"',
    'client_secret: Passw0rd!',
    'AUTH0_CLIENT_SECRET=auth0-client-secret',
    'AUTH0_CLIENT_SECRET=auth0_secret_2',
    '"client_secret": "my-secret-1"',
    'client_secret: 1234567890',
    'client_secret: 0000000000',
    'client_secret: abc123456',
    'refresh_token: comes_from_login',
    'refresh_token: currentRefreshToken,',
    'refresh_token: set-by-the-script',
    'refresh_token: taken.from.the.response',
    'GOOGLE_SECRET=projects/1234567890/secrets/google/versions/1',
    'TLS_SECRET=wildcard-example-com-tls-2024',
    'existingSecret: orders-postgresql-credentials-2024',
    'CLIENT_SECRET=(required1)',
    '"client_secret": "(your 1 secret)"',
    'client_secret: (await getSecrets1())',
    '"client_secret": "[0secret]"',
    '"client_secret": "*******1"',
    '"client_secret": "%CLIENT_SECRET1%"',
    '"client_secret": "$CLIENT_SECRET_1"',
    'client_secret: *anchor_of_secret_1',
    'client_secret: [one1, two2]',
    '{"value": "{{client_secret}}", "key": "client_secret"}',
    `{"value": "${opaque}", "key": "orders"}, {"key": "client_secret"}`,
    `{"value": "${opaque}", "items": [{"key": "client_secret"}]}`,
    'client_secret_basic',
    'clientAuthentication: client_secret_post',
    'secretName: orders-secret-name-1',
    'refresh_token_lifetime: 36000000000',
    'Authorization: Bearer <token>',
    'the word Bearer followed by a sentence',
    'eyJ is how they begin',
    'eyJhbGciOiJub25lIn0',
    '# client_secret: required',
    'grant_type=refresh_token&x=12345678',
    `Authorization: Basic ${base64('user:password')}`,
    `Authorization: Basic ${base64('Aladdin:open sesame')}`,
    `Authorization: Basic ${base64('{{user}}:{{password}}')}`,
    'Authorization: Basic {{credentials}}',
    'Basic authentication is turned off',
    'Authorization: Basic ada:password1',
    'Authorization: Basic {{user}}:{{password_of_orders_1}}',
    'Authorization: Basic {{user}} {{password_of_orders_1}}',
    'curl -u orders:password https://a',
    'curl -u "$ID:$SECRET_1234567890123456" https://a',
    'curl -u {{id}}:{{secret}} https://a',
    'docker run -u 1000:1000 a/b:v1.2.3-abcdefghijklmnop1',
    'Authorization: token {{token}}',
    'Authorization: SSWS ${OKTA_TOKEN_1234567890}',
    'Authorization: Digest username=ada1234567890123456',
    'Authorization: AWS4-HMAC-SHA256 Credential=AKIA12345678901234567/x',
    'the token abcdef0123456789abcdef is none',
    'X-API-Key: {{key}}',
    'X-API-Key: your-api-key-goes-here',
    'API_KEY=<key>',
    '-----BEGIN PRIVATE KEY-----\nMIIEvQ...\n-----END PRIVATE KEY-----',
    '-----BEGIN PRIVATE KEY-----\n{{key}}\n-----END PRIVATE KEY-----',
    `-----BEGIN PUBLIC KEY-----\n${'A1b2'.repeat(20)}\n-----END PUBLIC KEY-----`,
    `-----BEGIN CERTIFICATE-----\n${'A1b2'.repeat(20)}\n-----END CERTIFICATE-----`,
    '- name: ORDERS_SECRET\n  value: orders-secret-1\n',
    '- name: ORDERS_SECRET\n  value: "{{ .Values.secret }}"\n',
    `- name: ORDERS_SECRET\n  valueFrom:\n    x: ${opaque}\n`,
    // A map of YAML, as in Kubernetes.
    'clientSecret:\n  secretKeyRef:\n    name: dex-client-1\n    key: secret\n',
    'client_secret:\r\n  valueFrom_1:\r\n    name: orders\r\n',
    // What is called so in CloudFormation, serverless.yml and schemas.
    'RefreshToken: RefreshTokenFunction\n',
    '{"refreshToken": "RefreshTokenInput"}',
    'clientSecret: oauthClientSecretRef\n',
    // What people type where a secret will stand.
    'API_TOKEN=0123456789abcdef0123456789abcdef\n',
    'CLIENT_SECRET=abcdefghijklmnopqrstuvwxyz123456\n',
    'CLIENT_SECRET="1234567890"\n',
    // What a shell and Docker Compose say where a variable is missing, or is not. @see POSIX, Parameter Expansion
    'OAUTH_CLIENT_SECRET: ${OAUTH_CLIENT_SECRET:?missing}\n',
    'CLIENT_SECRET="${CLIENT_SECRET:?CLIENT_SECRET_missing1}"\n',
    'run: login ${REFRESH_TOKEN:+--refresh-token-1}\n',
    'CLIENT_SECRET: ${CLIENT_SECRET:-dev-secret}\n',
    // As frameworks and their templates have them.
    'APP_SECRET=ThisTokenIsNotSoSecretChangeIt\n',
    'CLIENT_SECRET=PUT_YOURS_HERE_1\n',
    'API_KEY=00000000-0000-0000-0000-000000000000\n',
    'CLIENT_SECRET=deadbeefdeadbeefdeadbeefdeadbeef\n',
    // As test fixtures have them.
    '{"refresh_token": "refresh-original", "client_secret": "mock-credential"}',
    '{"refresh_token": "an-expired-one"}',
    'refresh_token=fixture-refresh',
    '{"refresh_token": "refresh-2"}',
    'X-Api-Key: demo-key-1234567890-demo',
    'Authorization: Bearer eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9...',
  ];
  for (const text of clean) it(`none: ${text}`, () => assert.deepEqual(found(text), []));

  it('several, in their order, none twice', () => {
    const text = `a: ${jwt}\nclient_secret: ${secret}\nrefresh_token: ${jwt}\n`;
    assert.deepEqual(
      found(text).map(([kind]) => kind),
      ['jwt', 'client_secret', 'jwt'],
    );
  });

  // Made up.
  it('of more than a hundred those that come first, however they are called', () => {
    const kinds = [
      (at: number) => `GITHUB_SECRET=${opaque}${at}`,
      (at: number) => `client_secret: ${opaque}${at}`,
      (at: number) => `TWITTER_ACCESS_TOKEN_SECRET=${opaque}${at}`,
      (at: number) => `key: ghp_4aBc${opaque}${at}`,
      (at: number) => `token: ${jwt}${at}`,
      (at: number) => `Authorization: Bearer ${opaque}${at}`,
      (at: number) => `curl -u ada:${opaque}${at} https://api.example.com`,
    ];
    const starts = (text: string) => findLeaks(text).map(({ start, kind }) => `${start} ${kind}`);
    for (let turn = 0; turn < kinds.length; turn++) {
      const lines = Array.from({ length: 700 }, (_, at) => {
        const kind = kinds[(turn + Math.floor(at / 60)) % kinds.length];
        return kind?.(at) ?? '';
      });
      const head = lines.slice(0, 90).join('\n');
      const told = starts(lines.join('\n'));
      assert.equal(told.length, 100);
      assert.deepEqual(told.slice(0, 90), starts(head));
    }
  });
});

describe('what is said and put in its place', () => {
  const [leak] = findLeaks(`@orders_token = ${jwt}\n`);
  const [named] = findLeaks(`"clientSecret": "${secret}"`);
  const [bare] = findLeaks(`Authorization: Bearer ${jwt}`);

  it('never the secret', () => {
    assert.ok(leak && named);
    for (const one of [leak, named])
      for (const tracked of [true, false]) assert.doesNotMatch(leakMessage(one, tracked), /eyJ|p8e/);
    assert.doesNotMatch(JSON.stringify([leak, named]), /eyJ|p8e/);
  });

  it('a variable as the file writes it', () => {
    assert.ok(leak && named && bare);
    assert.deepEqual(
      (['http', 'mcp', 'json', 'yaml', 'dotenv'] as const).map((file) =>
        leakReference(leakVariable(named, file), file),
      ),
      ['{{clientSecret}}', '${env:CLIENT_SECRET}', '${CLIENT_SECRET}', '${CLIENT_SECRET}', undefined],
    );
    assert.equal(leakVariable(leak, 'http'), 'orders_token');
    assert.equal(leakVariable(bare, 'http'), 'token');
  });

  it('only in files that hold such things', () => {
    const kinds = [
      '/a/x.http',
      '/a/X.REST',
      '/a/.env',
      '/a/.env.local',
      '/a/dev.env',
      '/a/.vscode/mcp.json',
      '/a/.mcp.json',
      '/a/b.json',
      '/a/b.yml',
      '/a/b.ts',
      '/a/README.md',
    ];
    assert.deepEqual(
      kinds.map((path) => leakFileOf(path)),
      ['http', 'http', 'dotenv', 'dotenv', 'dotenv', 'mcp', 'mcp', 'json', 'yaml', undefined, undefined],
    );
    assert.equal(leakFileOf('Untitled-1', 'http'), 'http');
  });
});

describe('the JWT at a place', () => {
  const text = `token=${jwt}; next ${jwe}, end`;
  const start = text.indexOf(jwt);
  const cases: Readonly<Record<string, readonly [number, string | undefined]>> = {
    'before it': [start - 1, undefined],
    'at its first character': [start, jwt],
    'within it': [start + 20, jwt],
    'behind its last character': [start + jwt.length, jwt],
    'between two': [start + jwt.length + 2, undefined],
    'in an encrypted one': [text.indexOf(jwe) + 30, jwe],
    'beyond the end': [text.length + 50, undefined],
  };
  for (const [name, [at, expected]] of Object.entries(cases))
    it(name, () => assert.equal(jwtAt(text, at), expected));
  it('in a line of a million characters', () => {
    const far = 'x '.repeat(500_000);
    assert.equal(jwtAt(`${far}${text}${far}`, far.length + start + 3), jwt);
  });
});
