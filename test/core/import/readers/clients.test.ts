import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { importText } from '../../../../src/core/import/importText.ts';
import { json, open, planned, ready, words } from '../planned.ts';

describe('OpenAPI', () => {
  const yaml = `openapi: 3.0.3
info: { title: Shop, version: "1" }
servers:
  - url: https://api.example.com/v1
components:
  securitySchemes:
    key: { type: apiKey, name: X, in: header }
    oauth:
      type: oauth2
      flows:
        clientCredentials:
          tokenUrl: /oauth/token
          scopes: { read: Read, write: Write }
        authorizationCode:
          authorizationUrl: https://as.example.com/authorize
          tokenUrl: https://as.example.com/token
          scopes: { read: Read }
        implicit:
          authorizationUrl: https://as.example.com/authorize
          scopes: {}
    oidc:
      type: openIdConnect
      openIdConnectUrl: https://as.example.com/.well-known/openid-configuration
`;

  it('3 gives a profile to complete for each flow, and says which is no more to be used', () => {
    const plan = planned(yaml);
    assert.deepEqual(
      plan.map(
        (one) =>
          one.kind === 'open' && [
            one.name,
            one.entry['tokenEndpoint'] ?? one.entry['issuer'],
            one.entry['scopes'],
          ],
      ),
      [
        ['Shop: oauth (clientCredentials)', 'https://api.example.com/oauth/token', ['read', 'write']],
        ['Shop: oauth (authorizationCode)', 'https://as.example.com/token', ['read']],
        ['Shop: oidc', 'https://as.example.com', undefined],
      ],
    );
    assert.ok(
      plan.every((one) => one.kind === 'open' && one.problems.join('').includes('clientId is missing')),
    );
    assert.match(words(yaml), /2\.1\.2/);
  });

  it('2 (Swagger) is read in JSON', () => {
    const definition = {
      type: 'oauth2',
      flow: 'accessCode',
      authorizationUrl: 'https://a.example/auth',
      tokenUrl: 'https://a.example/t',
      scopes: { x: '' },
    };
    const one = open(
      json({ swagger: '2.0', info: { title: 'Pets' }, securityDefinitions: { petstore: definition } }),
    );
    assert.deepEqual(
      [one.entry['grant'], one.entry['authorizationEndpoint'], one.entry['scopes']],
      ['authorization_code', 'https://a.example/auth', ['x']],
    );
  });
});

describe('Google', () => {
  const client = {
    client_id: '1-x.apps.googleusercontent.com',
    project_id: 'shop',
    auth_uri: 'https://accounts.google.com/o/oauth2/auth',
    token_uri: 'https://oauth2.googleapis.com/token',
    auth_provider_x509_cert_url: 'https://www.googleapis.com/oauth2/v1/certs',
    client_secret: 'GOCSPX-abc',
  };

  it('of an installed application is ready', () => {
    const { profile, secret } = ready(
      json({ installed: { ...client, redirect_uris: ['http://localhost'] } }),
    );
    assert.ok(profile.grant === 'authorization_code');
    assert.deepEqual([profile.redirectUri, secret], ['http://localhost', 'GOCSPX-abc']);
  });

  it('of a web application keeps the registered redirect, one to this machine first', () => {
    const { profile } = ready(
      json({ web: { ...client, redirect_uris: ['https://shop.example/cb', 'http://localhost:8080/cb'] } }),
    );
    assert.equal(profile.grant === 'authorization_code' && profile.redirectUri, 'http://localhost:8080/cb');
    const one = ready(json({ web: { ...client, redirect_uris: ['https://shop.example/cb'] } })).profile;
    assert.equal(one.grant === 'authorization_code' && one.redirectUri, 'https://shop.example/cb');
  });

  it('service accounts never give their private key away', () => {
    const text = json({
      type: 'service_account',
      project_id: 'shop',
      private_key_id: 'k1',
      private_key: '-----BEGIN PRIVATE KEY-----\nTOPSECRET\n-----END PRIVATE KEY-----\n',
      client_email: 'worker@shop.iam.gserviceaccount.com',
      client_id: '123',
      token_uri: 'https://oauth2.googleapis.com/token',
    });
    assert.ok(!JSON.stringify(importText(text)).includes('TOPSECRET'));
    assert.match(words(text), /private key was left out/);
    const { profile, secret } = ready(text);
    assert.deepEqual(
      [profile.grant, profile.clientId, secret],
      ['jwt_bearer', 'worker@shop.iam.gserviceaccount.com', undefined],
    );
  });
});

