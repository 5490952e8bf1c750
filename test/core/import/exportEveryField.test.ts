import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import { exportJson, exportPlainText } from '../../../src/core/import/exportText.ts';
import { planImport } from '../../../src/core/import/importPlan.ts';
import { importText } from '../../../src/core/import/importText.ts';
import { parseProfile } from '../../../src/core/profile/parseProfile.ts';
import type { GrantTraits } from '../../../src/core/profile/traits.ts';
import type { Profile } from '../../../src/core/profile/profile.ts';
import { takesField } from '../../../src/core/profile/fields/field.ts';
import { productLists } from '../../../src/core/productLists.ts';

/** A value of each field that is not the one it has without; whoever adds a field adds one here. */
const values: Readonly<Record<string, unknown>> = {
  name: 'A: “b”, [c] #d',
  provider: 'keycloak',
  issuer: 'https://127.0.0.1:8443/realms/r',
  authorizationEndpoint: 'https://127.0.0.1:8443/authorize',
  deviceAuthorizationEndpoint: 'https://127.0.0.1:8443/device',
  backchannelAuthenticationEndpoint: 'https://127.0.0.1:8443/bc',
  tokenEndpoint: 'https://127.0.0.1:8443/token',
  jwksUri: 'https://127.0.0.1:8443/jwks',
  clientId: 'client@example.com',
  basicEncoding: 'raw',
  keyId: 'key-1',
  signingAlgorithm: 'ES256',
  clientAssertionAudience: 'token_endpoint',
  scopes: ['openid', 'https://api.example.com/.default'],
  redirectUri: 'http://localhost:8123/cb',
  audience: 'https://api.example.com',
  resource: ['https://api.example.com/a', 'urn:x:y'],
  subjectProfile: 'other',
  subjectTokenType: 'urn:ietf:params:oauth:token-type:id_token',
  requestedTokenType: 'urn:ietf:params:oauth:token-type:jwt',
  actorProfile: 'service',
  actorTokenType: 'urn:ietf:params:oauth:token-type:jwt',
  assertionClaims: { sub: 'alice@example.com', nested: { a: [1, true, null] } },
  loginHint: 'alice@example.com',
  bindingMessage: 'W4SCT',
  loginHintToken: true,
  userCode: true,
  acrValues: 'urn:mace:incommon:iap:silver',
  prompt: 'login consent',
  maxAge: 60,
  uiLocales: 'fr-CA fr en',
  claims: { id_token: { auth_time: { essential: true } } },
  authorizationDetails: [
    { type: 'payment_initiation', actions: ['initiate'], locations: ['https://a.example'] },
  ],
  signAuthorizationRequest: true,
  pushAuthorizationRequest: true,
  pushedAuthorizationRequestEndpoint: 'https://127.0.0.1:8443/par',
  dpop: true,
  fapi2: true,
  postLogoutRedirectUri: 'http://127.0.0.1/out',
  sentToken: 'id_token',
  tokenHeader: 'X-Access-Token',
  tokenPrefix: 'token',
  mcpServer: 'https://mcp.example.com/mcp',
  authorizationParameters: { hd: 'example.com', empty: '' },
  tokenParameters: { 'x-a': '1 = "2"' },
  tokenDialect: 'tokenidp',
  trustedCertificate: Array.from({ length: 32 }, (_, index) => (index + 160).toString(16).toUpperCase()).join(
    ':',
  ),
  renew: false,
};

const ways = { JSON: exportJson, 'text without links': exportPlainText };

/** A grant for each of the fields of which a profile has exactly one. */
const everyWay = productLists.grants.flatMap((grant): readonly (readonly [GrantTraits, string])[] =>
  grant.needsOneOf === undefined ? [[grant, '']] : grant.needsOneOf.map((one) => [grant, one]),
);

