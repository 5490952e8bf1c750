import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { explainFailure } from '../../../src/core/diagnose/explainFailure.ts';
import { grantOf } from '../../../src/core/grants/all.ts';
import { recordingFetch } from '../../../src/core/http/recordingFetch.ts';
import { MetadataCache } from '../../../src/core/oauth/metadataCache.ts';
import { serverMetadata } from '../../../src/core/oauth/serverMetadata.ts';
import { FailureError } from '../../../src/core/record/failure.ts';
import { Trace } from '../../../src/core/record/trace.ts';
import { startStandIn, type Answer } from '../../support/servers/standIn.ts';
import { catalogue, causeIds, explained, realClock, run } from './play.ts';
import { authorizationCode, clientCredentials } from './support.ts';

type At = (path: string, origin: string) => Answer | undefined;
const openid: (document: (origin: string) => unknown) => At = (document) => (path, origin) =>
  path.includes('openid-configuration') ? { status: 200, body: document(origin) as object } : undefined;
const html = { 'content-type': 'text/html' };

/** What came in the place of metadata, the cause, and a sentence that has to be there. */
const rows: readonly (readonly [name: string, path: string, answer: At, cause: string, says: RegExp])[] = [
  [
    'issuer null',
    '',
    openid((o) => ({ issuer: null, token_endpoint: `${o}/t` })),
    'nothing-published',
    /no document with an issuer/,
  ],
  [
    'issuer absent',
    '',
    openid((o) => ({ token_endpoint: `${o}/t` })),
    'nothing-published',
    /no document with an issuer/,
  ],
  [
    'issuer in a list',
    '',
    openid((o) => ({ issuer: [o], token_endpoint: `${o}/t` })),
    'nothing-published',
    /no document with an issuer/,
  ],
  ['a list', '', openid(() => []), 'nothing-published', /no document with an issuer/],
  [
    'a page of an app',
    '',
    () => ({ status: 200, headers: html, body: '<html>app</html>' }),
    'nothing-published',
    /oauth-authorization-server: no document/,
  ],
  [
    'a refusal',
    '',
    () => ({ status: 401, body: { error: 'unauthorized' } }),
    'nothing-published',
    /status 401/,
  ],
  [
    'oauth2-proxy’s page to sign in',
    '',
    () => ({ status: 403, headers: html, body: '<!DOCTYPE html><title>Sign in</title><form></form>' }),
    'page-for-metadata',
    /status 403, and is a page/,
  ],
  [
    'S3, of a bucket that is not open',
    '',
    () => ({
      ...{ status: 403, headers: { 'content-type': 'application/xml' } },
      body: '<?xml version="1.0"?><Error><Code>AccessDenied</Code></Error>',
    }),
    'nothing-published',
    /status 403/,
  ],
  [
    'Vercel’s page for deployments that are protected',
    '',
    () => ({ status: 401, headers: html, body: '<!doctype html><title>Authentication Required</title>' }),
    'page-for-metadata',
    /whose page it is/,
  ],
  [
    'Cognito, of a pool that is not there',
    '',
    () => ({ status: 400, body: { message: 'User pool eu-west-1_x does not exist.' } }),
    'realm-not-known',
    /does not know the realm or tenant/,
  ],
  ['a server in trouble', '', () => ({ status: 500, body: 'x' }), 'server-in-trouble', /status 500/],
  [
    'no token endpoint',
    '',
    openid((o) => ({ issuer: o })),
    'nothing-published',
    /names no token endpoint.*Its metadata was read/s,
  ],
  [
    'a relative token endpoint',
    '',
    openid((o) => ({ issuer: o, token_endpoint: '/t' })),
    'insecure-url',
    /\/t/,
  ],
  [
    'a token endpoint without TLS',
    '',
    openid((o) => ({ issuer: o, token_endpoint: 'http://as.example.com/t' })),
    'insecure-url',
    /http:\/\/as\.example\.com\/t/,
  ],
  [
    'a login page',
    '',
    () => ({ status: 302, headers: { location: '/login' } }),
    'redirected',
    /request for its metadata to a login page/,
  ],
  [
    'the document of the root only',
    '/Tenant',
    (path, o) =>
      path === '/.well-known/openid-configuration' ? { status: 200, body: { issuer: o } } : undefined,
    'nothing-published',
    /openid-configuration\/Tenant/,
  ],
  [
    'another case',
    '/Tenant',
    openid((o) => ({ issuer: `${o}/tenant`, token_endpoint: `${o}/t` })),
    'issuer-differs',
    /upper and lower case/,
  ],
  [
    'a slash too many',
    '/t/',
    openid((o) => ({ issuer: `${o}/t`, token_endpoint: `${o}/t` })),
    'issuer-differs-by-slash',
    /exactly as the server writes it/,
  ],
  [
    'a body that is not packed',
    '',
    () => ({ status: 200, headers: { 'content-encoding': 'gzip' }, body: 'no' }),
    'answer-not-unpacked',
    /status 200/,
  ],
  [
    'a firewall',
    '',
    () => ({
      status: 403,
      headers: html,
      body: '<html><title>Attention Required! | Cloudflare</title></html>',
    }),
    'firewall',
    /firewall or gateway/,
  ],
];

