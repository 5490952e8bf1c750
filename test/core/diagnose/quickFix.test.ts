import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { applyQuickFix, isUseful, type QuickFix } from '../../../src/core/diagnose/quickFix.ts';
import { quickFixLabel } from '../../../src/core/diagnose/quickFixLabel.ts';
import { authorizationRequest } from '../../../src/core/oauth/authorizationRequest.ts';
import { hasRedirect } from '../../../src/core/profile/profile.ts';
import { parseProfile } from '../../../src/core/profile/parseProfile.ts';
import { serializeProfile } from '../../../src/core/profile/serializeProfile.ts';
import { authorizationCode, clientCredentials } from './support.ts';

const fixes: readonly (readonly [QuickFix, string, Record<string, unknown>])[] = [
  [{ kind: 'remove_scopes', scopes: ['read'] }, 'Remove scope read', { scopes: [] }],
  [
    { kind: 'add_scopes', scopes: ['offline_access', 'read'] },
    'Add scopes offline_access, read',
    { scopes: ['read', 'offline_access'] },
  ],
  [{ kind: 'set_scopes', scopes: [] }, 'Send no scope', { scopes: [] }],
  [
    { kind: 'set_client_authentication', clientAuthentication: 'none' },
    'Send no secret (public client)',
    { clientAuthentication: 'none' },
  ],
  [
    { kind: 'set_basic_encoding', basicEncoding: 'raw' },
    'Send ID and secret as they are',
    { basicEncoding: 'raw' },
  ],
  [
    { kind: 'set_redirect_uri', redirectUri: 'http://localhost/callback' },
    'Redirect to http://localhost/callback',
    { redirectUri: 'http://localhost/callback' },
  ],
  [
    { kind: 'set_issuer', issuer: 'https://login.example.com/' },
    'Use issuer https://login.example.com/',
    { issuer: 'https://login.example.com/' },
  ],
  [
    { kind: 'set_token_endpoint', tokenEndpoint: 'https://login.example.com/t' },
    'Use token endpoint https://login.example.com/t',
    { tokenEndpoint: 'https://login.example.com/t' },
  ],
  [
    { kind: 'set_token_dialect', tokenDialect: 'tokenidp' },
    'Use token dialect tokenidp',
    { tokenDialect: 'tokenidp' },
  ],
  [
    { kind: 'set_audience', audience: 'https://api' },
    'Use audience https://api',
    { audience: 'https://api' },
  ],
  [
    { kind: 'set_resource', resource: ['https://api.example.com'] },
    'Use resource https://api.example.com',
    { resource: ['https://api.example.com'] },
  ],
  [
    { kind: 'set_authorization_parameter', name: 'prompt', value: 'consent' },
    'Send prompt=consent',
    { prompt: 'consent' },
  ],
  [
    { kind: 'set_authorization_parameter', name: 'access_type', value: 'offline' },
    'Send access_type=offline',
    { authorizationParameters: { access_type: 'offline' } },
  ],
  [
    { kind: 'sign_in_with', parameters: { acr_values: 'gold', max_age: '5' }, scopes: ['read', 'write'] },
    'Sign in again with acr_values=gold, max_age=5, scopes read, write',
    { acrValues: 'gold', maxAge: 5, scopes: ['read', 'write'] },
  ],
  [{ kind: 'set_token_parameter', name: 'a', value: 'b' }, 'Send a=b', { tokenParameters: { a: 'b' } }],
];

describe('a quick fix', () => {
  for (const [fix, label, change] of fixes)
    it(`${label}: changes that alone, and the profile stays valid`, () => {
      const before = authorizationCode();
      const applied = applyQuickFix(before, fix);
      assert.equal(applied.kind, 'profile');
      assert.deepEqual(applied.profile, { ...before, ...change });
      assert.equal(quickFixLabel(fix), label);
      assert.deepEqual(before, authorizationCode(), 'never changed in place');
      assert.equal(isUseful(before, fix), true);
      assert.equal(isUseful(applied.profile, fix), false, 'not offered when it changes nothing');
      assert.ok('profile' in parseProfile(serializeProfile(applied.profile)));
    });

  it('that would leave a profile nobody can save is not offered', () => {
    const publicClient = { kind: 'set_client_authentication', clientAuthentication: 'none' } as const;
    assert.equal(isUseful(authorizationCode(), publicClient), true);
    assert.equal(isUseful(clientCredentials(), publicClient), false);
    for (const scope of ['a"b', '\u202Ex', 'a b'])
      assert.equal(isUseful(clientCredentials(), { kind: 'add_scopes', scopes: [scope] }), false, scope);
    const broken = clientCredentials({ scopes: ['a b', 'c d'] });
    assert.equal(
      isUseful(broken, { kind: 'remove_scopes', scopes: ['a b'] }),
      true,
      'on the way to a valid one',
    );
  });

  it('is what the next sign-in sends, whatever the profile asked for before', () => {
    const values = { acr_values: 'gold', max_age: '5', prompt: 'login', login_hint: 'ada' };
    const before = authorizationCode({
      ...{ acrValues: 'silver', maxAge: 600, prompt: 'none', loginHint: 'grace' },
      authorizationParameters: { acr_values: 'bronze', prompt: 'none', access_type: 'offline' },
    });
    for (const [name, value] of Object.entries(values)) {
      const applied = applyQuickFix(before, { kind: 'set_authorization_parameter', name, value });
      assert.ok(applied.kind === 'profile' && hasRedirect(applied.profile));
      const binding = {
        pkce: { code_verifier: '', code_challenge: '', code_challenge_method: 'S256' } as const,
      };
      const { parameters } = authorizationRequest('https://a', applied.profile, 'http://127.0.0.1', {
        ...binding,
        state: '',
      });
      assert.deepEqual(
        parameters.filter(([sent]) => sent === name),
        [[name, value]],
      );
      assert.ok(parameters.some(([sent]) => sent === 'access_type'));
    }
  });

  it('about users changes nothing of a profile that acts for itself', () => {
    assert.equal(
      isUseful(clientCredentials(), { kind: 'set_redirect_uri', redirectUri: 'http://localhost/' }),
      false,
    );
  });

  it('that needs the vault, the user or the browser is handed back', () => {
    for (const kind of [
      'trim_secret',
      'enter_secret',
      'ask_audience',
      'sign_in',
      'get_token',
      'run_again',
      'start_demo',
      'remove_demo',
    ] as const)
      assert.deepEqual(applyQuickFix(clientCredentials(), { kind }), { kind: 'host', fix: { kind } });
  });
});
