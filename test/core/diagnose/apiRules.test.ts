import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { applyQuickFix } from '../../../src/core/diagnose/quickFix.ts';
import type { TokenFacts } from '../../../src/core/diagnose/tokenFacts.ts';
import type { Profile } from '../../../src/core/profile/profile.ts';
import { exchange, first } from './evidence.ts';
import { cause, causeIds, explain } from './play.ts';
import { authorizationCode, clientCredentials } from './support.ts';

const jwt: TokenFacts = {
  ...{ scopes: ['orders.read'], audience: ['https://api.example.com'], opaque: false, dpop: false },
  ...{ expiresAt: 5e12, issuer: 'https://login.example.com' },
};

interface Refusal {
  readonly status?: number;
  /** `WWW-Authenticate` fields. */
  readonly challenges?: readonly string[];
  readonly body?: string;
  readonly type?: string;
  readonly token?: TokenFacts;
  readonly profile?: Profile;
}

/** Explains what the API at `https://api.example.com/orders` answered. */
function refusal({ status = 401, challenges = [], body = '', type, token = jwt, profile }: Refusal) {
  const called = exchange({
    ...{ purpose: 'api', url: 'https://api.example.com/orders', startedAt: 1000 },
    response: {
      ...{ status, statusText: '', body },
      headers: [
        ...challenges.map((value) => ['WWW-Authenticate', value] as const),
        ...(type === undefined ? [] : [['content-type', type] as const]),
      ],
    },
  });
  const failure = {
    ...({ kind: 'http_error', step: 'api', status, exchange: 1, message: '', advice: '' } as const),
  };
  return explain(profile ?? authorizationCode(), { failure, exchanges: [called] }, { token });
}

it('a challenge without a scheme is one, and no firewall’s page, as django-oidc-provider’s (issue 417)', () => {
  const challenges = [
    'error="insufficient_scope", error_description="The request requires higher privileges than provided by the access token"',
  ];
  const explanation = refusal({ status: 403, challenges, type: 'text/html; charset=utf-8' });
  assert.equal(first(explanation).id, 'insufficient-scope', causeIds(explanation).join());
});

it('its words do not repeat a secret, however short, that the user was asked for', () => {
  const called = exchange({
    ...{ purpose: 'api', url: 'https://api.example.com/cards?cvc=482', startedAt: 1000 },
    response: {
      ...{ status: 401, statusText: 'CVC 482 refused', body: 'The CVC 482 is not that of card 1482' },
      headers: [['WWW-Authenticate', 'Bearer error="invalid_token", error_description="CVC 482 is wrong"']],
    },
  });
  const asked = { ...called, request: { ...called.request, secrets: ['482'] } };
  const failure = {
    ...({ kind: 'http_error', step: 'api', status: 401, exchange: 1, message: '', advice: '' } as const),
  };
  const { server } = explain(authorizationCode(), { failure, exchanges: [asked] }, { token: jwt });
  assert.deepEqual(server?.challenges, ['Bearer error="invalid_token", error_description="CVC … is wrong"']);
  assert.equal(server.statusText, 'CVC … refused');
  assert.equal(server.body, 'The CVC … is not that of card 1482');
});

for (const [who, status, body, id] of [
  [
    'Gravitee (issue 2733)',
    401,
    { message: 'The access token was not issued for an End-User' },
    'token-without-user',
  ],
  [
    'Pipedrive (its page of status codes)',
    400,
    { success: false, error: 'Invalid request: malformed authorization header' },
    'api-header-not-read',
  ],
] as const)
  it(`what only its words say, as ${who}: ${id}`, () => {
    assert.deepEqual(causeIds(refusal({ status, body: JSON.stringify(body) }))[0], id);
  });