describe('what comes in the place of metadata', () => {
  for (const [name, path, answer, cause, says] of rows)
    it(`${name}: ${cause}`, async () => {
      const server = await startStandIn(
        (request, origin) => answer(request.path, origin) ?? { status: 404, body: 'no' },
      );
      try {
        const issuer = `${server.origin}${path}`;
        const explanation = explained(await run('client_credentials', clientCredentials({ issuer })));
        assert.equal(causeIds(explanation)[0], cause, causeIds(explanation).join());
        const [first] = explanation.causes;
        const told = [explanation.title, first?.title, ...(first?.evidence ?? []), ...(first?.steps ?? [])];
        assert.match(told.join('\n'), says);
        assert.ok((first?.fixes.length ?? 0) > 0, 'nothing can be done');
      } finally {
        await server.close();
      }
    });
});

const gh = 'https://github.com';
const wellknown = `${gh}/panva/wellknown, the document as it came`;
/** Everything of one issuer that a sign-in needs, under `at`. */
const published = (issuer: string, at = issuer.replace(/\/$/, '')) => ({
  ...{ issuer, authorization_endpoint: `${at}/authorize`, token_endpoint: `${at}/token` },
  ...{ jwks_uri: `${at}/jwks`, response_types_supported: ['code'] },
});
type Documents = Readonly<
  Record<string, { readonly body: unknown; readonly type?: string; readonly status?: number }>
>;
interface Maker {
  /** Where it is told; where nothing is linked, it is from memory. */
  readonly source: string;
  readonly issuer: string;
  /** By the path that comes after the host; everything else is 404. */
  readonly at: Documents;
  /** The first cause, or what is sent to. */
  readonly is: string;
  readonly says?: RegExp;
  readonly fix?: object;
}
const behind = (path: string) => `${path}/.well-known/openid-configuration`;
const one = (path: string, body: unknown, more: object = {}): Documents => ({
  [behind(path)]: { body, ...more },
});
const b2c = 'https://myorgb2c.b2clogin.com/4c2f1234-1234-4567-7654-123321828afd';
const policy = '/4c2f1234-1234-4567-7654-123321828afd/b2c_1_signup-signin/v2.0';
const idcs = 'https://idcs-fd65079a19ab43ab808d264c927d3401.identity.oraclecloud.com';
const entra = 'https://login.microsoftonline.com';
const edited = (field: string) => ({ kind: 'edit_profile', field });

