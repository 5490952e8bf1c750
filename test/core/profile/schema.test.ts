import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Ajv, type AnySchemaObject } from 'ajv';
import fc from 'fast-check';
import manifest from '../../../package.json' with { type: 'json' };
import texts from '../../../package.nls.json' with { type: 'json' };
import { parseProfile } from '../../../src/core/profile/parseProfile.ts';
import { profileFields as declared } from '../../../src/core/profile/fields/all.ts';
import { loadCatalogue } from '../../../src/core/diagnose/catalogue.ts';
import { profileSchema } from '../../../src/core/profile/schema.ts';
import { serializeProfile } from '../../../src/core/profile/serializeProfile.ts';
import { providersDirectory } from '../diagnose/support.ts';
import { anyProfileJson } from './arbitraryProfile.ts';

const profileFields = declared.map(({ name }) => name);

const setting = manifest.contributes.configuration.properties['oauthExplorer.profiles'];
const accepts = new Ajv({ strict: false }).compile(setting as AnySchemaObject);

/** Whether the parser finds nothing to say, neither a problem nor a hint: what the editor does not underline. */
function isClean(value: unknown): boolean {
  const entry = parseProfile(value);
  return 'profile' in entry && entry.hints.length === 0;
}

const machine = { id: 'm', grant: 'client_credentials', issuer: 'https://as.example.com', clientId: 'c' };
const user = { id: 'u', grant: 'authorization_code', issuer: 'https://as.example.com', clientId: 'c' };
const decision = { ...machine, id: 'd', grant: 'ciba' };
const without = (entry: Record<string, unknown>, ...fields: string[]) =>
  Object.fromEntries(Object.entries(entry).filter(([field]) => !fields.includes(field)));

const good: [string, unknown][] = [
  ['the least a machine needs', machine],
  ['the least a user’s client needs', user],
  ['a name instead of an id', { ...without(machine, 'id'), name: 'Orders (nightly)' }],
  [
    'endpoints instead of an issuer',
    { ...without(machine, 'issuer'), tokenEndpoint: 'https://a.example/t?x=1' },
  ],
  [
    'both endpoints of a user’s client',
    {
      ...without(user, 'issuer'),
      tokenEndpoint: 'https://a.example/token',
      authorizationEndpoint: 'https://a.example/authorize',
    },
  ],
  ['a user named by a hint', { ...decision, loginHint: 'ada', loginHintToken: false }],
  ['a user named by the token of another profile', { ...decision, subjectProfile: 'app' }],
  ['a user named by a token that is asked for', { ...decision, loginHintToken: true, userCode: true }],
  ['a server on this machine', { ...machine, issuer: 'http://127.0.0.1:3000' }],
  ['a server on this machine by name', { ...machine, issuer: 'http://localhost/id' }],
  ['a client id with a slash', { ...machine, clientId: 'my.trusted.app/service' }],
  ['a secret in the form', { ...machine, clientAuthentication: 'client_secret_post' }],
  ['a confidential client of a user', { ...user, clientAuthentication: 'client_secret_basic' }],
  ['scopes', { ...machine, scopes: ['https://graph.microsoft.com/.default', 'a:b', '!#[]~'] }],
  ['a redirect URI with a port', { ...user, redirectUri: 'http://localhost:65535/a/B' }],
  ['a redirect URI of IPv6', { ...user, redirectUri: 'http://[::1]' }],
  ['an https redirect URI', { ...user, redirectUri: 'https://127.0.0.1/callback?x=y' }],
  ['a redirect URI of another application', { ...user, redirectUri: 'com.example.app:/callback' }],
  ['a redirect URI of the editor', { ...user, redirectUri: 'vscode://oauth-explorer.oauth-explorer/x' }],
  ['one resource', { ...machine, resource: 'https://api.example.com' }],
  ['several resources', { ...machine, resource: ['https://api.example.com', 'urn:a:b'] }],
  ['parameters', { ...user, authorizationParameters: { prompt: 'consent' }, tokenParameters: { x: '' } }],
  [
    'everything else',
    {
      ...machine,
      issuer: 'https://localhost:5001',
      name: 'All',
      provider: 'tokenidp',
      tokenDialect: 'tokenidp',
      basicEncoding: 'raw',
      audience: 'api',
      renew: true,
      trustedCertificate: Array.from({ length: 32 }, () => 'aB').join(':'),
    },
  ],
];