for (const [grant, chosen] of everyWay)
  for (const authentication of productLists.authentications) {
    // Who gets a token without a user has to prove itself.
    if (authentication.id === 'none' && /^(?:client_credentials|ciba)$/.test(grant.id)) continue;
    it(`every field of ${grant.id} ${chosen} with ${authentication.id} comes back, without what is secret`, () => {
      const taken = productLists.fields.filter(
        (field) =>
          takesField(grant, field) &&
          field.ownHandsOnly !== true &&
          (field.name === chosen || grant.needsOneOf?.includes(field.name) !== true),
      );
      const entry = {
        ...Object.fromEntries(
          taken.flatMap(({ name }) => (name in values ? [[name, values[name]] as const] : [])),
        ),
        ...{ id: 'every', grant: grant.id, clientAuthentication: authentication.id },
      };
      const missing = taken.filter(({ name }) => !(name in entry)).map(({ name }) => name);
      assert.deepEqual(missing, []);
      const read = parseProfile(entry);
      assert.ok('profile' in read, JSON.stringify('problems' in read && read.problems));
      // Put in by hand, as no entry that is read keeps one.
      const withSecret = { ...read.profile, clientSecret: 's3cr3t', refresh_token: 's3cr3t' } as Profile;
      for (const [way, write] of Object.entries(ways)) {
        const text = write([withSecret]);
        assert.ok(!text.includes('s3cr3t'), way);
        const [back, ...others] = planImport(importText(text), []);
        assert.equal(others.length, 0);
        assert.ok(back?.kind === 'ready', JSON.stringify(back));
        assert.deepEqual(back.profile, read.profile, way);
        assert.equal(back.secret, undefined);
      }
    });
  }

/** Texts that other readers of the import take for something else, or that are hard to tell from what stands around them. */
const oddText = fc.oneof(
  fc.constantFrom(
    'true',
    '12',
    '1e5',
    'null',
    '{}',
    '[x]',
    '"q"',
    '\\',
    'a@b.c',
    'x[.]y',
    '[[]',
    '[://]',
    '[@]',
  ),
  fc.constantFrom(
    'x',
    'secret',
    'a-client-id',
    'your-client-id',
    '${x}',
    '{{y}}',
    '***',
    '__x__',
    'op://a/b',
  ),
  fc.constantFrom('a: b', '- a', '# c', '```', '= "x"', 'client_id=abc', 'clientId: y', 'OAuth Explorer'),
  fc.constantFrom('00000000-0000-0000-0000-000000000000', 'https://xxxx.example/{tenant}', 'None'),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }).filter((text) => text.trim() === text),
);

/** Fields of any text. */
const freeText = ['name', 'clientId', 'audience', 'loginHint', 'acrValues'];

for (const [grant, chosen] of everyWay)
  for (const { id: clientAuthentication } of productLists.authentications) {
    if (clientAuthentication === 'none' && /^(?:client_credentials|ciba)$/.test(grant.id)) continue;
    it(`some fields of ${grant.id} ${chosen} with ${clientAuthentication} come back, whatever their texts are`, () => {
      const taken = productLists.fields.filter(
        (field) =>
          takesField(grant, field) &&
          field.ownHandsOnly !== true &&
          (field.name === chosen || grant.needsOneOf?.includes(field.name) !== true),
      );
      const always = ['issuer', 'clientId', 'subjectProfile', chosen];
      const fields = taken.flatMap(({ name }) => {
        if (!(name in values)) return [];
        const value = freeText.includes(name) ? oddText : fc.constant(values[name]);
        return [[name, always.includes(name) ? value : fc.option(value, { nil: undefined })] as const];
      });
      const entries = fc.record({
        ...Object.fromEntries(fields),
        ...{ id: fc.constant('some'), grant: fc.constant(grant.id) },
        clientAuthentication: fc.constant(clientAuthentication),
      });
      let usable = 0;
      fc.assert(
        fc.property(entries, (entry) => {
          const read = parseProfile(JSON.parse(JSON.stringify(entry)));
          if ('problems' in read) return;
          usable++;
          for (const [way, write] of Object.entries(ways)) {
            const [back, ...others] = planImport(importText(write([read.profile])), []);
            assert.equal(others.length, 0);
            assert.deepEqual(back?.kind === 'ready' && back.profile, read.profile, way);
          }
        }),
        { numRuns: 30, seed: 20_261_201 },
      );
      assert.ok(usable > 5, String(usable));
    });
  }
