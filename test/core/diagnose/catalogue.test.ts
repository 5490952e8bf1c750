import assert from 'node:assert/strict';
import { cp, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { Ajv } from 'ajv';
import { dialectOf, dialects, loadCatalogue, providerOf } from '../../../src/core/diagnose/catalogue.ts';
import { explainFailure } from '../../../src/core/diagnose/explainFailure.ts';
import { profileDefaults } from '../../../src/core/diagnose/profileDefaults.ts';
import type { Provider } from '../../../src/core/diagnose/provider.ts';
import { quickFixLabel } from '../../../src/core/diagnose/quickFixLabel.ts';
import { recogniseProvider } from '../../../src/core/diagnose/recognise.ts';
import { productLists } from '../../../src/core/productLists.ts';
import type { Grant, Profile } from '../../../src/core/profile/profile.ts';
import { clientCredentials, providersDirectory, without } from './support.ts';

const catalogue = await loadCatalogue(providersDirectory);
const files = await readdir(providersDirectory);
const schema = JSON.parse(
  await readFile(new URL('../../../src/core/diagnose/provider.schema.json', import.meta.url), 'utf8'),
) as object;
const validate = new Ajv({ allErrors: true, formats: { regex: isRegex } }).compile(schema);

function isRegex(text: string): boolean {
  new RegExp(text, 'iu');
  return true;
}

/** A provider that nobody ever heard of. */
const acme: Provider = {
  id: 'acme',
  name: 'Acme',
  description: 'The identity server of Acme.',
  order: 40,
  read: '2026-11-30',
  recognise: { urls: ['^https://[^/]+\\.acme\\.example/'] },
  ask: [{ name: 'city', label: 'City', description: 'Where it is.', placeholder: 'berlin', kind: 'text' }],
  endpoints: { tokenEndpoint: 'https://{city}.acme.example/oauth/token' },
  grants: {
    client_credentials: { clientAuthentication: 'client_secret_post', scopes: ['{city}.read'] },
  },
  tokenDialect: { name: 'acme', response: { envelope: 'result' } },
  audience: 'scope',
  errors: [
    {
      id: 'unknown-scope',
      when: { error: ['invalid_scope'], description: 'unknown scope (?<scope>\\S+)' },
      cause: 'Acme has no scope $scope.',
      steps: ['Remove it.'],
      fixes: [{ kind: 'remove_scopes', scopes: ['$scope'] }],
      weight: 90,
    },
  ],
  advice: [],
  links: [],
};

describe('the provider catalogue', () => {
  it('ships every server of the brief, the generic one last', () => {
    assert.deepEqual(
      catalogue.map(({ id }) => id),
      [
        ...['erp-net', 'tokenidp', 'salesforce', 'entra-id', 'auth0', 'okta', 'keycloak', 'google', 'github'],
        ...['amazon-cognito', 'slack', 'spotify'],
        ...['azure-ad-b2c', 'entra-external-id', 'adfs', 'duende', 'openiddict', 'ory-hydra', 'zitadel'],
        ...['authentik', 'authelia', 'dex', 'fusionauth', 'pingone', 'wso2', 'oracle-idcs', 'sap-xsuaa'],
        ...['servicenow', 'gitlab', 'bitbucket', 'atlassian', 'discord', 'linkedin', 'x', 'zoom', 'hubspot'],
        ...['shopify', 'paypal', 'docusign', 'xero', 'strava', 'notion', 'reddit', 'dropbox', 'box', 'adobe'],
        ...['epic-smart', 'apple', 'bluesky', 'airtable', 'asana', 'canva', 'clerk', 'linear', 'logto'],
        ...['quickbooks', 'twitch', 'workos', 'zoho', 'gitea', 'databricks', 'digitalocean', 'generic'],
      ],
    );
  });

  for (const file of files)
    it(`${file} keeps to the schema`, async () => {
      const provider = JSON.parse(await readFile(`${providersDirectory}/${file}`, 'utf8')) as { id: string };
      assert.ok(validate(provider), JSON.stringify(validate.errors, undefined, 1));
      assert.equal(`${provider.id}.json`, file);
    });

  it('may bind what it says to any grant there is', () => {
    const { definitions } = schema as { definitions: { grants: { items: { enum: string[] } } } };
    const ids = productLists.grants.map(({ id }) => id);
    assert.deepEqual(definitions.grants.items.enum.toSorted(), ids.toSorted());
    const bound = new Set(catalogue.flatMap(({ advice }) => advice.flatMap(({ grants = [] }) => grants)));
    for (const grant of ['token_exchange', 'device_code', 'jwt_bearer', 'ciba'])
      assert.ok(bound.has(grant), grant);
  });

  it('has a label for every fix it offers', () => {
    for (const { id, errors } of catalogue)
      for (const fix of errors.flatMap(({ fixes = [] }) => fixes))
        assert.doesNotMatch(quickFixLabel(fix), /undefined/, id);
  });

  it('names each question once, uses every answer, and asks for every placeholder', () => {
    for (const { id, ask, endpoints, grants } of catalogue) {
      const used = new Set([...JSON.stringify([endpoints, grants]).matchAll(/\{(\w+)\}/g)].map(([, n]) => n));
      assert.deepEqual([...used].sort(), ask.map(({ name }) => name).sort(), id);
    }
  });

  it('uses only groups in its texts that its descriptions capture, and names each rule once', () => {
    for (const { id, errors } of catalogue) {
      assert.equal(new Set(errors.map((rule) => rule.id)).size, errors.length, id);
      for (const { when, cause, steps, fixes } of errors)
        for (const [, group] of JSON.stringify([cause, steps, fixes]).matchAll(/\$(?!resource\b)(\w+)/g))
          assert.ok(when.description?.includes(`(?<${group ?? ''}>`), `${id}: ${cause}`);
    }
  });

  it('knows an API behind $resource wherever a fix asks for it', () => {
    for (const { id, errors, scopes } of catalogue)
      if (JSON.stringify(errors.flatMap(({ fixes }) => fixes ?? [])).includes('$resource'))
        assert.ok(scopes?.defaultResource, id);
  });

  it('starts no profile, and offers no redirect URI, on a host that the provider refuses', () => {
    for (const { id, grants, redirect } of catalogue) {
      const uri = grants['authorization_code']?.redirectUri;
      const hosts: readonly string[] | undefined = redirect?.hosts;
      if (uri === undefined || hosts === undefined) continue;
      // Where no loopback host is taken, the user completes an address of their own.
      if (hosts.length === 0) assert.equal(uri, 'https://', id);
      else assert.ok(hosts.includes(new URL(uri).hostname), id);
    }
  });

  it('says where what a provider lacks can be read: an entry of its links names it', () => {
    const named = {
      public_clients: /secret/i,
      pkce_with_secret: /without a secret/i,
      introspection: /introspection/i,
      browser_pages: /CORS/,
    };
    for (const { id, lacks = [], links } of catalogue)
      for (const lack of lacks)
        assert.ok(
          links.some(({ title }) => named[lack].test(title)),
          `${id}: ${lack}`,
        );
  });

  it('has a day on which each file was compared with what its links lead to: as a whole, or page by page', () => {
    const pages = ['amazon-cognito', 'entra-id', 'github', 'google', 'keycloak', 'okta', 'slack'];
    // Its help is put together by scripts: only the beginnings of its pages could be had to compare with.
    const unread = ['salesforce'];
    for (const { id, read, links } of catalogue) {
      const compared = links.flatMap((link) => link.read ?? []);
      for (const day of [...compared, ...(read === undefined ? [] : [read])])
        assert.ok(day <= '2026-11-30', id);
      assert.equal(read === undefined, pages.includes(id) || unread.includes(id), id);
      assert.equal(compared.length > 0, pages.includes(id), id);
      assert.ok(links.length > 0, id);
    }
  });

  it('takes a further provider as one more file: recognised, with defaults, dialect and rules, and no code', async (context) => {
    const directory = await mkdtemp(join(tmpdir(), 'providers-'));
    context.after(() => rm(directory, { recursive: true }));
    await cp(providersDirectory, directory, { recursive: true });
    assert.ok(validate(acme), JSON.stringify(validate.errors));
    await writeFile(join(directory, 'acme.json'), JSON.stringify(acme));
    const more = await loadCatalogue(directory);
    assert.equal(more.length, catalogue.length + 1);
    assert.equal(more.at(-1)?.id, 'generic');

    const tokenEndpoint = 'https://berlin.acme.example/oauth/token';
    const found = recogniseProvider(more, { tokenEndpoint });
    assert.deepEqual([found.provider.id, found.how], ['acme', 'recognised']);
    const defaults = profileDefaults(found.provider, 'client_credentials', { city: 'berlin' });
    assert.deepEqual(defaults, {
      ...{
        provider: 'acme',
        tokenEndpoint,
        clientAuthentication: 'client_secret_post',
        scopes: ['berlin.read'],
      },
    });
    const profile = without(clientCredentials(defaults), 'issuer') as Profile;
    assert.equal(dialectOf(more, profile, found.provider)?.name, 'acme');

    const body = { error: 'invalid_scope', error_description: 'unknown scope berlin.read' };
    const failure = {
      kind: 'oauth_error',
      step: 'token',
      status: 400,
      body,
      message: '',
      advice: '',
    } as const;
    const [first] = explainFailure({ failure, profile, exchanges: [] }, more).causes;
    assert.equal(first?.id, 'acme/unknown-scope');
    assert.equal(first.title, 'Acme has no scope berlin.read.');
    assert.deepEqual(first.fixes, [{ kind: 'remove_scopes', scopes: ['berlin.read'] }]);
  });

  it('gives every token dialect a name of its own', () => {
    const names = dialects(catalogue).map(({ name }) => name);
    assert.deepEqual(names, ['tokenidp', 'github', 'slack', 'notion']);
  });
});

describe('recognising a provider', () => {
  const known: readonly (readonly [string, Grant, Record<string, string>])[] = [
    ['erp-net', 'client_credentials', { issuer: 'https://testdb.my.erp.net/id' }],
    ['erp-net', 'client_credentials', { tokenEndpoint: 'https://erp.example.com/id/connect/token' }],
    ['tokenidp', 'client_credentials', { tokenEndpoint: 'https://localhost:5001/token' }],
    ['salesforce', 'client_credentials', { issuer: 'https://mycompany.my.salesforce.com' }],
    ['entra-id', 'client_credentials', { issuer: 'https://login.microsoftonline.com/contoso.com/v2.0' }],
    ['auth0', 'client_credentials', { issuer: 'https://tenant.eu.auth0.com/' }],
    ['okta', 'client_credentials', { issuer: 'https://dev-1.okta.com/oauth2/default' }],
    ['keycloak', 'client_credentials', { issuer: 'https://sso.example.com/realms/demo' }],
    ['google', 'authorization_code', { issuer: 'https://accounts.google.com' }],
    ['github', 'authorization_code', { tokenEndpoint: 'https://github.com/login/oauth/access_token' }],
    [
      'amazon-cognito',
      'client_credentials',
      { issuer: 'https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_A' },
    ],
    ['slack', 'authorization_code', { tokenEndpoint: 'https://slack.com/api/oauth.v2.access' }],
    ['spotify', 'client_credentials', { tokenEndpoint: 'https://accounts.spotify.com/api/token' }],
    [
      'azure-ad-b2c',
      'authorization_code',
      { tokenEndpoint: 'https://contoso.b2clogin.com/contoso.onmicrosoft.com/B2C_1_in/oauth2/v2.0/token' },
    ],
    ['entra-external-id', 'authorization_code', { issuer: 'https://contoso.ciamlogin.com/contoso/v2.0' }],
    ['adfs', 'client_credentials', { issuer: 'https://fs.contoso.example/adfs' }],
    ['ory-hydra', 'client_credentials', { issuer: 'https://gifted-cat-1.projects.oryapis.com' }],
    ['zitadel', 'client_credentials', { issuer: 'https://acme-1.zitadel.cloud' }],
    ['authentik', 'client_credentials', { issuer: 'https://auth.acme.example/application/o/orders/' }],
    ['dex', 'authorization_code', { issuer: 'https://id.acme.example/dex' }],
    ['fusionauth', 'client_credentials', { tokenEndpoint: 'https://acme.fusionauth.io/oauth2/token' }],
    ['pingone', 'client_credentials', { issuer: 'https://auth.pingone.com.au/1b2c/as' }],
    ['wso2', 'client_credentials', { tokenEndpoint: 'https://api.asgardeo.io/t/acme/oauth2/token' }],
    [
      'oracle-idcs',
      'client_credentials',
      { tokenEndpoint: 'https://idcs-0a1b.identity.oraclecloud.com:443/oauth2/v1/token' },
    ],
    [
      'sap-xsuaa',
      'client_credentials',
      { tokenEndpoint: 'https://acme.authentication.us10-001.hana.ondemand.com/oauth/token' },
    ],
    ['servicenow', 'client_credentials', { tokenEndpoint: 'https://dev1.service-now.com/oauth_token.do' }],
    ['gitlab', 'authorization_code', { issuer: 'https://gitlab.com' }],
    ['bitbucket', 'client_credentials', { tokenEndpoint: 'https://bitbucket.org/site/oauth2/access_token' }],
    ['atlassian', 'authorization_code', { tokenEndpoint: 'https://auth.atlassian.com/oauth/token' }],
    ['discord', 'authorization_code', { tokenEndpoint: 'https://discord.com/api/v10/oauth2/token' }],
    ['linkedin', 'authorization_code', { tokenEndpoint: 'https://www.linkedin.com/oauth/v2/accessToken' }],
    ['x', 'authorization_code', { tokenEndpoint: 'https://api.twitter.com/2/oauth2/token' }],
    ['zoom', 'authorization_code', { tokenEndpoint: 'https://zoom.us/oauth/token' }],
    ['hubspot', 'authorization_code', { tokenEndpoint: 'https://api.hubapi.com/oauth/v1/token' }],
    [
      'shopify',
      'authorization_code',
      { tokenEndpoint: 'https://acme.myshopify.com/admin/oauth/access_token' },
    ],
    ['paypal', 'client_credentials', { tokenEndpoint: 'https://api-m.paypal.com/v1/oauth2/token' }],
    ['docusign', 'authorization_code', { tokenEndpoint: 'https://account-d.docusign.com/oauth/token' }],
    ['xero', 'authorization_code', { issuer: 'https://identity.xero.com' }],
    ['strava', 'authorization_code', { tokenEndpoint: 'https://www.strava.com/oauth/token' }],
    ['notion', 'authorization_code', { tokenEndpoint: 'https://api.notion.com/v1/oauth/token' }],
    ['reddit', 'client_credentials', { tokenEndpoint: 'https://www.reddit.com/api/v1/access_token' }],
    ['dropbox', 'authorization_code', { tokenEndpoint: 'https://api.dropboxapi.com/oauth2/token' }],
    ['box', 'client_credentials', { tokenEndpoint: 'https://api.box.com/oauth2/token' }],
    [
      'epic-smart',
      'authorization_code',
      { tokenEndpoint: 'https://fhir.hospital.example/prod/interconnect-prd-oauth/oauth2/token' },
    ],
    [
      'epic-smart',
      'authorization_code',
      { issuer: 'https://fhir.hospital.example/Interconnect-PRD-OAuth2/oauth2' },
    ],
    ['okta', 'client_credentials', { issuer: 'https://base.okta.mil/oauth2/default' }],
    ['airtable', 'authorization_code', { tokenEndpoint: 'https://www.airtable.com/oauth2/v1/token' }],
    ['asana', 'authorization_code', { tokenEndpoint: 'https://app.asana.com/-/oauth_token' }],
    ['canva', 'authorization_code', { tokenEndpoint: 'https://api.canva.com/rest/v1/oauth/token' }],
    ['clerk', 'authorization_code', { issuer: 'https://saving-primate-16.clerk.accounts.dev' }],
    ['gitea', 'authorization_code', { issuer: 'https://codeberg.org' }],
    [
      'databricks',
      'client_credentials',
      { tokenEndpoint: 'https://dbc-1.cloud.databricks.com/oidc/v1/token' },
    ],
    [
      'digitalocean',
      'authorization_code',
      { tokenEndpoint: 'https://cloud.digitalocean.com/v1/oauth/token' },
    ],
    ['linear', 'client_credentials', { tokenEndpoint: 'https://api.linear.app/oauth/token' }],
    ['logto', 'client_credentials', { issuer: 'https://acme.logto.app/oidc' }],
    [
      'quickbooks',
      'authorization_code',
      { tokenEndpoint: 'https://oauth.platform.intuit.com/oauth2/v1/tokens/bearer' },
    ],
    ['twitch', 'client_credentials', { issuer: 'https://id.twitch.tv/oauth2' }],
    ['workos', 'client_credentials', { issuer: 'https://acme.authkit.app' }],
    ['zoho', 'authorization_code', { tokenEndpoint: 'https://accounts.zoho.com.au/oauth/v2/token' }],
  ];
  for (const [id, , urls] of known)
    it(`knows ${id} by ${Object.values(urls).join()}`, () => {
      const found = recogniseProvider(catalogue, urls);
      assert.equal(found.provider.id, id);
      assert.match(found.why, /^Looks like .+: the (issuer|token endpoint) is https:/);
    });

  it('takes an issuer that merely ends with /id for nobody’s', () => {
    for (const issuer of ['https://login.example.com/id', 'https://sts.corp.example/id/'])
      assert.equal(recogniseProvider(catalogue, { issuer }).how, 'generic', issuer);
  });

  it('is not fooled by a look-alike host', () => {
    for (const issuer of [
      'https://evil.example/https://login.microsoftonline.com/',
      'https://login.microsoftonline.com.evil.example/x',
      'https://accounts.google.com.evil.example',
      'https://evil.example/?https://slack.com/',
      'https://contoso.b2clogin.com.evil.example/x',
      'https://evil.example/contoso.ciamlogin.com/',
      'https://auth.pingone.com.evil.example/1/as',
      'https://gitlab.com.evil.example',
      'https://evil-bitbucket.org/site/oauth2/access_token',
      'https://xzoom.us/oauth/token',
      'https://api.box.com.evil.example/oauth2/token',
      'https://evil.example/www.strava.com/oauth/token',
      'https://acme.myshopify.com.evil.example/admin/oauth/access_token',
      'https://identity.xero.community',
      'https://accounts.zoho.com.evil.example/oauth/v2/token',
      'https://acme.logto.app.evil.example/oidc',
      'https://evil.example/id.twitch.tv/oauth2',
    ])
      assert.equal(recogniseProvider(catalogue, { issuer }).how, 'generic', issuer);
  });

  it('takes for a host only what a browser would go to', () => {
    for (const issuer of [
      'https://evil.example?.okta.com/',
      'https://evil.example#.auth0.com/',
      'https://evil.example\\.okta.com/',
      'https://evil.example?/realms/x/',
      'https://evil.example/?a/adfs/',
      'https://x.okta.com:443@evil.example/',
      'https://evil.example?.erp.net/',
      'https://evil.example?.amazoncognito.com',
    ])
      assert.equal(recogniseProvider(catalogue, { issuer }).how, 'generic', issuer);
    for (const token_endpoint of [
      'https://evil.example/.amazoncognito.com/oauth2/token',
      'https://evil.example?.amazoncognito.com/oauth2/token',
      'https://evil.example/token?next=/realms/x/protocol/openid-connect/token',
    ])
      assert.equal(recogniseProvider(catalogue, {}, { token_endpoint }).how, 'generic', token_endpoint);
    const userPart = { issuer: 'https://me@tenant.eu.auth0.com:443/?x=1' };
    assert.equal(recogniseProvider(catalogue, userPart).provider.id, 'auth0');
    for (const issuer of [
      'https://login.chinacloudapi.cn/common/v2.0',
      'https://login.microsoftonline.de/x/v2.0',
    ])
      assert.equal(recogniseProvider(catalogue, { issuer }).provider.id, 'entra-id', issuer);
  });

  it('knows no product by a path that many have', () => {
    for (const path of [
      ...['/oauth2/token', '/oauth/token', '/api/oauth2/token', '/oauth2/v1/token', '/connect/token'],
      ...['/oauth2/authorize', '/oauth/authorize', '/as/token', '/token', '/login', '/application/token'],
    ])
      for (const host of ['https://login.example.com', 'https://example.com/tenant'])
        assert.equal(
          recogniseProvider(catalogue, { tokenEndpoint: `${host}${path}` }).how,
          'generic',
          `${host}${path}`,
        );
  });

  it('takes what a provider’s own file fills in for that provider, or for nobody’s', () => {
    for (const provider of catalogue)
      for (const grant of ['client_credentials', 'authorization_code'] as const) {
        const answers = Object.fromEntries(
          provider.ask.map(({ name, default: usual, placeholder }) => [name, usual ?? placeholder]),
        );
        const defaults = profileDefaults(provider, grant, answers);
        if (defaults === undefined) continue;
        const { issuer, tokenEndpoint, authorizationEndpoint } = defaults;
        const urls = { issuer, tokenEndpoint, authorizationEndpoint };
        const given = Object.fromEntries(Object.entries(urls).filter(([, url]) => url !== undefined));
        const found = recogniseProvider(catalogue, given);
        assert.ok([provider.id, 'generic'].includes(found.provider.id), `${provider.id}: ${found.why}`);
      }
  });

  it('takes the profile’s word before every clue', () => {
    const found = recogniseProvider(catalogue, { provider: 'okta', issuer: 'https://accounts.google.com' });
    assert.deepEqual([found.provider.id, found.how], ['okta', 'named']);
  });

  it('knows a server by its metadata or its answers', () => {
    const issuer = 'https://login.example.com';
    const keycloak = { token_endpoint: `${issuer}/realms/x/protocol/openid-connect/token` };
    assert.equal(recogniseProvider(catalogue, { issuer }, keycloak).provider.id, 'keycloak');
    for (const [id, metadata] of [
      ['duende', { check_session_iframe: `${issuer}/connect/checksession` }],
      ['authelia', { token_endpoint: `${issuer}/api/oidc/token` }],
      ['wso2', { issuer: `${issuer}/oauth2/token` }],
      ['authentik', { token_endpoint: `${issuer}/application/o/token/` }],
      ['adfs', { token_endpoint: `${issuer}/adfs/oauth2/token/` }],
      ['gitea', { token_endpoint: `${issuer}/login/oauth/access_token` }],
    ] as const)
      assert.equal(recogniseProvider(catalogue, { issuer }, metadata).provider.id, id);
    const answers = (headers: readonly (readonly [string, string])[], body: string) => [
      {
        ...({ id: 1, purpose: 'token', leg: 'extension', startedAt: 0, deviations: [] } as const),
        request: { method: 'POST', url: `${issuer}/token`, headers: [] },
        response: { status: 400, statusText: '', headers, body },
      },
    ];
    const by = (headers: readonly (readonly [string, string])[], body = '') =>
      recogniseProvider(catalogue, { issuer }, undefined, answers(headers, body)).provider.id;
    assert.equal(by([['X-Okta-Request-Id', 'abc']]), 'okta');
    assert.equal(by([], '{"isSuccess": false}'), 'tokenidp');
    assert.equal(by([], 'AADSTS7000215: Invalid client secret'), 'entra-id');
    assert.equal(by([], 'AADB2C90006: The redirect URI is not registered'), 'azure-ad-b2c');
    assert.equal(by([['X-Gitlab-Meta', '{}']]), 'gitlab');
    assert.equal(by([], '{"error":"invalid_client","error_reason":"invalid_client_id"}'), 'fusionauth');
    const uri = 'https://documentation.openiddict.com/errors/ID2055';
    assert.equal(by([], JSON.stringify({ error: 'invalid_client', error_uri: uri })), 'openiddict');
    assert.equal(by([], '{}'), 'generic');
  });

  it('finds the dialect a profile names before its provider’s', () => {
    const provider = providerOf(catalogue, 'github');
    assert.equal(dialectOf(catalogue, clientCredentials(), provider)?.name, 'github');
    const named = clientCredentials({ tokenDialect: 'tokenidp' });
    assert.equal(dialectOf(catalogue, named, provider)?.name, 'tokenidp');
    assert.equal(dialectOf(catalogue, clientCredentials({ tokenDialect: 'rfc6749' }), provider), undefined);
  });
});