describe('other clients’ files', () => {
  it('keycloak.json of a service and of a public client', () => {
    const service = {
      realm: 'shop',
      'auth-server-url': 'https://kc.example.com/',
      'ssl-required': 'external',
      resource: 'orders',
      credentials: { secret: 'ks' },
    };
    const one = ready(json(service));
    assert.deepEqual(
      [one.profile.issuer, one.profile.clientId, one.secret],
      ['https://kc.example.com/realms/shop', 'orders', 'ks'],
    );
    const two = ready(
      json({
        realm: 'shop',
        'auth-server-url': 'https://kc.example.com/auth',
        resource: 'web',
        'public-client': true,
      }),
    );
    assert.deepEqual(
      [two.profile.grant, two.profile.clientAuthentication, two.profile.issuer],
      ['authorization_code', 'none', 'https://kc.example.com/auth/realms/shop'],
    );
  });

  it('SAP keys: alone, in another service’s key, in VCAP_SERVICES, with a certificate', () => {
    const uaa = {
      clientid: 'sb-app!t1',
      clientsecret: 'a$b=',
      url: 'https://sub.authentication.eu10.hana.ondemand.com',
      xsappname: 'app!t1',
      'credential-type': 'binding-secret',
    };
    for (const value of [
      uaa,
      { uaa, uri: 'https://x.example' },
      { credentials: uaa },
      { VCAP_SERVICES: { xsuaa: [{ name: 'app!t1', credentials: uaa }] } },
      { xsuaa: [{ name: 'app!t1', credentials: uaa }] },
    ]) {
      const { profile, secret } = ready(json(value));
      assert.deepEqual(
        [profile.clientId, profile.tokenEndpoint, profile.clientAuthentication, secret],
        ['sb-app!t1', `${uaa.url}/oauth/token`, 'client_secret_post', 'a$b='],
        json(value),
      );
    }
    const x509 = {
      ...uaa,
      clientsecret: undefined,
      certificate: '-----BEGIN',
      key: 'TOPSECRET',
      certurl: 'https://sub.authentication.cert.eu10.hana.ondemand.com',
      'credential-type': 'x509',
    };
    assert.match(words(json(x509)), /Give this file when they are asked for/);
    assert.equal(ready(json(x509)).profile.tokenEndpoint, `${x509.certurl}/oauth/token`);
    assert.ok(!JSON.stringify(importText(json(x509))).includes('TOPSECRET'));
  });

  it('Azure: --json-auth, the CLI’s answer, appsettings.json', () => {
    const tenant = '72f988bf-86f1-41af-91ab-2d7cd011db47';
    const issuer = `https://login.microsoftonline.com/${tenant}/v2.0`;
    const sdk = ready(
      json({
        clientId: 'az',
        clientSecret: 'a~b',
        subscriptionId: 's',
        tenantId: tenant,
        activeDirectoryEndpointUrl: 'https://login.microsoftonline.com',
        resourceManagerEndpointUrl: 'https://management.azure.com/',
      }),
    );
    assert.deepEqual(
      [sdk.profile.issuer, sdk.profile.clientId, sdk.secret, sdk.profile.scopes],
      [issuer, 'az', 'a~b', ['https://management.azure.com/.default']],
    );
    const cli = ready(json({ appId: 'az', displayName: 'ci', password: 'p~w', tenant }));
    assert.deepEqual([cli.profile.name, cli.profile.issuer, cli.secret], ['ci', issuer, 'p~w']);
    const web = ready(
      json({
        AzureAd: {
          Instance: 'https://login.microsoftonline.com/',
          Domain: 'shop.onmicrosoft.com',
          TenantId: tenant,
          ClientId: 'web',
          CallbackPath: '/signin-oidc',
        },
        Logging: {},
      }),
    );
    assert.deepEqual(
      [web.profile.grant, web.profile.issuer, web.profile.clientId],
      ['authorization_code', issuer, 'web'],
    );
    const shared = ready(
      json({
        AzureAd: {
          Instance: 'https://login.microsoftonline.com/',
          TenantId: 'common',
          ClientId: 'web',
          CallbackPath: '/x',
        },
      }),
    );
    assert.equal(shared.profile.tokenEndpoint, 'https://login.microsoftonline.com/common/oauth2/v2.0/token');
    const template = open(
      json({
        AzureAd: {
          Instance: 'https://login.microsoftonline.com/',
          TenantId: '[Enter the tenant id]',
          ClientId: '[Enter the client id]',
        },
      }),
    );
    assert.match(template.problems.join(''), /clientId holds the placeholder/);
  });

  it('a registration answer, by its own method and redirect', () => {
    const one = open(
      json({
        client_id: 'dcr',
        client_secret: 'ds',
        client_id_issued_at: 1,
        client_secret_expires_at: 2000000000,
        redirect_uris: ['http://127.0.0.1:7000/cb'],
        grant_types: ['authorization_code', 'refresh_token'],
        token_endpoint_auth_method: 'client_secret_post',
        registration_access_token: 'TOPSECRET',
        client_name: 'Mine',
      }),
    );
    assert.deepEqual(
      [one.name, one.entry['redirectUri'], one.entry['clientAuthentication'], one.secret],
      ['Mine', 'http://127.0.0.1:7000/cb', 'client_secret_post', 'ds'],
    );
    assert.match(one.problems.join(''), /issuer or tokenEndpoint is missing/);
    assert.match(one.notes.join(''), /ends at 2033/);
    assert.ok(!JSON.stringify(one).includes('TOPSECRET'));
  });

  it('protected resource metadata (RFC 9728 section 3.2)', () => {
    const plan = planned(
      json({
        resource: 'https://resource.example.com',
        authorization_servers: ['https://as1.example.com', 'https://as2.example.net'],
        scopes_supported: ['profile', 'email'],
        bearer_methods_supported: ['header'],
      }),
    );
    assert.deepEqual(
      plan.map(
        (one) => one.kind === 'open' && [one.entry['issuer'], one.entry['resource'], one.entry['scopes']],
      ),
      [
        ['https://as1.example.com', ['https://resource.example.com'], ['profile', 'email']],
        ['https://as2.example.net', ['https://resource.example.com'], ['profile', 'email']],
      ],
    );
  });

  it('mcp.json: the server is the resource', () => {
    const plan = planned(
      json({
        servers: { a: { type: 'http', url: 'https://mcp.example.com/mcp' }, local: { command: 'node' } },
        inputs: [],
      }),
    );
    assert.deepEqual(
      plan.map((one) => one.kind === 'open' && [one.name, one.entry['resource']]),
      [['a', ['https://mcp.example.com/mcp']]],
    );
    const cursor = open(
      json({
        mcpServers: {
          b: {
            url: 'https://m.example/mcp',
            auth: { CLIENT_ID: 'c', CLIENT_SECRET: '${env:SECRET}', scopes: ['read'] },
          },
        },
      }),
    );
    assert.deepEqual(
      [cursor.entry['clientId'], cursor.entry['scopes'], cursor.secret],
      ['c', ['read'], undefined],
    );
  });
});

