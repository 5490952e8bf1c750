import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { Ajv } from 'ajv';
import { dialectOf, dialects, loadCatalogue, providerOf } from '../../../src/core/diagnose/catalogue.ts';
import { recogniseProvider } from '../../../src/core/diagnose/recognise.ts';
import type { Grant } from '../../../src/core/profile/profile.ts';
import { clientCredentials, providersDirectory } from './support.ts';

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

describe('the provider catalogue', () => {
  it('ships every server of the brief, the generic one last', () => {
    assert.deepEqual(
      catalogue.map(({ id }) => id),
      [
        ...['erp-net', 'tokenidp', 'salesforce', 'entra-id', 'auth0', 'okta', 'keycloak', 'google', 'github'],
        ...['amazon-cognito', 'slack', 'spotify', 'generic'],
      ],
    );
  });

  for (const file of files)
    it(`${file} keeps to the schema`, async () => {
      const provider = JSON.parse(await readFile(`${providersDirectory}/${file}`, 'utf8')) as { id: string };
      assert.ok(validate(provider), JSON.stringify(validate.errors, undefined, 1));
      assert.equal(`${provider.id}.json`, file);
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
        for (const [, group] of JSON.stringify([cause, steps, fixes]).matchAll(/\$(\w+)/g))
          assert.ok(when.description?.includes(`(?<${group ?? ''}>`), `${id}: ${cause}`);
    }
  });

  it('gives every token dialect a name of its own', () => {
    const names = dialects(catalogue).map(({ name }) => name);
    assert.deepEqual(names, ['tokenidp', 'github', 'slack']);
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
  ];
  for (const [id, , urls] of known)
    it(`knows ${id} by ${Object.values(urls).join()}`, () => {
      const found = recogniseProvider(catalogue, urls);
      assert.equal(found.provider.id, id);
      assert.match(found.why, /^Looks like .+: the (issuer|token endpoint) is https:/);
    });

  it('is not fooled by a look-alike host', () => {
    for (const issuer of [
      'https://evil.example/https://login.microsoftonline.com/',
      'https://login.microsoftonline.com.evil.example/x',
      'https://accounts.google.com.evil.example',
      'https://evil.example/?https://slack.com/',
    ])
      assert.equal(recogniseProvider(catalogue, { issuer }).how, 'generic', issuer);
  });

  it('takes the profile’s word before every clue', () => {
    const found = recogniseProvider(catalogue, { provider: 'okta', issuer: 'https://accounts.google.com' });
    assert.deepEqual([found.provider.id, found.how], ['okta', 'named']);
  });

  it('knows a server by its metadata or its answers', () => {
    const issuer = 'https://login.example.com';
    const keycloak = { token_endpoint: `${issuer}/realms/x/protocol/openid-connect/token` };
    assert.equal(recogniseProvider(catalogue, { issuer }, keycloak).provider.id, 'keycloak');
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