describe('what an API says of a token', () => {
  const rows: readonly (Refusal & {
    readonly name: string;
    readonly id: string;
    readonly says: RegExp;
    readonly fix?: object;
  })[] = [
    {
      name: 'wrong audience',
      challenges: [`Bearer error="invalid_token", error_description="The audience 'account' is invalid"`],
      token: { ...jwt, audience: ['account'] },
      id: 'wrong-audience',
      says: /is for another API.*“account”.*speak of the audience/s,
      fix: { kind: 'ask_audience' },
    },
    {
      name: 'expired, in its words',
      challenges: ['Bearer error="invalid_token", error_description="The access token expired"'],
      token: { ...jwt, opaque: true },
      id: 'token-expired',
      says: /The token has expired.*words say so/s,
      fix: { kind: 'get_token' },
    },
    {
      name: 'expired, by its own time',
      challenges: ['Bearer'],
      token: { ...jwt, expiresAt: 999 },
      id: 'token-expired',
      says: /Its time had passed/,
      fix: { kind: 'get_token' },
    },
    {
      name: 'expired, in the error of its body',
      body: '{"error":"invalid_token","error_description":"Token is expired"}',
      id: 'token-expired',
      says: /The token has expired/,
      fix: { kind: 'get_token' },
    },
    {
      name: 'revoked',
      challenges: ['Bearer error="invalid_token", error_description="The token was revoked"'],
      id: 'token-revoked',
      says: /was revoked/,
      fix: { kind: 'get_token' },
    },
    {
      name: 'DPoP wanted (RFC 9449)',
      challenges: ['DPoP algs="ES256", error="invalid_dpop_proof"'],
      id: 'dpop-wanted',
      says: /DPoP-bound token with a proof/,
    },
    {
      name: 'a stronger sign-in (RFC 9470)',
      challenges: ['Bearer error="insufficient_user_authentication", acr_values="urn:gold", max_age="5"'],
      id: 'stronger-sign-in',
      says: /acr_values: urn:gold.*max_age: 5 s/s,
      fix: { kind: 'sign_in_with', parameters: { acr_values: 'urn:gold', max_age: '5' }, scopes: [] },
    },
    {
      name: 'too few scopes (RFC 6750)',
      status: 403,
      challenges: ['Bearer error="insufficient_scope", scope="orders.read orders.write"'],
      id: 'insufficient-scope',
      says: /lacks “orders\.write”.*has “orders\.read”/s,
      fix: { kind: 'sign_in_with', parameters: {}, scopes: ['orders.write'] },
    },
    {
      name: 'too few scopes of a client that acts for itself',
      status: 403,
      challenges: ['Bearer error="insufficient_scope", scope="orders.write"'],
      profile: clientCredentials(),
      id: 'insufficient-scope',
      says: /lacks “orders\.write”/s,
      fix: { kind: 'add_scopes', scopes: ['orders.write'] },
    },
    {
      name: 'too few scopes, named in the body as INDIGO IAM does',
      status: 403,
      body: '{"error":"insufficient_scope","error_description":"Insufficient scope for this resource","scope":"openid"}',
      id: 'insufficient-scope',
      says: /lacks “openid”.*The API wants “openid”/s,
      fix: { kind: 'sign_in_with', parameters: {}, scopes: ['openid'] },
    },
    {
      name: 'too few scopes, named in a list as Kakao does',
      status: 403,
      body: '{"msg":"insufficient scopes.","code":-402,"api_type":"TALK_MEMO","required_scopes":["talk_message"],"allowed_scopes":["profile"]}',
      id: 'insufficient-scope',
      says: /The API wants “talk_message”/,
      fix: { kind: 'sign_in_with', parameters: {}, scopes: ['talk_message'] },
    },
    {
      name: 'a stronger sign-in for more',
      challenges: [
        'Bearer error="insufficient_user_authentication", acr_values="gold", scope="orders.write"',
      ],
      id: 'stronger-sign-in',
      says: /acr_values: gold/,
      fix: { kind: 'sign_in_with', parameters: { acr_values: 'gold' }, scopes: ['orders.write'] },
    },
    {
      name: 'a 403 without a word',
      status: 403,
      id: 'insufficient-scope',
      says: /has “orders\.read”.*does not say which/s,
      fix: { kind: 'edit_profile', field: 'scopes' },
    },
    {
      name: 'of two challenges that of the bearer token',
      challenges: ['DPoP error="use_dpop_nonce", Bearer error="invalid_token", error_description="expired"'],
      id: 'token-expired',
      says: /The token has expired/,
      fix: { kind: 'get_token' },
    },
  ];
  for (const { name, id, says, fix, ...row } of rows)
    it(name, () => {
      const found = first(refusal(row));
      assert.equal(found.id, id);
      assert.match([found.title, ...found.evidence].join(' '), says);
      assert.deepEqual(found.fixes[0], fix);
    });

  for (const [status, body, title, step] of [
    [400, '{"message":"id must be a number"}', /refuses the request itself/, /parameters and body/],
    [
      422,
      '{"errors":[{"field":"name","code":"missing"}]}',
      /refuses the request itself/,
      /parameters and body/,
    ],
    [404, '{"message":"Not Found"}', /nothing at this address, or does not show it/, /may not see/],
    [410, '', /nothing at this address, or does not show it/, /may not see/],
    [405, '<h1>Method Not Allowed</h1>', /does not take this method/, /documents for this address/],
  ] as const)
    it(`a request that is wrong: ${status} ${body}`, () => {
      const found = first(refusal({ status, body }));
      assert.equal(found.id, 'api-request-refused');
      assert.match(found.title, title);
      assert.match(found.steps.join(), step);
    });

  it('nothing of the request where the token is spoken of', () => {
    for (const refused of [
      { status: 400, body: '{"message":"The token is expired"}' },
      { status: 400, body: '{"error":"insufficient_scope"}' },
      { status: 400, challenges: ['Bearer error="invalid_token"'] },
      { status: 401 },
      { status: 403 },
      { status: 500 },
    ])
      assert.ok(!causeIds(refusal(refused)).includes('api-request-refused'), JSON.stringify(refused));
  });

  it('where it describes itself (RFC 9728)', () => {
    const challenges = [
      'Bearer resource_metadata="https://api.example.com/.well-known/oauth-protected-resource"',
    ];
    const found = cause(refusal({ challenges }), 'resource-metadata');
    assert.match(found.evidence.join(), /https:\/\/api\.example\.com\/\.well-known/);
    assert.match(found.steps.join(), /authorization_servers and scopes_supported/);
  });

  it('a word somewhere in a body is no evidence that the token expired', () => {
    const body = '{"help":"https://docs.example.com/token-expired","message":"not for you"}';
    const found = cause(refusal({ body }), 'token-expired');
    assert.ok(found.weight < 55);
    assert.doesNotMatch(found.title, /has expired/);
  });

  // Words of frameworks and gateways, in the forms in which they send them.
  const issuer = /iss is https:\/\/login\.example\.com/;
  const spoken: readonly (readonly [
    maker: string,
    status: number,
    said: string | object,
    id: string,
    evidence?: RegExp,
  ])[] = [
    ['express-jwt', 401, 'jwt issuer invalid. expected: https://a.example', 'issuer-not-trusted', issuer],
    ['Envoy', 401, 'Jwt issuer is not configured', 'issuer-not-trusted', issuer],
    ['Envoy', 401, 'Jwt verification fails', 'signature-not-verified', issuer],
    ['Envoy', 401, 'Jwks remote fetch is failed', 'api-keys-not-read', issuer],
    ['Envoy', 401, 'Jwt is missing', 'token-not-found'],
    ['Envoy', 403, 'Audiences in Jwt are not allowed', 'wrong-audience'],
    [
      'Envoy',
      401,
      'Jwt is not in the form of Header.Payload.Signature with two dots and 3 sections',
      'token-not-readable',
    ],
    ['jsonwebtoken', 401, { message: 'jwt malformed' }, 'token-not-readable', /is a JWT/],
    ['jsonwebtoken', 401, { error: { message: 'jwt not active' } }, 'token-not-yet-valid'],
    ['jsonwebtoken', 401, { message: 'jwt expired' }, 'token-expired', /words say so/],
    ['jsonwebtoken', 401, { message: 'invalid signature' }, 'signature-not-verified'],
    ['PyJWT', 401, { detail: 'The specified alg value is not allowed' }, 'algorithm-not-taken'],
    ['PyJWT', 401, { detail: 'Not enough segments' }, 'token-not-readable'],
    ['Kong', 401, { message: 'No API key found in request' }, 'key-of-api-wanted'],
    [
      'Azure API Management',
      401,
      {
        statusCode: 401,
        message:
          'Access denied due to missing subscription key. Make sure to include subscription key when making requests to an API.',
      },
      'key-of-api-wanted',
    ],
    ['Amazon API Gateway', 403, { message: 'Missing Authentication Token' }, 'not-this-path'],
    [
      'Google',
      403,
      {
        error: {
          code: 403,
          message: 'Gmail API has not been used in project 123 before or it is disabled.',
          status: 'PERMISSION_DENIED',
        },
      },
      'api-not-switched-on',
    ],
    [
      'Google',
      403,
      {
        error: {
          errors: [
            { domain: 'usageLimits', reason: 'accessNotConfigured', message: 'Access Not Configured.' },
          ],
        },
      },
      'api-not-switched-on',
    ],
    [
      'Strava',
      401,
      {
        message: 'Authorization Error',
        errors: [{ resource: 'AccessToken', field: 'activity:read_permission', code: 'missing' }],
      },
      'insufficient-scope',
    ],
    [
      'Spotify',
      401,
      { error: { status: 401, message: 'The access token expired' } },
      'token-expired',
      /words say so/,
    ],
    [
      'Apigee',
      401,
      { fault: { faultstring: 'Invalid JWT signature', detail: { errorcode: 'steps.jwt.InvalidToken' } } },
      'signature-not-verified',
    ],
    ['FastAPI', 401, { detail: 'Could not validate credentials' }, 'token-expired'],
  ];
  for (const [maker, status, said, id, evidence = /./] of spoken) {
    const body = typeof said === 'string' ? said : JSON.stringify(said);
    it(`${maker}: ${body.slice(0, 80)}`, () => {
      const found = first(refusal({ status, body }));
      assert.equal(found.id, id);
      assert.match(found.evidence.join(' '), evidence);
    });
  }

  it('a framework’s words in the challenge: the key, and not the end of the token', () => {
    const spring =
      'Bearer error="invalid_token", error_description="An error occurred while attempting to decode the Jwt: Signed JWT rejected: Invalid signature"';
    const ids = causeIds(refusal({ challenges: [spring] }));
    assert.equal(ids[0], 'signature-not-verified');
    assert.ok(!ids.includes('token-expired'), ids.join());
  });
});

