import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { environmentProxy } from '../../../src/core/diagnose/environmentProxy.ts';
import type { Exchange, RecordedRequest } from '../../../src/core/record/exchange.ts';
import type { Failure } from '../../../src/core/record/failure.ts';
import type { Profile } from '../../../src/core/profile/profile.ts';
import { first, refused, why } from './evidence.ts';
import { causeIds } from './play.ts';
import { authorizationCode, clientCredentials } from './support.ts';

const words = { message: '', advice: '' };
const user = authorizationCode();
const silent = authorizationCode({ authorizationParameters: { prompt: 'none' } });
const edit = (field: string) => ({ kind: 'edit_profile', field });
const signIn = { kind: 'sign_in' };

const rows: readonly {
  readonly name: string;
  readonly failure: Failure;
  readonly profile?: Profile;
  readonly id: string;
  readonly says: RegExp;
  readonly fix: object;
}[] = [
  {
    name: 'access_denied in the redirect',
    failure: refused('access_denied', undefined, 'redirect'),
    id: 'user-said-no',
    says: /declined/,
    fix: signIn,
  },
  {
    name: 'login_required with prompt=none',
    failure: refused('login_required', undefined, 'redirect'),
    profile: silent,
    id: 'user-has-to-act',
    says: /sends prompt=none/,
    fix: { kind: 'set_authorization_parameter', name: 'prompt', value: 'login' },
  },
  {
    name: 'login_required with prompt=none in its own field',
    failure: refused('login_required', undefined, 'redirect'),
    profile: authorizationCode({ prompt: 'none' }),
    id: 'user-has-to-act',
    says: /sends prompt=none/,
    fix: { kind: 'set_authorization_parameter', name: 'prompt', value: 'login' },
  },
  {
    name: 'interaction_required without it',
    failure: refused('interaction_required', undefined, 'redirect'),
    id: 'user-has-to-act',
    says: /The server asks for it/,
    fix: signIn,
  },
  {
    name: 'invalid_target for a resource',
    failure: refused('invalid_target'),
    profile: clientCredentials({ resource: ['https://api.example.com'] }),
    id: 'target-unknown',
    says: /Sent: https:\/\/api\.example\.com/,
    fix: { kind: 'set_resource', resource: [] },
  },
  {
    name: 'invalid_target for an audience',
    failure: refused('invalid_target'),
    profile: clientCredentials({ audience: 'orders' }),
    id: 'target-unknown',
    says: /Sent: orders/,
    fix: { kind: 'ask_audience' },
  },
  ...(
    [
      ['code_missing', /without a code/],
      ['iss_missing', /promises to name itself/],
      ['iss_wrong', /another issuer/],
      ['fragment', /behind a #/],
    ] as const
  ).map(([code, says]) => ({
    name: `a redirect that cannot be used: ${code}`,
    failure: { kind: 'invalid_redirect', step: 'redirect', code, ...words } as const,
    id: `redirect-${code}`,
    says,
    fix: signIn,
  })),
  {
    name: 'a busy port',
    failure: { kind: 'port_busy', step: 'listen', port: 8484, ...words },
    id: 'port-busy',
    says: /port 8484/,
    fix: { kind: 'run_again' },
  },
  {
    name: 'asked too often',
    failure: { kind: 'http_error', step: 'token', status: 429, ...words },
    id: 'asked-too-often',
    says: /limits how often/,
    fix: { kind: 'run_again' },
  },
  {
    name: 'a grant the client may not use',
    failure: refused('unauthorized_client'),
    id: 'grant-not-allowed',
    says: /not registered for the grant authorization_code/,
    fix: edit('clientId'),
  },
  {
    name: 'a locked keychain',
    failure: { kind: 'vault', step: 'secret', code: 'locked', ...words },
    id: 'vault',
    says: /keychain.*locked/s,
    fix: { kind: 'run_again' },
  },
  {
    name: 'a browser that was not opened',
    failure: { kind: 'browser_not_opened', step: 'browser', ...words },
    id: 'browser-not-opened',
    says: /was not opened/,
    fix: signIn,
  },
  {
    name: 'http to another machine',
    failure: { kind: 'insecure_url', step: 'discovery', url: 'http://login.example.com', ...words },
    id: 'insecure-url',
    says: /http:\/\/login\.example\.com/,
    fix: edit('issuer'),
  },
  {
    name: 'an answer that is too large',
    failure: { kind: 'response_too_large', step: 'token', limit: 1_048_576, ...words },
    id: 'response-too-large',
    says: /1024 KiB/,
    fix: edit('tokenEndpoint'),
  },
  {
    name: 'a profile with a problem',
    failure: { kind: 'invalid_profile', step: 'profile', problems: ['clientId is missing.'], ...words },
    id: 'invalid-profile',
    says: /clientId is missing/,
    fix: edit('issuer'),
  },
  {
    name: 'an id_token for somebody else',
    failure: { kind: 'invalid_id_token', step: 'id_token', code: 'aud', ...words },
    id: 'invalid-id-token',
    says: /What is wrong: aud/,
    fix: signIn,
  },
];

/** An exchange that was answered. */
const asked = (purpose: string, status: number, request: Partial<RecordedRequest> = {}): Exchange => ({
  ...{ id: 1, purpose, leg: 'extension', startedAt: 0, endedAt: 0, deviations: [] },
  request: { method: 'POST', url: `https://login.example.com/${purpose}`, headers: [], ...request },
  response: { status, statusText: '', headers: [], body: '' },
});
const typedDevice = clientCredentials({
  grant: 'device_code',
  deviceAuthorizationEndpoint: 'https://login.example.com/device',
  tokenEndpoint: 'https://login.example.com/token',
});
const absent = (step: Failure['step']): Failure => ({
  ...{ kind: 'http_error', status: 404, exchange: 1, step, ...words },
});
const tooLarge = (step: Failure['step']): Failure => ({
  ...{ kind: 'response_too_large', limit: 1_048_576, step, ...words },
});
const mismatch = (received: string, expected = 'https://login.example.com'): Failure => ({
  ...{ kind: 'issuer_mismatch', step: 'discovery', expected, received, ...words },
});

describe('an address in a cause is the one that was asked', () => {
  const cases: readonly (readonly [
    string,
    Profile,
    Failure,
    Exchange | undefined,
    RegExp,
    string | undefined,
  ])[] = [
    [
      'a typed device endpoint',
      typedDevice,
      absent('authorization'),
      asked('device', 404),
      /The device authorization endpoint is not/,
      'deviceAuthorizationEndpoint',
    ],
    [
      'a token endpoint beside it',
      typedDevice,
      absent('token'),
      asked('token', 404),
      /The token endpoint is not/,
      'tokenEndpoint',
    ],
    [
      'a client’s own address',
      user,
      absent('registration'),
      asked('registered_client', 404),
      /The client configuration endpoint is not .* register the client again/,
      undefined,
    ],
    [
      'a registration',
      user,
      absent('registration'),
      asked('registration', 404),
      /The registration endpoint is not/,
      'issuer',
    ],
    [
      'a large document',
      user,
      tooLarge('discovery'),
      asked('discovery', 200),
      /not with what was asked for/,
      'issuer',
    ],
    [
      'a large introspection',
      user,
      tooLarge('introspection'),
      asked('introspection', 200),
      /not with what was asked for/,
      'issuer',
    ],
    [
      'an issuer with a query',
      user,
      mismatch('https://login.example.com/x?t=1'),
      undefined,
      /an issuer has no query/,
      'issuer',
    ],
    [
      'an issuer of another scheme',
      { ...user, issuer: 'http://localhost:8080' },
      mismatch('https://localhost:8080', 'http://localhost:8080/'),
      undefined,
      /was not tried: it is https/,
      'issuer',
    ],
    [
      'an issuer that was looked for',
      user,
      mismatch('https://login.example.com/x'),
      undefined,
      /no metadata was found under it/,
      'issuer',
    ],
    [
      'http at a typed endpoint',
      { ...user, tokenEndpoint: 'http://as.example/token' },
      { kind: 'insecure_url', step: 'token', url: 'http://as.example/token', ...words },
      undefined,
      /http and not on this machine/,
      'tokenEndpoint',
    ],
  ];
  for (const [name, profile, failure, exchange, says, field] of cases)
    it(name, () => {
      const { title, evidence, steps, fixes } = first(
        why(profile, failure, { exchanges: exchange ? [exchange] : [] }),
      );
      assert.match([title, ...evidence, ...steps].join(' '), says);
      assert.deepEqual(fixes[0], field === undefined ? undefined : edit(field));
    });

  it('and a redirect URI that cannot be registered is not said to be unregistered', () => {
    const failure = {
      ...refused('invalid_redirect_uri'),
      step: 'registration',
      status: 400,
      exchange: 1,
    } as Failure;
    const body = '{"redirect_uris":["http://127.0.0.1:1/cb"]}';
    const found = first(why(user, failure, { exchanges: [asked('registration', 400, { body })] }));
    assert.equal(found.id, 'redirect-uri-not-allowed');
    assert.deepEqual(found.evidence, ['Sent: http://127.0.0.1:1/cb']);
    assert.deepEqual(found.fixes, [edit('redirectUri')]);
  });
});

describe('each other cause', () => {
  for (const { name, failure, profile = user, id, says, fix } of rows)
    it(name, () => {
      const found = first(why(profile, failure, { exchanges: [] }));
      assert.equal(found.id, id);
      assert.match([found.title, ...found.evidence].join(' '), says);
      assert.ok(found.steps.length > 0);
      assert.deepEqual(found.fixes[0], fix);
    });

  it('access_denied of a token endpoint is not laid on the user', () => {
    assert.ok(!causeIds(why(user, refused('access_denied'))).includes('user-said-no'));
  });
});

describe('the proxy of the environment', () => {
  it('is the one for the scheme, however it is written, and none where none is set', () => {
    assert.equal(environmentProxy({}), undefined);
    assert.equal(environmentProxy({ HTTPS_PROXY: '' }), undefined);
    assert.equal(environmentProxy({ https_proxy: 'http://proxy:3128' }), 'http://proxy:3128');
    assert.equal(environmentProxy({ HTTPS_PROXY: 'http://a', HTTP_PROXY: 'http://b' }), 'http://a');
    assert.equal(environmentProxy({ ALL_PROXY: 'socks5://c' }), 'socks5://c');
  });
});