const bad: [string, unknown][] = [
  ['a text', 'x'],
  ['a list', []],
  ['null', null],
  ['nothing at all', {}],
  ...['grant', 'clientId', 'issuer', 'id'].map((field): [string, unknown] => [
    `no ${field}`,
    without(machine, field),
  ]),
  ['no authorization endpoint', { ...without(user, 'issuer'), tokenEndpoint: 'https://a.example/t' }],
  ['an unknown grant', { ...machine, grant: 'password' }],
  ['a machine without authentication', { ...machine, clientAuthentication: 'none' }],
  ['an unknown authentication', { ...machine, clientAuthentication: 'magic_link' }],
  ['an id with an @', { ...machine, id: 'a@b' }],
  ['an id of 101 characters', { ...machine, id: 'x'.repeat(101) }],
  ['an empty name', { ...machine, name: '' }],
  ['a name with a line break', { ...machine, name: 'a\nb' }],
  ['a name that runs backwards', { ...machine, name: 'a\u202eb' }],
  ['a name with a mark of direction', { ...machine, name: 'a\u061cb' }],
  ['a name with a tag nobody sees', { ...machine, name: 'a\u{e0041}b' }],
  ['a client id with a blank at its end', { ...machine, clientId: 'c ' }],
  ['a client id that is a number', { ...machine, clientId: 5 }],
  ['plain http', { ...machine, issuer: 'http://as.example.com' }],
  ['plain http on a name that begins like loopback', { ...machine, issuer: 'http://127.0.0.1.example.com' }],
  ['an issuer with a query', { ...machine, issuer: 'https://as.example.com/?a' }],
  ['an issuer with a fragment', { ...machine, issuer: 'https://as.example.com/#a' }],
  ['an issuer with a password', { ...machine, issuer: 'https://a:b@as.example.com' }],
  ['an issuer with a placeholder', { ...machine, issuer: 'https://{instance}/id' }],
  ['an issuer in capitals', { ...machine, issuer: 'HTTPS://as.example.com' }],
  ['an endpoint with a blank', { ...machine, tokenEndpoint: 'https://as.example.com/a b' }],
  ['scopes as one text', { ...machine, scopes: 'a b' }],
  ['a scope with a blank', { ...machine, scopes: ['a b'] }],
  ['an empty scope', { ...machine, scopes: [''] }],
  ['a scope twice', { ...machine, scopes: ['a', 'a'] }],
  ['a redirect URI that is a script', { ...user, redirectUri: 'javascript:alert(1)' }],
  ['a redirect URI out of band', { ...user, redirectUri: 'urn:ietf:wg:oauth:2.0:oob' }],
  ['a redirect URI elsewhere', { ...user, redirectUri: 'http://app.example.com/callback' }],
  ['a redirect URI with a fragment', { ...user, redirectUri: 'http://127.0.0.1/callback#a' }],
  ['a redirect URI with port 65536', { ...user, redirectUri: 'http://127.0.0.1:65536/callback' }],
  ['a redirect URI for a machine', { ...machine, redirectUri: 'http://127.0.0.1/callback' }],
  ['a relative resource', { ...machine, resource: '/api' }],
  ['a resource with a fragment', { ...machine, resource: ['https://a#b'] }],
  ['a parameter that is a number', { ...machine, tokenParameters: { a: 1 } }],
  ['a parameter of the flow’s own', { ...user, authorizationParameters: { state: 'x' } }],
  ['a parameter with a secret', { ...machine, tokenParameters: { client_secret: 'x' } }],
  ['parameters as a list', { ...machine, tokenParameters: ['a'] }],
  ['a fingerprint that is none', { ...machine, issuer: 'https://localhost', trustedCertificate: 'ab:cd' }],
  ['a user whom nothing names', decision],
  ['a user whom only “no” names', { ...decision, loginHintToken: false }],
  ['a user named twice', { ...decision, loginHint: 'ada', subjectProfile: 'app' }],
  ['a user named twice, once by a token', { ...decision, loginHint: 'ada', loginHintToken: true }],
  ['a hint token that is written down', { ...decision, loginHintToken: 'eyJhbGciOiJub25lIn0.e30.' }],
  ['a user code that is written down', { ...decision, loginHint: 'ada', userCode: '4711' }],
  ['a user code for a machine', { ...machine, userCode: true }],
  ['renew as a text', { ...machine, renew: 'yes' }],
  ['a client secret', { ...machine, clientSecret: 'x' }],
  ['a password', { ...machine, password: 'x' }],
  ['a slip of the pen', { ...user, redirectURI: 'http://127.0.0.1/callback' }],
  ['a field of somebody else’s', { ...machine, comment: 'x' }],
];