describe('Spring', () => {
  const yaml = `spring:
  security:
    oauth2:
      client:
        registration:
          orders:
            client-id: one
            client-secret: only-for-one
            authorization-grant-type: client_credentials
            client-authentication-method: client_secret_post
            scope: read,write
            provider: first
          web:
            client-id: two
            client-secret: \${WEB_SECRET}
            scope: [openid, profile]
            redirect-uri: "{baseUrl}/login/oauth2/code/{registrationId}"
            provider: second
        provider:
          first:
            token-uri: https://a.example/token
          second:
            issuer-uri: https://b.example
`;

  it('registrations keep their own secret and provider', () => {
    const [one, two] = planned(yaml, 'application.yml');
    assert.ok(one?.kind === 'ready' && two?.kind === 'open');
    assert.deepEqual(
      [one.profile.clientId, one.secret, one.hosts, one.profile.clientAuthentication, one.profile.scopes],
      ['one', 'only-for-one', ['a.example'], 'client_secret_post', ['read', 'write']],
    );
    assert.deepEqual(
      [two.entry['clientId'], two.secret, two.hosts, two.entry['grant']],
      ['two', undefined, ['b.example'], 'authorization_code'],
    );
    assert.match(two.problems.join(''), /client secret holds the placeholder \$\{WEB_SECRET\}/);
    assert.match(two.notes.join(''), /application’s own/);
  });

  it('dotted names, defaults and .properties are read', () => {
    const dotted =
      'spring.security.oauth2.client:\n  registration.a:\n    clientId: "${ID:fallback}"\n    authorization-grant-type: client_credentials\n    client-secret: s\n  provider.a.token-uri: https://a.example/t\n';
    assert.equal(ready(dotted).profile.clientId, 'fallback');
    const base = 'spring.security.oauth2.client.';
    const properties = `${base}registration.github.client-id=gh\n${base}registration.github.client-secret=gs\n${base}registration.github.scope=read:user`;
    const { profile, secret } = ready(properties, 'application.properties');
    assert.deepEqual(
      [profile.clientId, secret, profile.tokenEndpoint],
      ['gh', 'gs', 'https://github.com/login/oauth/access_token'],
    );
  });
});

describe('Auth.js and NextAuth', () => {
  it('each provider has its own client; the session’s key is nobody’s secret', () => {
    const text = `NEXTAUTH_URL=https://shop.example
NEXTAUTH_SECRET=TOPSECRET
AUTH_GITHUB_ID=gh
AUTH_GITHUB_SECRET=gs
KEYCLOAK_ID=kc
KEYCLOAK_SECRET=ks
KEYCLOAK_ISSUER=https://kc.example/realms/r
`;
    assert.deepEqual(
      planned(text).map(
        (one) => one.kind === 'ready' && [one.profile.name, one.profile.clientId, one.secret, one.secretHost],
      ),
      [
        ['github', 'gh', 'gs', 'github.com'],
        ['keycloak', 'kc', 'ks', 'kc.example'],
      ],
    );
    assert.ok(!JSON.stringify(importText(text)).includes('TOPSECRET'));
  });
});
