import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { runFlow } from '../../../src/core/flow/runFlow.ts';
import {
  authorizationRequest,
  authorizationUrl,
  pkceOf,
} from '../../../src/core/oauth/authorizationRequest.ts';
import { machineProfile, userProfile } from '../../support/profiles.ts';
import { flowDeps, tokensOf } from './support/deps.ts';
import { json, serveSeen } from './support/serve.ts';

describe('the examples of the RFCs', () => {
  it('computes the S256 challenge of RFC 7636 appendix B', async () => {
    const pkce = await pkceOf('dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk');
    assert.equal(pkce.code_challenge, 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM');
  });

  it('builds the authorization request of RFC 6749 section 4.1.1, with PKCE', async () => {
    const profile = userProfile({ clientId: 's6BhdRkqt3', scopes: [] });
    const pkce = await pkceOf('dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk');
    const endpoint = 'https://server.example.com/authorize';
    const redirectUri = 'https://client.example.com/cb';
    const request = authorizationRequest(endpoint, profile, redirectUri, { pkce, state: 'xyz' });
    const url = authorizationUrl(request);
    assert.equal(
      url,
      'https://server.example.com/authorize?response_type=code&client_id=s6BhdRkqt3' +
        '&redirect_uri=https%3A%2F%2Fclient.example.com%2Fcb&state=xyz' +
        '&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&code_challenge_method=S256',
    );
  });

  it('sends the token request of RFC 6749 section 4.4.2 and takes the response of 4.4.3', async (context) => {
    const { origin, seen } = await serveSeen(context, (_request, response) =>
      json(response, {
        access_token: '2YotnFZFEjr1zCsicMWpAA',
        token_type: 'example',
        expires_in: 3600,
        example_parameter: 'example_value',
      }),
    );
    const profile = machineProfile({
      issuer: origin,
      tokenEndpoint: `${origin}/token`,
      clientId: 's6BhdRkqt3',
      scopes: [],
    });
    const deps = flowDeps({ secret: () => Promise.resolve('gX1fBat3bV') });
    const tokens = tokensOf(await runFlow('client_credentials', profile, deps));
    assert.equal(seen[0]?.headers.authorization, 'Basic czZCaGRSa3F0MzpnWDFmQmF0M2JW');
    assert.equal(seen[0].headers['content-type'], 'application/x-www-form-urlencoded;charset=UTF-8');
    assert.equal(seen[0].body, 'grant_type=client_credentials');
    assert.equal(tokens.access_token, '2YotnFZFEjr1zCsicMWpAA');
    assert.equal(tokens.token_type, 'example');
    assert.deepEqual(tokens.extra, { example_parameter: 'example_value' });
  });

  it('sends the refresh request of RFC 6749 section 6 and keeps the old refresh token', async (context) => {
    const { origin, seen } = await serveSeen(context, (_request, response) =>
      json(response, { access_token: 'new', token_type: 'Bearer', expires_in: 60 }),
    );
    const profile = machineProfile({
      issuer: origin,
      tokenEndpoint: `${origin}/token`,
      clientId: 's6BhdRkqt3',
    });
    const previous = {
      access_token: 'old',
      token_type: 'Bearer',
      refresh_token: 'tGzv3JOkF0XG5Qx2TlKWIA',
      received_at: 0,
      requested_scopes: ['a'],
      extra: {},
    };
    const deps = flowDeps({ secret: () => Promise.resolve('gX1fBat3bV'), previous });
    const tokens = tokensOf(await runFlow('refresh_token', profile, deps));
    assert.equal(seen[0]?.headers.authorization, 'Basic czZCaGRSa3F0MzpnWDFmQmF0M2JW');
    assert.equal(seen[0].body, 'refresh_token=tGzv3JOkF0XG5Qx2TlKWIA&grant_type=refresh_token');
    assert.equal(tokens.access_token, 'new');
    assert.equal(tokens.refresh_token, 'tGzv3JOkF0XG5Qx2TlKWIA');
    assert.deepEqual(tokens.requested_scopes, ['a']);
  });
});

describe('what a token request carries', () => {
  const answer = (_request: unknown, response: Parameters<typeof json>[0]) =>
    json(response, { access_token: 'x', token_type: 'Bearer', expires_in: 1 });

  it('has scopes, audience, every resource and the extra parameters, but lets none replace the grant', async (context) => {
    const { origin, seen } = await serveSeen(context, answer);
    const profile = machineProfile({
      issuer: origin,
      tokenEndpoint: `${origin}/token`,
      clientAuthentication: 'client_secret_post',
      scopes: ['a', 'b'],
      audience: 'https://api.example.com',
      resource: ['urn:a', 'urn:b'],
      tokenParameters: { grant_type: 'password', client_id: 'other', organization: 'org 1' },
    });
    await runFlow('client_credentials', profile, flowDeps());
    const form = new URLSearchParams(seen[0]?.body);
    assert.deepEqual(form.getAll('grant_type'), ['client_credentials']);
    assert.deepEqual(form.getAll('client_id'), ['machine-client']);
    assert.deepEqual(form.getAll('client_secret'), ['s3cret-of-the-client']);
    assert.equal(form.get('scope'), 'a b');
    assert.equal(form.get('audience'), 'https://api.example.com');
    assert.deepEqual(form.getAll('resource'), ['urn:a', 'urn:b']);
    assert.equal(form.get('organization'), 'org 1');
    assert.equal(seen[0]?.headers.authorization, undefined);
  });

  it('has no client_secret at all for a public client, and does not ask for one', async (context) => {
    const { origin, seen } = await serveSeen(context, answer);
    const profile = machineProfile({
      issuer: origin,
      tokenEndpoint: `${origin}/token`,
      clientAuthentication: 'none',
    });
    const secret = () => Promise.reject(new Error('must not be asked'));
    tokensOf(await runFlow('client_credentials', profile, flowDeps({ secret })));
    assert.equal(new URLSearchParams(seen[0]?.body).has('client_secret'), false);
    assert.equal(new URLSearchParams(seen[0]?.body).get('client_id'), 'machine-client');
  });

  it('form-encodes id and secret in Basic, or sends them raw when the profile says so', async (context) => {
    const { origin, seen } = await serveSeen(context, answer);
    const common = { issuer: origin, tokenEndpoint: `${origin}/token`, clientId: 'my.app/service' };
    const deps = flowDeps({ secret: () => Promise.resolve('p+s:ü %') });
    await runFlow('client_credentials', machineProfile(common), deps);
    await runFlow('client_credentials', machineProfile({ ...common, basicEncoding: 'raw' }), deps);
    const sent = seen.map(({ headers }) =>
      Buffer.from(headers.authorization?.slice(6) ?? '', 'base64').toString('utf8'),
    );
    assert.deepEqual(sent, ['my.app%2Fservice:p%2Bs%3A%C3%BC+%25', 'my.app/service:p+s:ü %']);
  });
});