/** Documents as their makers publish them, and what is right. */
const makers: Readonly<Record<string, Maker>> = {
  'Google: endpoints on other hosts': {
    source: 'https://developers.google.com/identity/openid-connect/openid-connect#discovery',
    issuer: 'https://accounts.google.com',
    at: one('', {
      ...published('https://accounts.google.com', 'https://oauth2.googleapis.com'),
      authorization_endpoint: 'https://accounts.google.com/o/oauth2/v2/auth',
    }),
    is: 'https://oauth2.googleapis.com/token',
  },
  'Google of old: an issuer that is no URL': {
    source: `${gh}/manfredsteyer/angular-oauth2-oidc/issues/523`,
    issuer: 'https://accounts.google.com',
    at: one('', published('accounts.google.com', 'https://accounts.google.com')),
    is: 'issuer-differs',
    says: /names “accounts\.google\.com” as its issuer, which is not a URL.*it is not a URL, so no metadata can be asked for/s,
    fix: {
      ...{ kind: 'use_endpoints', tokenEndpoint: 'https://accounts.google.com/token' },
      ...{ authorizationEndpoint: 'https://accounts.google.com/authorize' },
      jwksUri: 'https://accounts.google.com/jwks',
    },
  },
  'Entra: a template for many tenants': {
    source: `${gh}/MicrosoftDocs/azure-docs/issues/95994`,
    issuer: `${entra}/common/v2.0`,
    at: one('/common/v2.0', published(`${entra}/{tenantid}/v2.0`, `${entra}/common/oauth2/v2.0`)),
    is: `${entra}/common/oauth2/v2.0/token`,
  },
  'Entra v1: the issuer is on another host': {
    source: 'memory',
    issuer: `${entra}/common`,
    at: one('/common', published('https://sts.windows.net/{tenantid}/', `${entra}/common/oauth2`)),
    is: 'issuer-differs',
    says: /on another host/,
    fix: {
      ...{ kind: 'use_endpoints', tokenEndpoint: `${entra}/common/oauth2/token` },
      ...{
        authorizationEndpoint: `${entra}/common/oauth2/authorize`,
        jwksUri: `${entra}/common/oauth2/jwks`,
      },
    },
  },
  'Azure B2C: no policy in the issuer': {
    source: `${gh}/coreos/go-oidc/issues/121`,
    issuer: `https://myorgb2c.b2clogin.com${policy}`,
    at: one(policy, published(`${b2c}/v2.0/`, `${b2c}/b2c_1_signup-signin/oauth2/v2.0`)),
    is: 'issuer-differs',
    says: /no metadata was found under it/,
    fix: {
      ...{ kind: 'use_endpoints', tokenEndpoint: `${b2c}/b2c_1_signup-signin/oauth2/v2.0/token` },
      authorizationEndpoint: `${b2c}/b2c_1_signup-signin/oauth2/v2.0/authorize`,
      jwksUri: `${b2c}/b2c_1_signup-signin/oauth2/v2.0/jwks`,
    },
  },
  'Oracle IDCS: one issuer for all': {
    source: `${gh}/coreos/go-oidc/issues/240`,
    issuer: idcs,
    at: one('', published('https://identity.oraclecloud.com/', `${idcs}/oauth2/v1`)),
    is: 'issuer-differs',
    says: /on another host/,
    fix: {
      ...{ kind: 'use_endpoints', tokenEndpoint: `${idcs}/oauth2/v1/token` },
      ...{ authorizationEndpoint: `${idcs}/oauth2/v1/authorize`, jwksUri: `${idcs}/oauth2/v1/jwks` },
    },
  },
  'Cloud Foundry UAA: the issuer is the token endpoint': {
    source: `${gh}/cloudfoundry/uaa/issues/652`,
    issuer: 'https://uaa.example.com/uaa',
    at: {
      ...one('/uaa', published('https://uaa.example.com/uaa/oauth/token')),
      ...one('/uaa/oauth/token', published('https://uaa.example.com/uaa/oauth/token')),
    },
    is: 'issuer-differs',
    says: /exactly as the server writes it/,
    fix: { kind: 'set_issuer', issuer: 'https://uaa.example.com/uaa/oauth/token' },
  },
  'Cloud Foundry UAA behind a proxy: inner addresses': {
    source: `${gh}/cloudfoundry/uaa/issues/692`,
    issuer: 'https://uaa.mydomain.com/uaa/oauth/token',
    at: one(
      '/uaa/oauth/token',
      published('https://uaa.mydomain.com/uaa/oauth/token', 'http://172.16.118.17:8080/uaa/oauth'),
    ),
    is: 'insecure-url',
    says: /publishes an endpoint that is on this computer or its network/,
    fix: edited('authorizationEndpoint'),
  },
  'SAP XSUAA: an issuer of localhost': {
    source: `${gh}/SAP/cloud-security-services-integration-library/issues/303`,
    issuer: 'https://slh.authentication.sap.hana.ondemand.com',
    at: one(
      '',
      published(
        'http://slh.localhost:8080/uaa/oauth/token',
        'https://slh.authentication.sap.hana.ondemand.com',
      ),
    ),
    is: 'issuer-differs',
    says: /it is not https/,
    fix: {
      kind: 'use_endpoints',
      tokenEndpoint: 'https://slh.authentication.sap.hana.ondemand.com/token',
      authorizationEndpoint: 'https://slh.authentication.sap.hana.ondemand.com/authorize',
      jwksUri: 'https://slh.authentication.sap.hana.ondemand.com/jwks',
    },
  },
  'LinkedIn: an issuer with a path, asked for with it': {
    source: `${gh}/keycloak/keycloak/issues/28686`,
    issuer: 'https://www.linkedin.com/oauth',
    at: one('/oauth', published('https://www.linkedin.com/oauth', 'https://www.linkedin.com/oauth/v2')),
    is: 'https://www.linkedin.com/oauth/v2/token',
  },
  'LinkedIn before: an issuer without the path of the document': {
    source: `${gh}/supabase/auth/pull/1254`,
    issuer: 'https://www.linkedin.com/oauth',
    at: one('/oauth', published('https://www.linkedin.com', 'https://www.linkedin.com/oauth/v2')),
    is: 'issuer-differs',
    says: /no metadata was found under it/,
  },
  'Finastra: the issuer of all environments': {
    source: `${gh}/ramosbugs/openidconnect-rs/issues/38`,
    issuer: 'https://api.fusionfabric.cloud/login/v1/sandbox',
    at: one(
      '/login/v1/sandbox',
      published(
        'https://api.fusionfabric.cloud/login/v1',
        'https://api.fusionfabric.cloud/login/v1/sandbox/oidc',
      ),
    ),
    is: 'issuer-differs',
    says: /no metadata was found under it/,
  },
  'OrchardCore behind a proxy: all of it http': {
    source: `${gh}/OrchardCMS/OrchardCore/issues/14874`,
    issuer: 'https://saas.test.com/test1',
    at: one('/test1', published('http://saas.test.com/test1')),
    is: 'issuer-differs',
    says: /not https\. Behind a proxy, a server has to be told the https address/,
    fix: edited('issuer'),
  },
  'OpenIddict behind a proxy: all of it http, with a slash': {
    source: `${gh}/openiddict/openiddict-core/issues/363`,
    issuer: 'https://account.caricoin.com',
    at: one('', published('http://account.caricoin.com/')),
    is: 'issuer-differs',
    says: /it is not https/,
  },
  'IdentityServer behind a proxy: endpoints over http': {
    source: `${gh}/DuendeArchive/IdentityServer4/issues/3966`,
    issuer: 'https://oauth.test.example.com',
    at: one('', published('https://oauth.test.example.com', 'http://oauth.test.example.com/connect')),
    is: 'insecure-url',
    says: /names an authorization endpoint that is not https/,
    fix: edited('authorizationEndpoint'),
  },
  'OpenIddict: a slash at the end, behind a path': {
    source: `${gh}/openiddict/openiddict-core/issues/2384`,
    issuer: 'https://single.mindfields.space/oidc/',
    at: one('/oidc', published('https://single.mindfields.space/oidc/')),
    is: 'https://single.mindfields.space/oidc/token',
  },
  'authentik: a slash at the end that was left out': {
    source: `${gh}/achtungsoftware/alarik/issues/14`,
    issuer: 'https://authentik.domain.com/application/o/alarik',
    at: one('/application/o/alarik', published('https://authentik.domain.com/application/o/alarik/')),
    is: 'issuer-differs-by-slash',
    fix: { kind: 'set_issuer', issuer: 'https://authentik.domain.com/application/o/alarik/' },
  },
  'Gitea: a slash behind the host, typed without': {
    source: `${gh}/ramosbugs/openidconnect-rs/issues/77`,
    issuer: 'https://git.lounge.rocks',
    at: one('', published('https://git.lounge.rocks/')),
    is: 'https://git.lounge.rocks/token',
  },
  'Node Solid Server: a text in the place of a list': {
    source: `${gh}/nodeSolidServer/node-solid-server/issues/1599`,
    issuer: 'https://solidcommunity.net',
    at: one('', {
      ...published('https://solidcommunity.net'),
      token_endpoint_auth_methods_supported: 'client_secret_basic',
    }),
    is: 'https://solidcommunity.net/token',
  },
  'a Laravel package: the object in a list': {
    source: `${gh}/limosa-io/laravel-openid-connect-server/issues/30`,
    issuer: 'https://laravel.example.com',
    at: one('', [published('https://laravel.example.com')]),
    is: 'nothing-published',
    says: /JSON that is not an object \(an array\)/,
  },
  'NetSuite: an address that is to be determined': {
    source: `${gh}/ramosbugs/openidconnect-rs/issues/71`,
    issuer: 'https://618898.app.netsuite.com',
    at: one('', { ...published('https://618898.app.netsuite.com'), service_documentation: 'TBD' }),
    is: 'https://618898.app.netsuite.com/token',
  },
  'Pocket ID: JSON called HTML': {
    source: `${gh}/pocket-id/pocket-id/issues/1130`,
    issuer: 'https://id.example.com',
    at: one('', published('https://id.example.com'), { type: 'text/html; charset=utf-8' }),
    is: 'https://id.example.com/token',
  },
  'Kanidm: JSON that is not called so': {
    source: `${gh}/kanidm/kanidm/issues/2179`,
    issuer: 'https://idm.example.com/oauth2/openid/app',
    at: one(
      '/oauth2/openid/app',
      `\uFEFF${JSON.stringify(published('https://idm.example.com/oauth2/openid/app'))}`,
      {
        type: 'application/octet-stream',
      },
    ),
    is: 'https://idm.example.com/oauth2/openid/app/token',
  },
  'Steam: OpenID 2.0': {
    source: `${gh}/DuendeArchive/IdentityModel.OidcClient.Samples/issues/12`,
    issuer: 'https://steamcommunity.com/openid',
    at: one(
      '/openid',
      '<?xml version="1.0" encoding="UTF-8"?>\n<xrds:XRDS xmlns:xrds="xri://$xrds"></xrds:XRDS>',
      {
        type: 'application/xrds+xml',
      },
    ),
    is: 'nothing-published',
    says: /XML came/,
  },
  'IBMid: a page': {
    source: `${gh}/bitly/oauth2_proxy/issues/664`,
    issuer: 'https://prepiam.toronto.ca.ibm.com/',
    at: one('', '<!DOCTYPE html><html><head><title>IBMid</title></head></html>', { type: 'text/html' }),
    is: 'nothing-published',
    says: /(?:a page|HTML)/,
  },
  'OpenAM: not acceptable': {
    source: `${gh}/GluuFederation/oxAuth/issues/876`,
    issuer: 'https://idp.example.com',
    at: one('', '', { status: 406 }),
    is: 'nothing-published',
    says: /status 406/,
  },
  'Okta for the implicit grant only: no token endpoint': {
    source: `${gh}/okta/okta-auth-js (test/support/xhr)`,
    issuer: 'https://auth-js-test.okta.com',
    at: one('', { ...published('https://auth-js-test.okta.com'), token_endpoint: undefined }),
    is: 'nothing-published',
    says: /names no token endpoint/,
  },
  'GitHub Actions: keys and nothing else': {
    source: 'memory',
    issuer: 'https://token.actions.githubusercontent.com',
    at: one('', {
      issuer: 'https://token.actions.githubusercontent.com',
      jwks_uri: 'https://token.actions.githubusercontent.com/.well-known/jwks',
    }),
    is: 'nothing-published',
    says: /names no authorization endpoint/,
    fix: edited('issuer'),
  },
  'Duende IdentityServer: a required member is missing': {
    source: `${gh}/FormidableLabs/react-native-app-auth/issues/880`,
    issuer: 'https://demo.duendesoftware.com',
    at: one('', { ...published('https://demo.duendesoftware.com'), response_types_supported: undefined }),
    is: 'https://demo.duendesoftware.com/token',
  },
  'an OAuth server under the name of OpenID': {
    source: `${gh}/modelcontextprotocol/typescript-sdk/issues/2733`,
    issuer: 'https://as.example.com',
    at: one('', { ...published('https://as.example.com'), jwks_uri: undefined }),
    is: 'https://as.example.com/token',
  },
  'HTML under the one name, metadata under the other': {
    source: `${gh}/spring-projects/spring-security/pull/17927`,
    issuer: 'https://takos.dev',
    at: {
      ...one('', '<!doctype html><div id="root"></div>', { type: 'text/html' }),
      '/.well-known/oauth-authorization-server': {
        body: published('https://takos.dev', 'https://takos.dev/oauth'),
      },
    },
    is: 'https://takos.dev/oauth/token',
  },
  'a hub whose document is below its issuer': {
    source: `${gh} (hub.energi-up.com in a deployment guide, found by find_string)`,
    issuer: 'https://hub.energi-up.com/api/sso',
    at: one('/api/sso', published('https://hub.energi-up.com', 'https://hub.energi-up.com/api/sso')),
    is: 'issuer-differs',
  },
  'ForgeRock AM: the short name of the realm in the issuer': {
    source: `${gh}/3scale/APIcast (doc/forgerock.md)`,
    issuer: 'https://am.example.com/openam/oauth2/realms/test',
    at: one(
      '/openam/oauth2/realms/test',
      published(
        'https://am.example.com/openam/oauth2/test',
        'https://am.example.com/openam/oauth2/realms/root/realms/test',
      ),
    ),
    is: 'issuer-differs',
    says: /no metadata was found under it/,
    fix: {
      kind: 'use_endpoints',
      tokenEndpoint: 'https://am.example.com/openam/oauth2/realms/root/realms/test/token',
      authorizationEndpoint: 'https://am.example.com/openam/oauth2/realms/root/realms/test/authorize',
      jwksUri: 'https://am.example.com/openam/oauth2/realms/root/realms/test/jwks',
    },
  },
  'Salesforce of old: the login host as the issuer of every domain': {
    source:
      'https://help.salesforce.com/s/articleView?id=xcloud.remoteaccess_using_openid_discovery_endpoint.htm',
    issuer: 'https://acme.my.salesforce.com',
    at: one('', published('https://login.salesforce.com', 'https://login.salesforce.com/services/oauth2')),
    is: 'issuer-differs',
    says: /on another host/,
  },
  'Cognito: endpoints on the domain of the pool': {
    source: 'https://docs.aws.amazon.com/cognito/latest/developerguide/federation-endpoints.html',
    issuer: 'https://cognito-idp.eu-west-2.amazonaws.com/eu-west-2_Ab1',
    at: one(
      '/eu-west-2_Ab1',
      published(
        'https://cognito-idp.eu-west-2.amazonaws.com/eu-west-2_Ab1',
        'https://acme.auth.eu-west-2.amazoncognito.com/oauth2',
      ),
    ),
    is: 'https://acme.auth.eu-west-2.amazoncognito.com/oauth2/token',
  },
  'Cognito: the domain of the pool in the place of its issuer': {
    source: `${gh}/aws-solutions-library-samples/guidance-for-claude-code-with-amazon-bedrock/pull/114`,
    issuer: 'https://acme.auth.eu-west-2.amazoncognito.com',
    at: {},
    is: 'nothing-published',
    says: /cognito-idp/,
  },
  Slack: {
    source: 'npm @wellknown/slack, the document as it came',
    issuer: 'https://slack.com',
    at: one('', {
      ...published('https://slack.com', 'https://slack.com/openid/connect'),
      ...{ token_endpoint: 'https://slack.com/api/openid.connect.token', request_parameter_supported: false },
    }),
    is: 'https://slack.com/api/openid.connect.token',
  },
  'PayPal: the token endpoint on another host': {
    source: 'npm @wellknown/paypal, the document as it came',
    issuer: 'https://www.paypal.com',
    at: one('', {
      ...published('https://www.paypal.com', 'https://api.paypal.com/v1/oauth2'),
      authorization_endpoint: 'https://www.paypal.com/signin/authorize',
    }),
    is: 'https://api.paypal.com/v1/oauth2/token',
  },
  'PingOne: a slash at the end that is not in the issuer': {
    source: `${gh}/pingidentity (issuer of the sample: …/as/)`,
    issuer: 'https://auth.pingone.com/f5e3bd6b-8b61-4af0-82fa-e1312a15ee61/as/',
    at: one(
      '/f5e3bd6b-8b61-4af0-82fa-e1312a15ee61/as',
      published('https://auth.pingone.com/f5e3bd6b-8b61-4af0-82fa-e1312a15ee61/as'),
    ),
    is: 'issuer-differs-by-slash',
    fix: {
      kind: 'set_issuer',
      issuer: 'https://auth.pingone.com/f5e3bd6b-8b61-4af0-82fa-e1312a15ee61/as',
    },
  },
  'Facebook: tokens come with the redirect, no token endpoint': {
    source: `${wellknown}: facebook`,
    issuer: 'https://www.facebook.com',
    at: one('', {
      issuer: 'https://www.facebook.com',
      authorization_endpoint: 'https://facebook.com/dialog/oauth/',
      jwks_uri: 'https://www.facebook.com/.well-known/oauth/openid/jwks/',
      response_types_supported: ['id_token', 'token id_token'],
    }),
    is: 'nothing-published',
    says: /names no token endpoint/,
  },
  'Dropbox: codes go to another host': {
    source: `${wellknown}: dropbox`,
    issuer: 'https://www.dropbox.com',
    at: one('', {
      ...published('https://www.dropbox.com', 'https://www.dropbox.com/oauth2'),
      token_endpoint: 'https://api.dropboxapi.com/oauth2/token',
    }),
    is: 'https://api.dropboxapi.com/oauth2/token',
  },
  'Spotify: a response type that is none': {
    source: `${wellknown}: spotify`,
    issuer: 'https://accounts.spotify.com',
    at: one('', {
      ...published('https://accounts.spotify.com', 'https://accounts.spotify.com/api'),
      response_types_supported: ['code', 'none'],
    }),
    is: 'https://accounts.spotify.com/api/token',
  },
  'Docker: an issuer with a slash, typed without': {
    source: `${wellknown}: docker`,
    issuer: 'https://login.docker.com',
    at: one('', published('https://login.docker.com/', 'https://login.docker.com/oauth')),
    is: 'https://login.docker.com/oauth/token',
  },
  'mojeID: an issuer with a path and a slash, typed without': {
    source: `${wellknown}: mojeid`,
    issuer: 'https://mojeid.cz/oidc',
    at: one('/oidc', {
      ...published('https://mojeid.cz/oidc/', 'https://mojeid.cz/oidc'),
      acr_values_supported: ['', 'pwd'],
    }),
    is: 'issuer-differs-by-slash',
    fix: { kind: 'set_issuer', issuer: 'https://mojeid.cz/oidc/' },
  },
  'mojeID: names of other members': {
    source: `${wellknown}: mojeid`,
    issuer: 'https://mojeid.cz/oidc/',
    at: one('/oidc', {
      ...{ version: '3.0', ...published('https://mojeid.cz/oidc/', 'https://mojeid.cz/oidc') },
      acr_values_supported: ['', 'pwd'],
    }),
    is: 'https://mojeid.cz/oidc/token',
  },
  'Twitch: an issuer with a path': {
    source: `${wellknown}: twitch`,
    issuer: 'https://id.twitch.tv/oauth2',
    at: one('/oauth2', published('https://id.twitch.tv/oauth2')),
    is: 'https://id.twitch.tv/oauth2/token',
  },
  'Twitch: the host alone': {
    source: `${wellknown}: twitch`,
    issuer: 'https://id.twitch.tv',
    at: one('/oauth2', published('https://id.twitch.tv/oauth2')),
    is: 'nothing-published',
    says: /status 404/,
  },
  'Discord: the issuer is not where the API is': {
    source: `${wellknown}: discord`,
    issuer: 'https://discord.com/api',
    at: one('', published('https://discord.com', 'https://discord.com/api/oauth2')),
    is: 'nothing-published',
    says: /status 404/,
  },
  'Kubernetes: no place to sign in': {
    source: 'KEP-1393, service account issuer discovery',
    issuer: 'https://dev.cluster.internal',
    at: one('', {
      issuer: 'https://dev.cluster.internal',
      jwks_uri: 'https://dev.cluster.internal/serviceaccountkeys/v1',
      authorization_endpoint: 'urn:kubernetes:programmatic_authorization',
      response_types_supported: ['id_token'],
    }),
    is: 'insecure-url',
    says: /is a name and no address.*check whether another issuer/s,
    fix: edited('issuer'),
  },
  'AD FS: access tokens have another issuer, over http': {
    source: 'logon-a.schiphol.nl, found by find_string',
    issuer: 'https://adfs.example.com/adfs',
    at: one('/adfs', {
      ...published('https://adfs.example.com/adfs', 'https://adfs.example.com/adfs/oauth2'),
      access_token_issuer: 'http://adfs.example.com/adfs/services/trust',
    }),
    is: 'https://adfs.example.com/adfs/oauth2/token',
  },
  'AD FS: the address of its trust in the place of the issuer': {
    source: 'memory',
    issuer: 'https://adfs.example.com/adfs/services/trust',
    at: one('/adfs', published('https://adfs.example.com/adfs', 'https://adfs.example.com/adfs/oauth2')),
    is: 'nothing-published',
    says: /status 404/,
  },
  'Apple: a path that is not in its issuer': {
    source: `${wellknown}: apple`,
    issuer: 'https://appleid.apple.com/auth',
    at: one('', published('https://appleid.apple.com', 'https://appleid.apple.com/auth')),
    is: 'nothing-published',
    says: /status 404/,
  },
  'NHS login: keys only, and members of its own': {
    source: 'auth.sandpit.signin.nhs.uk, found by find_string',
    issuer: 'https://auth.sandpit.signin.nhs.uk',
    at: one('', {
      ...published('https://auth.sandpit.signin.nhs.uk'),
      token_endpoint_auth_methods_supported: ['private_key_jwt'],
      fido_uaf_authentication_request_endpoint: 'https://uaf.sandpit.signin.nhs.uk/authRequest',
    }),
    is: 'https://auth.sandpit.signin.nhs.uk/token',
  },
  'IdentityServer on a name of the office': {
    source: 'ac1vs03/ASTS, found by find_string',
    issuer: 'https://ac1vs03/ASTS',
    at: one('/ASTS', published('https://ac1vs03/ASTS', 'https://ac1vs03/ASTS/connect')),
    is: 'https://ac1vs03/ASTS/connect/token',
  },
  'Bluesky: an OAuth server only': {
    source: 'bsky.social, found by find_string',
    issuer: 'https://bsky.social',
    at: {
      '/.well-known/oauth-authorization-server': {
        body: published('https://bsky.social', 'https://bsky.social/oauth'),
      },
    },
    is: 'https://bsky.social/oauth/token',
  },
  'Globus: endpoints of a version': {
    source: `${gh}/globus/globus-sdk-python (tests)`,
    issuer: 'https://auth.globus.org',
    at: one('', published('https://auth.globus.org', 'https://auth.globus.org/v2/oauth2')),
    is: 'https://auth.globus.org/v2/oauth2/token',
  },
  'Klarna: endpoints of a region': {
    source: `${wellknown}: klarna`,
    issuer: 'https://login.klarna.com/eu/lp/idp',
    at: one('/eu/lp/idp', published('https://login.klarna.com', 'https://login.klarna.com/eu/lp/idp/oauth2')),
    is: 'issuer-differs',
  },
  'an endpoint without a host': {
    source: 'memory',
    issuer: 'https://id.example.com',
    at: one('', published('https://id.example.com', '/oauth')),
    is: 'insecure-url',
    says: /is no complete URL \(\/oauth\/authorize\).*publishes an endpoint that is not a complete URL/s,
    fix: edited('authorizationEndpoint'),
  },
  'an endpoint that is empty': {
    source: 'memory',
    issuer: 'https://id.example.com',
    at: one('', { ...published('https://id.example.com'), token_endpoint: '' }),
    is: 'insecure-url',
    says: /is no complete URL \(it is empty\)/,
    fix: edited('tokenEndpoint'),
  },
};

