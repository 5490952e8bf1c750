import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { combineFiles } from '../../../src/core/import/combineFiles.ts';
import { environmentSettings } from '../../../src/core/import/environmentSettings.ts';
import { importLongText } from '../../../src/core/import/importText.ts';
import { intoEnvironments } from '../../../src/core/import/intoEnvironments.ts';
import { planImport } from '../../../src/core/import/importPlan.ts';
import { readTogether } from '../../../src/core/import/readTogether.ts';
import { json } from './planned.ts';

type Values = Readonly<Record<string, string>>;

async function imported(files: Values, existing?: unknown) {
  const { results } = await readTogether(Object.keys(files).toSorted(), (fileName, scope) =>
    importLongText(
      files[fileName] ?? '',
      { fileName, ...(scope && { scope }) },
      { pause: () => Promise.resolve() },
    ),
  );
  const { environments = [], profiles, ...rest } = combineFiles(results);
  const settings = environmentSettings(
    environments,
    profiles.flatMap(({ secret }) => secret ?? []),
  );
  const merged = intoEnvironments(profiles, settings, existing);
  return { plan: planImport({ ...rest, profiles: merged }, []), merged };
}

const dev = { url: 'https://dev.example', id: 'id-dev', key: 's3cr3t-dev', scope: 'read' };
const prod = { url: 'https://prod.example', id: 'id-prod', key: 's3cr3t-prod', scope: 'read write' };

const settings: Values = {
  grant_type: 'client_credentials',
  accessTokenUrl: '{{url}}/token',
  clientId: '{{id}}',
  clientSecret: '{{key}}',
  scope: 'api',
};
const postman = (auth: Values = settings) => {
  const oauth2 = Object.entries(auth).map(([key, value]) => ({ key, value }));
  const schema = 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json';
  return json({ info: { name: 'Shop', schema }, auth: { type: 'oauth2', oauth2 }, item: [] });
};
const postmanEnvironment = (name: string, values: Values) =>
  json({
    ...{ id: name, name, _postman_variable_scope: 'environment' },
    values: Object.entries(values).map(([key, value]) => ({ key, value, enabled: true })),
  });
const shop = (devs: Values = dev, prods: Values = prod, auth?: Values) => ({
  'Shop.json': postman(auth),
  'dev.json': postmanEnvironment('Dev', devs),
  'prod.json': postmanEnvironment('Prod', prods),
});

const bru = `auth:oauth2 {
  grant_type: client_credentials
  access_token_url: {{url}}/token
  client_id: {{id}}
  client_secret: {{key}}
  scope: api
}
`;
const vars = (values: Values) =>
  `vars {\n${Object.entries(values)
    .map(([name, value]) => `  ${name}: ${value}\n`)
    .join('')}}\n`;

const collections: Readonly<Record<string, Values>> = {
  Postman: shop(),
  Bruno: { 'Shop.bru': bru, 'environments/Dev.bru': vars(dev), 'environments/Prod.bru': vars(prod) },
  Hoppscotch: {
    'shop.json': json({
      ...{ v: 2, name: 'Shop', folders: [], requests: [] },
      auth: {
        ...{ authType: 'oauth-2', authActive: true },
        grantTypeInfo: {
          grantType: 'CLIENT_CREDENTIALS',
          authEndpoint: '<<url>>/token',
          clientID: '<<id>>',
          clientSecret: '<<key>>',
          scopes: 'api',
        },
      },
    }),
    ...Object.fromEntries(
      Object.entries({ Dev: dev, Prod: prod }).map(([name, values]) => [
        `${name}.json`,
        json({
          name,
          variables: Object.entries(values).map(([key, value]) => ({ key, value, secret: key === 'key' })),
        }),
      ]),
    ),
  },
  'Thunder Client': {
    'thunder-collection_shop.json': json({
      ...{ clientName: 'Thunder Client', collectionName: 'Shop', requests: [] },
      settings: {
        auth: {
          type: 'oauth2',
          oauth2: {
            grantType: 'client_credentials',
            accessTokenUrl: '{{url}}/token',
            clientId: '{{id}}',
            clientSecret: '{{key}}',
            scope: 'api',
          },
        },
      },
    }),
    ...Object.fromEntries(
      Object.entries({ Dev: dev, Prod: prod }).map(([environmentName, values]) => [
        `thunder-environment_${environmentName}.json`,
        json({
          ...{ clientName: 'Thunder Client', environmentName },
          variables: Object.entries(values).map(([name, value]) => ({ name, value })),
        }),
      ]),
    ),
  },
};

describe('a collection with several environments', () => {
  for (const [tool, files] of Object.entries(collections))
    it(`of ${tool} is one profile with variables, each secret of its environment alone`, async () => {
      const { plan } = await imported(files);
      assert.equal(plan.length, 1, JSON.stringify(plan, null, 1));
      const [one] = plan;
      assert.ok(one?.kind === 'ready');
      const { profile, environments = [], secret, hosts, secretHost } = one;
      assert.deepEqual(
        [profile.tokenEndpoint, profile.clientId, profile.scopes],
        ['${url}/token', '${id}', ['api']],
      );
      assert.doesNotMatch(profile.name, /Dev|Prod/);
      assert.equal(secret, undefined);
      const told = environments.map((place) => [
        place.name.toLowerCase(),
        place.values['url'],
        place.values['id'],
        place.secret,
        place.profile.tokenEndpoint,
        Object.keys(place.values).length,
      ]);
      assert.deepEqual(told, [
        ['dev', dev.url, dev.id, dev.key, 'https://dev.example/token', 2],
        ['prod', prod.url, prod.id, prod.key, 'https://prod.example/token', 2],
      ]);
      assert.deepEqual(hosts, ['dev.example', 'prod.example']);
      assert.equal(secretHost, 'dev.example, prod.example');
      const open = JSON.stringify([profile, environments.map(({ values }) => values)]);
      assert.doesNotMatch(open, /s3cr3t/);
    });

  it('keeps a profile for each where they cannot be one', async () => {
    const literal = async (files: Values, existing?: unknown) =>
      (await imported(files, existing)).plan.map((one) => ('environments' in one ? 'merged' : one.hosts[0]));
    const two = ['dev.example', 'prod.example'];
    // Scopes are a list, and what differs in it stands in no variable of one value.
    assert.deepEqual(await literal(shop(dev, prod, { ...settings, scope: '{{scope}}' })), two);
    // The settings have another server under the name, or write it otherwise.
    assert.deepEqual(await literal(shop(), { Dev: { url: 'https://mine.example' } }), two);
    assert.deepEqual(await literal(shop(), { DEV: {} }), two);
    // One of them lacks its secret.
    assert.deepEqual(await literal(shop(dev, { ...prod, key: '' })), two);
    // A variable that a setting may not hold.
    assert.deepEqual(
      await literal(
        shop(
          { ...dev, id: '', access_token: 'id-dev' },
          { ...prod, id: '', access_token: 'id-prod' },
          {
            ...settings,
            clientId: '{{access_token}}',
          },
        ),
      ),
      two,
    );
    assert.deepEqual(await literal(shop(), { Dev: { url: dev.url }, other: 1 }), ['merged']);
    assert.deepEqual(await literal(shop(), 'broken'), ['merged']);
  });

  it('has no variable where its environments do not differ', async () => {
    const { plan } = await imported(shop(dev, { ...prod, id: dev.id }));
    const [one] = plan;
    assert.ok(one?.kind === 'ready' && plan.length === 1);
    assert.deepEqual([one.profile.clientId, one.profile.tokenEndpoint], ['id-dev', '${url}/token']);
  });
});