describe('an audience', () => {
  const refusedWith = (audience: readonly string[], profile?: Profile) =>
    refusal({
      challenges: ['Bearer error="invalid_token", error_description="Invalid signature"'],
      token: { ...jwt, audience },
      ...(profile ? { profile } : {}),
    });

  it('that is no address says nothing about where the token may go', () => {
    for (const audience of ['orders', 'account', 'api://11111111-1111-1111-1111-111111111111'])
      assert.ok(!causeIds(refusedWith([audience])).includes('wrong-audience'), audience);
    assert.ok(!causeIds(refusedWith(['account', 'https://other.example'])).includes('wrong-audience'));
    assert.ok(!causeIds(refusedWith(['https://api.example.com/v1'])).includes('wrong-audience'));
  });

  it('at another host is told as what it seems, below what the API itself says', () => {
    const { title, weight } = cause(refusedWith(['https://other.example']), 'wrong-audience');
    assert.match(title, /seems to be/);
    assert.ok(weight < 80);
  });

  it('is changed by what the provider takes: a parameter, the scopes, or nothing', () => {
    const fixes = (provider?: string) =>
      cause(
        refusedWith(['https://other.example'], authorizationCode(provider === undefined ? {} : { provider })),
        'wrong-audience',
      ).fixes;
    assert.deepEqual(fixes(), [{ kind: 'ask_audience' }]);
    assert.deepEqual(fixes('auth0'), [{ kind: 'ask_audience' }]);
    assert.deepEqual(fixes('entra-id'), [{ kind: 'edit_profile', field: 'scopes' }]);
    assert.deepEqual(fixes('amazon-cognito'), [{ kind: 'edit_profile', field: 'resource' }]);
    assert.deepEqual(fixes('keycloak'), []);
  });

  it('is missed by Auth0’s API in an opaque token alone', () => {
    const ids = (token: TokenFacts) =>
      causeIds(refusal({ token, profile: clientCredentials({ provider: 'auth0', audience: 'a' }) }));
    assert.ok(!ids(jwt).includes('auth0/api-opaque'));
    assert.ok(ids({ ...jwt, audience: [], opaque: true }).includes('auth0/api-opaque'));
  });
});

