import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { loadCatalogue, providerOf } from '../../../src/core/diagnose/catalogue.ts';
import { answerProblem, profileDefaults, questionsFor } from '../../../src/core/diagnose/profileDefaults.ts';
import type { Grant } from '../../../src/core/profile/profile.ts';
import { providersDirectory } from './support.ts';

const catalogue = await loadCatalogue(providersDirectory);
const defaults = (id: string, grant: Grant, answers = {}) =>
  profileDefaults(providerOf(catalogue, id), grant, answers);

describe('a new profile from a provider', () => {
  it('ERP.net asks for the instance alone and fills in its endpoints and form credentials', () => {
    const provider = providerOf(catalogue, 'erp-net');
    assert.deepEqual(
      questionsFor(provider, 'client_credentials').map(({ name }) => name),
      ['instance'],
    );
    assert.deepEqual(defaults('erp-net', 'client_credentials', { instance: 'testdb.my.erp.net' }), {
      provider: 'erp-net',
      issuer: 'https://testdb.my.erp.net/id',
      tokenEndpoint: 'https://testdb.my.erp.net/id/connect/token',
      authorizationEndpoint: 'https://testdb.my.erp.net/id/connect/authorize',
      clientAuthentication: 'client_secret_post',
      scopes: ['read'],
    });
  });

  it('TokenIDP starts on https://localhost:5001 and has no interactive flow', () => {
    assert.equal(defaults('tokenidp', 'client_credentials')?.tokenEndpoint, 'https://localhost:5001/token');
    assert.equal(defaults('tokenidp', 'authorization_code'), undefined);
  });

  it('Salesforce sends no scope for client credentials', () => {
    const answers = { domain: 'https://mycompany.my.salesforce.com/setup' };
    const { scopes, tokenEndpoint } = defaults('salesforce', 'client_credentials', answers) ?? {};
    assert.deepEqual(scopes, []);
    assert.equal(tokenEndpoint, 'https://mycompany.my.salesforce.com/services/oauth2/token');
  });

  it('DocuSign’s assertions are for its host alone, those of Salesforce for its sign-in', () => {
    const account = 'https://account.docusign.com';
    assert.deepEqual(defaults('docusign', 'jwt_bearer')?.assertionClaims, { aud: 'account-d.docusign.com' });
    const { assertionClaims, scopes, tokenEndpoint } = defaults('docusign', 'jwt_bearer', { account }) ?? {};
    assert.deepEqual(assertionClaims, { aud: 'account.docusign.com' });
    assert.deepEqual([scopes, tokenEndpoint], [['signature', 'impersonation'], `${account}/oauth/token`]);
    const domain = 'https://mycompany.my.salesforce.com';
    assert.deepEqual(defaults('salesforce', 'jwt_bearer', { domain })?.assertionClaims, {
      aud: 'https://login.salesforce.com',
    });
  });

  it('Entra ID puts the tenant into the issuer and the API into its .default scope', () => {
    const found = defaults('entra-id', 'client_credentials', {
      tenant: 'contoso.com',
      resource: 'api://orders',
    });
    assert.equal(found?.issuer, 'https://login.microsoftonline.com/contoso.com/v2.0');
    assert.deepEqual(found.scopes, ['api://orders/.default']);
  });

  it('Auth0’s issuer ends with one slash, however the domain was typed', () => {
    for (const domain of [
      'tenant.eu.auth0.com',
      'https://tenant.eu.auth0.com/',
      'http://tenant.eu.auth0.com',
    ])
      assert.equal(
        defaults('auth0', 'client_credentials', { domain, audience: 'https://api' })?.issuer,
        'https://tenant.eu.auth0.com/',
      );
  });

  it('Keycloak keeps the path of its server and doubles no slash', () => {
    const found = defaults('keycloak', 'client_credentials', {
      server: 'https://sso.example.com/auth/',
      realm: 'demo',
    });
    assert.equal(found?.issuer, 'https://sso.example.com/auth/realms/demo');
  });

  it('a typed issuer stays as it is, its slash included', () => {
    for (const issuer of ['https://a.example', 'https://a.example/', 'https://a.example/tenant'])
      assert.equal(defaults('generic', 'client_credentials', { issuer })?.issuer, issuer);
  });

  it('plain http survives on loopback only', () => {
    const issuer = (instance: string) => defaults('erp-net', 'client_credentials', { instance })?.issuer;
    assert.equal(issuer('http://127.0.0.1:8080'), 'http://127.0.0.1:8080/id');
    assert.equal(issuer('http://testdb.my.erp.net'), 'https://testdb.my.erp.net/id');
  });

  it('an answer that cannot be is told in a sentence', () => {
    const [tenant] = providerOf(catalogue, 'entra-id').ask;
    const [instance] = providerOf(catalogue, 'erp-net').ask;
    assert.ok(tenant && instance);
    assert.equal(answerProblem(tenant, 'contoso.com'), undefined);
    assert.equal(answerProblem(tenant, 'a b'), 'Tenant must look like contoso.onmicrosoft.com.');
    assert.equal(answerProblem(instance, ''), 'Instance is missing.');
    assert.match(answerProblem(instance, 'a b') ?? '', /must be an address/);
  });
});