describe('what makers publish', () => {
  for (const [name, { source, issuer, at, is, says, fix }] of Object.entries(makers))
    it(`${name}: ${is} (${source})`, async () => {
      const trace = new Trace();
      const sent: string[] = [];
      const fetch = (url: string) => {
        const { pathname } = new URL(url);
        const found = at[pathname];
        const {
          body = 'not found',
          status = 404,
          type = 'text/plain',
        } = found ? { status: 200, type: 'application/json', ...found } : {};
        return Promise.resolve(
          new Response(typeof body === 'string' ? body : JSON.stringify(body), {
            ...{ status, headers: { 'content-type': type } },
          }),
        );
      };
      const profile = authorizationCode({ issuer });
      const clock = { ...realClock, timeout: () => new AbortController().signal };
      const signal = new AbortController().signal;
      const recorded = recordingFetch({ fetch, clock, trace, signal, timeout: 5000 });
      const context = { trace, clock, fetch: recorded, metadata: new MetadataCache() };
      const failure = await serverMetadata(profile, context, grantOf(profile)).then(
        ({ server }) => void sent.push(server.token_endpoint ?? ''),
        (thrown: unknown) => (thrown instanceof FailureError ? thrown.failure : assert.fail(String(thrown))),
      );
      if (failure === undefined) {
        assert.deepEqual(sent, [is]);
        return;
      }
      const explanation = explainFailure({ profile, failure, exchanges: trace.exchanges }, catalogue);
      const [first] = explanation.causes;
      assert.equal(first?.id, is, failure.message);
      const told = [failure.message, explanation.title, first.title, ...first.evidence, ...first.steps];
      assert.match(told.join('\n'), says ?? /./);
      if (fix !== undefined) assert.deepEqual(first.fixes[0], fix);
    });
});