describe('what a challenge asks for', () => {
  it('is taken into the profile only when it can be what it says', () => {
    const hostile = refusal({
      status: 403,
      challenges: ['Bearer error="insufficient_scope", scope="a\\"b \u202Ex {{y}} orders.write"'],
    });
    const [fix] = cause(hostile, 'insufficient-scope').fixes;
    assert.deepEqual(fix, { kind: 'sign_in_with', parameters: {}, scopes: ['{{y}}', 'orders.write'] });
    const stronger = refusal({
      challenges: [
        'Bearer error="insufficient_user_authentication", acr_values="\u202Egold", max_age="soon"',
      ],
    });
    assert.deepEqual(cause(stronger, 'stronger-sign-in').fixes, [{ kind: 'sign_in' }]);
  });

  it('changes the profile of a user, so that the next sign-in sends it', () => {
    const profile = authorizationCode();
    const explanation = refusal({
      profile,
      challenges: ['Bearer error="insufficient_user_authentication", max_age="5"'],
    });
    const [fix] = cause(explanation, 'stronger-sign-in').fixes;
    assert.ok(fix);
    const applied = applyQuickFix(profile, fix);
    assert.equal(applied.kind, 'profile');
    assert.deepEqual(applied.profile, { ...profile, maxAge: 5 });
  });
});