/** What a JSON schema cannot say; the parser says it. */
const onlyParsed: [string, unknown][] = [
  ['a name that makes no id', { ...without(machine, 'id'), name: '注文' }],
  ['a host that is none', { ...machine, issuer: 'https://a..b:99999' }],
  ['a secret that would go to another origin', { ...machine, tokenEndpoint: 'https://evil.example/token' }],
  [
    'a certificate for a server elsewhere',
    { ...machine, trustedCertificate: Array.from({ length: 32 }, () => 'ab').join(':') },
  ],
];

describe('the schema in package.json and the parser', () => {
  for (const [what, entry] of good)
    it(`both take ${what}`, () => {
      assert.ok(accepts([entry]), JSON.stringify(accepts.errors));
      assert.ok(isClean(entry), JSON.stringify(parseProfile(entry)));
    });
  for (const [what, entry] of bad)
    it(`both refuse ${what}`, () => {
      assert.equal(accepts([entry]), false);
      assert.equal(isClean(entry), false);
    });
  for (const [what, entry] of onlyParsed)
    it(`differ on ${what}: only the parser can tell`, () => {
      assert.ok(accepts([entry]), JSON.stringify(accepts.errors));
      assert.equal(isClean(entry), false);
    });

  it('agree that what the parser finds clean the schema takes, for any entry near a valid one', () => {
    const field = fc.constantFrom(...profileFields, 'clientSecret', 'x');
    const value = fc.oneof(
      fc.jsonValue({ maxDepth: 2 }),
      fc.webUrl(),
      fc.string({ unit: 'binary' }),
      fc.constantFrom('http://127.0.0.1', 'none', 'https://a b', 'HTTP://localhost', ' x', 'x\u2028', {}, []),
    );
    const changes = fc.array(fc.tuple(field, value), { maxLength: 3 });
    fc.assert(
      fc.property(anyProfileJson, changes, (entry, changed) => {
        const near = { ...entry, ...Object.fromEntries(changed) };
        if (isClean(near)) assert.ok(accepts([near]), JSON.stringify([near, accepts.errors]));
      }),
      { numRuns: 500 },
    );
  });

  it('agree on everything that is written to the settings', () => {
    fc.assert(
      fc.property(anyProfileJson, (entry) => {
        const parsed = parseProfile(entry);
        assert.ok('profile' in parsed);
        const written: unknown = JSON.parse(JSON.stringify(serializeProfile(parsed.profile)));
        assert.ok(accepts([written]), JSON.stringify([written, accepts.errors]));
      }),
    );
  });

  it('know the same fields', () => {
    const secrets = ['clientSecret', 'client_secret', 'password'];
    const known = Object.keys(setting.items.properties).filter((field) => !secrets.includes(field));
    assert.deepEqual(known, [...profileFields]);
  });
});

/** Read with this file: many files, which a mutant of the schema would read anew. */
const providers = await loadCatalogue(providersDirectory);

it('package.json and its texts are what the fields and the providers say (npm run manifest writes them)', () => {
  const { items, texts: declared } = profileSchema(
    undefined,
    providers.map(({ id }) => id),
  );
  assert.deepEqual(setting.items, JSON.parse(JSON.stringify(items)));
  const written = Object.entries(texts).filter(([key]) => key.startsWith('profile.'));
  assert.deepEqual(Object.fromEntries(written), declared);
});

describe('the texts of the setting', () => {
  it('are all in package.nls.json, and none there is left over', () => {
    const used = new Set(
      [...JSON.stringify(manifest).matchAll(/"%([\w.]+)%"/g)].map((match) => match[1] ?? ''),
    );
    assert.deepEqual([...used].sort(), Object.keys(texts).sort());
  });

  it('describe every field and every choice', () => {
    for (const [field, schema] of Object.entries(setting.items.properties)) {
      if ('not' in schema && !('type' in schema)) continue;
      assert.ok('markdownDescription' in schema, field);
      if ('enum' in schema)
        assert.equal(
          (schema as { markdownEnumDescriptions?: string[] }).markdownEnumDescriptions?.length,
          schema.enum.length,
          field,
        );
    }
  });
});
