import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { providerOf } from '../../../src/core/diagnose/catalogue.ts';
import { profileDefaults } from '../../../src/core/diagnose/profileDefaults.ts';
import { applyQuickFix } from '../../../src/core/diagnose/quickFix.ts';
import type { Profile } from '../../../src/core/profile/profile.ts';
import {
  startSalesforce,
  type ConnectedApp,
  type SalesforceServer,
} from '../../support/servers/salesforce.ts';
import { catalogue, cause, explain, explained, run } from './play.ts';
import { exchange } from './evidence.ts';
import { clientCredentials, without } from './support.ts';

const app: ConnectedApp = {
  consumerKey: '3MVG9.key',
  consumerSecret: 's3cr3t',
  selectedScopes: ['api', 'refresh_token'],
  runAsUser: 'integration@example.com',
};

describe('Salesforce', () => {
  let server: SalesforceServer;
  before(async () => (server = await startSalesforce([app])));
  beforeEach(() => server.apps.set(app.consumerKey, app));
  after(() => server.close());

  const profile = (change: Partial<Profile> = {}) => {
    const provider = providerOf(catalogue, 'salesforce');
    const defaults = profileDefaults(provider, 'client_credentials', { domain: server.origin });
    const clientId = app.consumerKey;
    return clientCredentials({ ...defaults, clientId, ...change });
  };

  it('gets a token without a scope; it is opaque, has an instance_url and no end', async () => {
    const { outcome } = await run('client_credentials', profile());
    assert.equal(outcome.kind, 'token');
    assert.equal(new URLSearchParams(server.requests.at(-1)?.body).has('scope'), false);
    assert.equal(outcome.tokens.scope, 'api');
    assert.equal(outcome.tokens.extra['instance_url'], server.origin);
    assert.equal(outcome.tokens.expires_at, undefined);
  });

  it('drops unsupported scopes among supported ones without a word', async () => {
    const asked = ['api', 'full', 'refresh_token', 'offline_access'];
    const { outcome } = await run('client_credentials', profile({ scopes: asked }));
    assert.equal(outcome.kind, 'token');
    assert.equal(outcome.tokens.scope, 'api');
    const knowledge = providerOf(catalogue, 'salesforce').scopes?.notGranted ?? [];
    assert.deepEqual(knowledge[0]?.scopes, ['full', 'refresh_token', 'offline_access']);
    assert.equal(knowledge[0].effect, 'dropped');
  });

  it('only unsupported scopes: HTTP 400 no valid scopes defined, and one click removes them', async () => {
    const asked = profile({ scopes: ['full', 'refresh_token'] });
    const report = await run('client_credentials', asked);
    const explanation = explained(report);
    assert.equal(explanation.server?.status, 400);
    assert.equal(explanation.server.error, 'invalid_grant');
    assert.equal(explanation.server.error_description, 'no valid scopes defined');
    const [first, second] = explanation.causes;
    assert.equal(first?.id, 'salesforce/no-valid-scopes');
    assert.match(
      first.steps.join(' '),
      /Manage user data via APIs \(api\).*full, refresh_token, offline_access.*API Enabled.*send no scope/s,
    );
    assert.equal(second?.id, 'scope-not-granted');
    const [fix] = first.fixes;
    assert.deepEqual(fix, { kind: 'remove_scopes', scopes: ['full', 'refresh_token'] });
    const fixed = applyQuickFix(asked, fix);
    assert.equal(fixed.kind, 'profile');
    assert.deepEqual(fixed.profile.scopes, []);
    assert.equal((await run('client_credentials', fixed.profile)).outcome.kind, 'token');
  });

  it('no scope sent and only unsupported ones selected in the connected app is the same error', async () => {
    server.apps.set(app.consumerKey, { ...app, selectedScopes: ['full', 'refresh_token'] });
    const explanation = explained(await run('client_credentials', profile()));
    const found = cause(explanation, 'salesforce/no-valid-scopes');
    assert.match(found.steps.join(' '), /Edit Policies/);
    assert.deepEqual(found.fixes, [], 'there is nothing to change in the profile');
  });

  it('a missing Run-As user is told', async () => {
    server.apps.set(app.consumerKey, without(app, 'runAsUser'));
    const [first] = explained(await run('client_credentials', profile())).causes;
    assert.equal(first?.id, 'salesforce/no-run-as-user');
  });

  it('the API’s INVALID_SESSION_ID is explained by the session and the instance', async () => {
    const sent = await fetch(`${server.origin}/services/data/v60.0/query`, {
      headers: { authorization: 'Bearer x' },
    });
    const exchange = {
      ...({ id: 1, purpose: 'api', leg: 'extension', startedAt: 0, deviations: [] } as const),
      request: { method: 'GET', url: sent.url, headers: [] },
      response: { status: sent.status, statusText: '', headers: [...sent.headers], body: await sent.text() },
    };
    const failure = {
      kind: 'http_error',
      step: 'api',
      status: 401,
      message: '',
      advice: '',
      exchange: 1,
    } as const;
    const [first] = explain(profile(), { failure, exchanges: [exchange] }).causes;
    assert.equal(first?.id, 'salesforce/session');
    assert.match(first.steps.join(' '), /instance_url/);
  });

  it('the API’s refusals for want of a permission are explained by the Run-As user', () => {
    for (const errorCode of ['API_DISABLED_FOR_ORG', 'API_CURRENTLY_DISABLED', 'INSUFFICIENT_ACCESS']) {
      const called = exchange({
        purpose: 'api',
        url: `${server.origin}/services/data/v60.0/query`,
        response: {
          ...{ status: 403, statusText: '', headers: [] },
          body: JSON.stringify([
            { message: 'The REST API is not enabled for this Organization.', errorCode },
          ]),
        },
      });
      const failure = {
        ...({ kind: 'http_error', step: 'api', status: 403, exchange: 1, message: '', advice: '' } as const),
      };
      const [first] = explain(profile(), { failure, exchanges: [called] }).causes;
      assert.equal(first?.id, 'salesforce/api-disabled');
      assert.match(first.steps.join(' '), /API Enabled/);
    }
  });

  it('a user’s sign-in starts with the secret, because a new app wants it', () => {
    const provider = providerOf(catalogue, 'salesforce');
    const defaults = profileDefaults(provider, 'authorization_code', { domain: server.origin });
    assert.equal(defaults?.clientAuthentication, 'client_secret_post');
  });
});
