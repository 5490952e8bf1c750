import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { answered, rightlyExplained, type More, type Step } from './realAnswer.ts';

type Row = readonly [
  what: string,
  step: Step,
  status: number,
  body: string | object,
  headers: NonNullable<More['headers']>,
  cause: string,
  says?: RegExp,
];

const page = { 'content-type': 'text/html' };

/** Answers that break a rule of HTTP, JSON or OAuth: what is said of them is what came. */
const odd: readonly Row[] = [
  [
    'a redirect without an address',
    'token',
    303,
    '',
    {},
    'redirected',
    /does not say where to.*has no Location/,
  ],
  [
    'a redirect to a slash',
    'token',
    301,
    '',
    { location: '/token/' },
    'redirected',
    /Sent to http:[^"]*\/token\//,
  ],
  [
    'a redirect to https at another host: a fix that opens the field, and none that takes the host over',
    'token',
    301,
    '',
    { location: 'https://www.example.com/token' },
    'redirected',
    /"fixes":\[\{"kind":"edit_profile","field":"tokenEndpoint"\}\]/,
  ],
  [
    'a redirect to no address',
    'token',
    302,
    '',
    { location: 'http://[' },
    'redirected',
    /an address that is none/,
  ],
  [
    'Retry-After in seconds',
    'token',
    429,
    '',
    { 'retry-after': '120' },
    'asked-too-often',
    /Wait 120 seconds/,
  ],
  [
    'Retry-After of a day',
    'token',
    503,
    '',
    { 'retry-after': '86400' },
    'server-in-trouble',
    /Wait 86400 seconds/,
  ],
  [
    'Retry-After as a date',
    'token',
    429,
    '',
    { 'retry-after': 'Wed, 21 Oct 2099 07:28:00 GMT' },
    'asked-too-often',
    /Oct 2099/,
  ],
  [
    'Retry-After in words',
    'token',
    503,
    'x',
    { 'retry-after': 'soon' },
    'server-in-trouble',
    /Retry-After is soon.*Wait a little/,
  ],
  ['Retry-After below zero', 'token', 429, '', { 'retry-after': '-5' }, 'asked-too-often', /Wait a little/],
  [
    'Retry-After without end',
    'token',
    429,
    '',
    { 'retry-after': '9'.repeat(30) },
    'asked-too-often',
    /Wait a little/,
  ],
  [
    'a page of maintenance',
    'token',
    503,
    '<html>Maintenance</html>',
    { ...page, 'retry-after': '60' },
    'server-in-trouble',
  ],
  [
    'a page that forbids, of no gateway that is known, as nginx sends it',
    'token',
    403,
    '<html>\r\n<head><title>403 Forbidden</title></head>\r\n<body>\r\n<center><h1>403 Forbidden</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>',
    page,
    'wrong-address',
    /forbids the request: a gateway or firewall stands before the token endpoint, or that is at another/,
  ],
  [
    'a method that is not taken, with those that are',
    'token',
    405,
    '',
    { allow: 'GET, HEAD' },
    'wrong-address',
    /Its Allow says that it takes GET, HEAD; sent was POST\./,
  ],
  [
    'error as an object',
    'token',
    400,
    { error: { code: 'invalid_client', message: 'x' } },
    {},
    'client-unknown-or-secret-wrong',
  ],
  [
    'error as a list',
    'token',
    400,
    { error: ['invalid_client'] },
    {},
    'client-unknown-or-secret-wrong',
    /with invalid_client\./,
  ],
  [
    'a challenge that names another way, and an empty body',
    'token',
    401,
    '',
    { 'www-authenticate': 'Negotiate, Basic realm="x"' },
    'client-unknown-or-secret-wrong',
    /The answer asks for Negotiate, Basic\./,
  ],
  [
    'unauthorized_client, which says something',
    'code',
    400,
    { error: 'unauthorized_client' },
    {},
    'client-unknown-or-secret-wrong',
    /^(?!.*does not say why).*like this, too/s,
  ],
  [
    'a refresh token that is called a token',
    'refresh',
    401,
    { error: 'invalid_token' },
    {},
    'refresh-token-rotated',
    /^(?!.*client-unknown)/s,
  ],
  ['what has not changed', 'token', 304, '', {}, 'no-token-there', /^(?!.*(?:redirect|refused))/is],
  [
    'a challenge that says why, and an empty body',
    'token',
    401,
    '',
    { 'www-authenticate': 'Bearer error="invalid_client", error_description="no such client"' },
    'client-not-known',
    /^(?!.*does not say why)/s,
  ],
  [
    'a challenge that is about the scope',
    'token',
    403,
    '',
    { 'www-authenticate': 'Bearer error="insufficient_scope", scope="admin"' },
    'scope-refused',
    /^(?!.*does not say why)/s,
  ],
  [
    'a target that is not known where none was named',
    'token',
    400,
    { error: 'invalid_target' },
    {},
    'target-unknown',
    /^(?!.*that was asked for, or).*to be told which API/s,
  ],
  [
    'a user who is to act where there is none',
    'token',
    400,
    { error: 'interaction_required' },
    {},
    'user-has-to-act',
    /^(?!.*"sign_in").*there is none who could be asked.*"field":"grant"/s,
  ],
  [
    'a time that is over',
    'token',
    400,
    { error: 'expired_token' },
    {},
    'error-code-expired_token',
    /^(?!.*has not decided yet)/s,
  ],
  [
    'a grant that the server does not offer',
    'token',
    400,
    { error: 'unsupported_grant_type' },
    {},
    'grant-not-allowed',
    /does not offer the grant client_credentials, or not to this client/,
  ],
  [
    'invalid_grant where there is neither a code nor a sign-in',
    'token',
    400,
    { error: 'invalid_grant' },
    {},
    'error-code-invalid_grant',
    /^(?!.*(?:sign-in|refresh|redirect|the code)).*for itself/is,
  ],
  ['error as true', 'token', 400, { error: true }, {}, 'reason-of-its-own'],
  [
    'a description that is a number',
    'token',
    401,
    { error: 'invalid_client', error_description: 5 },
    {},
    'client-unknown-or-secret-wrong',
  ],
  ['a token that is a number', 'token', 200, { access_token: 5 }, {}, 'no-access-token', /it is a number/],
  ['a token that is a list', 'token', 200, { access_token: ['a'] }, {}, 'no-access-token', /it is an array/],
  ['a token that is empty', 'token', 200, { access_token: '' }, {}, 'no-access-token', /it is empty/],
  ['a token that is null', 'token', 200, { access_token: null }, {}, 'no-access-token', /it is null/],
  ['a list', 'token', 200, [{ access_token: 'a' }], {}, 'no-token-there', /JSON that is not an object/],
  ['nothing', 'token', 200, '', {}, 'no-token-there', /an empty body/],
  ['no content', 'token', 204, '', {}, 'no-token-there', /status 204/],
  [
    'XML',
    'token',
    200,
    '<?xml version="1.0"?><r/>',
    { 'content-type': 'application/xml' },
    'no-token-there',
    /XML/,
  ],
  [
    'what is not packed',
    'token',
    200,
    { access_token: 'a' },
    { 'content-encoding': 'gzip' },
    'answer-not-unpacked',
  ],
];

/** By the code, or the number of the provider: the words are of another language, and no sentence of ours claims to have read them. */
const foreign: readonly Row[] = (
  [
    ['token', 'invalid_client', '客户端认证失败', 'client-unknown-or-secret-wrong'],
    ['token', 'invalid_client', 'クライアント認証に失敗しました', 'client-unknown-or-secret-wrong'],
    ['token', 'invalid_client', 'Ungültiges Client-Geheimnis', 'client-unknown-or-secret-wrong'],
    ['token', 'invalid_client', 'Identifiants client invalides', 'client-unknown-or-secret-wrong'],
    ['token', 'invalid_client', 'Credenciais do cliente inválidas', 'client-unknown-or-secret-wrong'],
    ['token', 'invalid_client', 'Неверный client_secret', 'client-unknown-or-secret-wrong'],
    ['token', 'invalid_scope', '无效的权限范围', 'scope-refused'],
    ['token', 'unauthorized_client', '클라이언트에 권한이 없습니다', 'grant-not-allowed'],
    ['code', 'invalid_grant', '授权码已过期', 'code-refused'],
    ['code', 'invalid_grant', '認可コードの有効期限が切れています', 'code-refused'],
    ['code', 'invalid_grant', 'Der Autorisierungscode ist abgelaufen', 'code-refused'],
    ['code', 'invalid_grant', 'Le code d’autorisation a expiré', 'code-refused'],
    ['code', 'invalid_request', '유효하지 않은 redirect_uri', 'redirect-uri-refused-at-token-endpoint'],
    // The code says too little: what the words name is looked up.
    ['code', 'invalid_request', '重定向地址不匹配', 'redirect-uri-refused-at-token-endpoint'],
    ['code', 'invalid_request', '回调地址与注册的不一致', 'redirect-uri-refused-at-token-endpoint'],
    ['code', 'invalid_request', 'リダイレクトURIが一致しません', 'redirect-uri-refused-at-token-endpoint'],
    [
      'code',
      'invalid_request',
      '리다이렉트 주소가 일치하지 않습니다',
      'redirect-uri-refused-at-token-endpoint',
    ],
    [
      'code',
      'invalid_request',
      'Die Weiterleitungs-URI stimmt nicht überein',
      'redirect-uri-refused-at-token-endpoint',
    ],
    [
      'code',
      'invalid_request',
      'L’URL de rappel ne correspond pas',
      'redirect-uri-refused-at-token-endpoint',
    ],
    [
      'code',
      'invalid_request',
      'La URI de redirección no coincide',
      'redirect-uri-refused-at-token-endpoint',
    ],
    ['code', 'invalid_request', 'URI de redirecionamento inválido', 'redirect-uri-refused-at-token-endpoint'],
    [
      'code',
      'invalid_request',
      'Адрес перенаправления не совпадает',
      'redirect-uri-refused-at-token-endpoint',
    ],
    ['code', 'invalid_grant', '重定向地址不匹配', 'redirect-uri-refused-at-token-endpoint'],
    ['code', 'invalid_request', '授权码已过期', 'code-not-taken'],
    ['code', 'invalid_request', 'Der Autorisierungscode wurde bereits verwendet', 'code-not-taken'],
    ['token', 'invalid_request', '客户端密钥错误', 'secret-refused'],
    ['token', 'invalid_request', 'クライアントシークレットが正しくありません', 'secret-refused'],
    ['token', 'invalid_request', 'Неверный секрет клиента', 'secret-refused'],
    ['token', 'invalid_request', '客户端不存在', 'client-not-known'],
    ['token', 'invalid_request', 'Cliente no existe: aplicación', 'client-not-known'],
    ['token', 'invalid_request', '缺少参数 scope', 'parameter-missing'],
    ['refresh', 'invalid_request', '刷新令牌已失效', 'refresh-token-not-taken'],
    ['refresh', 'invalid_grant', 'El token de actualización ha caducado', 'refresh-token-rotated'],
    [
      'token',
      'invalid_client',
      'AADSTS7000215: Ungültiger geheimer Clientschlüssel.',
      'entra-id/wrong-secret',
    ],
    [
      'token',
      'invalid_client',
      'AADSTS7000222: クライアント シークレットの有効期限',
      'entra-id/secret-expired',
    ],
    ['token', 'unauthorized_client', 'AADSTS700016: 在目录中找不到应用程序', 'entra-id/not-in-tenant'],
    ['token', 'invalid_request', 'AADSTS90002: 找不到租户', 'entra-id/tenant'],
    ['token', 'invalid_grant', 'AADSTS65001: L’utilisateur n’a pas consenti', 'entra-id/consent'],
  ] as const
).map(([step, error, error_description, cause]) => {
  const status = error === 'invalid_client' ? 401 : 400;
  return [`${step}: ${error_description}`, step, status, { error, error_description }, {}, cause];
});

describe('nothing of ours stands as the server’s words, and nothing secret in ours', () => {
  it('a name for an error that has none', async () => {
    const report = await answered('token', 400, { errors: ['No way today'] }, { headers: {} });
    const { server, causes } = rightlyExplained(report, 'reason-of-its-own');
    assert.equal(server?.error, undefined);
    assert.match(server?.error_description ?? '', /^No way today$/);
    assert.deepEqual(causes[0]?.evidence, ['The server said No way today.']);
  });

  for (const body of [
    'q7Zt9pXk2LmN4vBc8sDf1gHj6wRy3aEu5iOo0KxT',
    '"q7Zt9pXk2LmN4vBc8sDf1gHj6wRy3aEu5iOo0KxT"',
  ])
    it(`a token that comes alone: ${body.slice(0, 3)}`, async () => {
      const report = await answered('token', 200, body, { headers: { 'content-type': 'text/plain' } });
      const told = JSON.stringify([report.outcome, rightlyExplained(report, 'no-token-there')]);
      assert.doesNotMatch(told, /q7Zt9pXk/);
      assert.match(told, /one word of 40 characters|a string/);
    });
});

for (const [kind, rows] of [
  ['an odd answer is said to be what it is', odd],
  ['an answer in another language is known by its code or number', foreign],
] as const)
  describe(kind, () => {
    for (const [what, step, status, body, headers, cause, says] of rows)
      it(what, async () => {
        const report = await answered(step, status, body, { headers });
        const told = JSON.stringify([report.outcome, rightlyExplained(report, cause)]);
        assert.match(told, says ?? /./);
      });
  });
