import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { combineFiles } from '../../../src/core/import/combineFiles.ts';
import { environmentSettings } from '../../../src/core/import/environmentSettings.ts';
import { importLongText, importText } from '../../../src/core/import/importText.ts';
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

const named = Object.entries({ Dev: dev, Prod: prod }).map(([name, values]) => ({
  name,
  variables: Object.entries(values).map(([key, value]) => ({ name: key, value, secret: key === 'key' })),
}));
const brunoAuth = {
  grantType: 'client_credentials',
  accessTokenUrl: '{{url}}/token',
  clientId: '{{id}}',
  clientSecret: '{{key}}',
  scope: 'api',
};
const underscored = (text: string) => text.replaceAll(/{{(\w+)}}/g, '{{ _.$1 }}');
const insomniaAuth = {
  type: 'oauth2',
  grantType: 'client_credentials',
  accessTokenUrl: underscored(brunoAuth.accessTokenUrl),
  clientId: underscored(brunoAuth.clientId),
  clientSecret: underscored(brunoAuth.clientSecret),
  scope: 'api',
};
const section = (url: string) => ({
  Type: 'OAuth2',
  'Grant Type': 'Client Credentials',
  'Token URL': url,
  Scope: 'api',
});

/** Files that hold their environments themselves. */
const single: Readonly<Record<string, readonly [fileName: string, text: string]>> = {
  'Bruno (JSON)': [
    'shop.json',
    json({
      ...{ name: 'Shop', version: '1', environments: named },
      items: [{ name: 'r', request: { auth: { mode: 'oauth2', oauth2: brunoAuth } } }],
    }),
  ],
  'Bruno (OpenCollection)': [
    'opencollection.yml',
    json({
      ...{ opencollection: '1.0.0', info: { name: 'Shop' }, config: { environments: named } },
      items: [
        {
          info: { name: 'r', type: 'http' },
          http: {
            auth: {
              ...{
                type: 'oauth2',
                flow: 'client_credentials',
                accessTokenUrl: '{{url}}/token',
                scope: 'api',
              },
              credentials: { clientId: '{{id}}', clientSecret: '{{key}}', placement: 'basic_auth_header' },
            },
          },
        },
      ],
    }),
  ],
  'Insomnia 4': [
    'insomnia.json',
    json({
      ...{ _type: 'export', __export_format: 4 },
      resources: [
        { _id: 'w', _type: 'workspace', name: 'Shop', parentId: null },
        { _id: 'b', _type: 'environment', parentId: 'w', name: 'Base', data: { shared: 'x' } },
        { _id: 'd', _type: 'environment', parentId: 'b', name: 'Dev', data: dev },
        { _id: 'p', _type: 'environment', parentId: 'b', name: 'Prod', data: prod },
        { _id: 'r', _type: 'request', parentId: 'w', name: 'r', authentication: insomniaAuth },
      ],
    }),
  ],
  'Insomnia 5': [
    'insomnia.yaml',
    json({
      ...{ type: 'collection.insomnia.rest/5.0', name: 'Shop' },
      collection: [{ name: 'r', authentication: insomniaAuth }],
      environments: {
        name: 'Base',
        data: {},
        subEnvironments: [
          { name: 'Dev', data: dev },
          { name: 'Prod', data: prod },
        ],
      },
    }),
  ],
  JetBrains: [
    'http-client.env.json',
    json(
      Object.fromEntries(
        Object.entries({ Dev: dev, Prod: prod }).map(([name, { key, url, id }]) => [
          name,
          {
            ...{ url, id },
            Security: {
              Auth: { r: { ...section('{{url}}/token'), 'Client ID': '{{id}}', 'Client Secret': key } },
            },
          },
        ]),
      ),
    ),
  ],
};

describe('a file that holds several environments itself', () => {
  const read = (fileName: string, text: string) => imported({ [fileName]: text });

  for (const [tool, [fileName, text]] of Object.entries(single))
    it(`of ${tool} is one profile with variables, each secret of its environment alone`, async () => {
      const { plan } = await read(fileName, text);
      const [one] = plan;
      assert.ok(one?.kind === 'ready' && plan.length === 1, json(plan));
      assert.deepEqual(
        [one.profile.name, one.profile.tokenEndpoint, one.profile.clientId],
        ['r', '${url}/token', '${id}'],
      );
      assert.deepEqual(
        one.environments?.map(({ name, values, secret }) => [name, values['url'], values['id'], secret]),
        [
          ['Dev', dev.url, dev.id, dev.key],
          ['Prod', prod.url, prod.id, prod.key],
        ],
      );
      assert.equal(one.secret, undefined);
    });

  it('calls what a section is written with by its name, where it is no variable', async () => {
    const text = json({
      dev: { Security: { Auth: { shop: { ...section('https://dev.example/token'), 'Client ID': 'a' } } } },
      prod: { Security: { Auth: { shop: { ...section('https://prod.example/token'), 'Client ID': 'a' } } } },
    });
    const [one, ...others] = (await read('http-client.env.json', text)).plan;
    assert.ok(one?.kind === 'ready' && others.length === 0);
    assert.deepEqual([one.profile.tokenEndpoint, one.profile.clientId], ['${shop_Token_URL}', 'a']);
    assert.deepEqual(one.environments?.[1]?.values, { shop_Token_URL: 'https://prod.example/token' });
  });

  it('of REST Client and httpYac joins clients of one name only', async () => {
    const client = (name: string, host: string) => ({
      [`${name}_CLIENT_ID`]: `id-${name}`,
      [`${name}_CLIENT_SECRET`]: `s3cr3t-${name}-${host}`,
      [`${name}_TOKEN_URL`]: `https://${host}.example/token`,
    });
    for (const [fileName, text] of [
      [
        'settings.json',
        {
          'rest-client.environmentVariables': {
            $shared: {},
            dev: { ...client('A', 'adev'), ...client('B', 'bdev') },
            prod: client('A', 'aprod'),
          },
        },
      ],
      [
        '.httpyac.json',
        {
          environments: {
            dev: { ...client('A', 'adev'), ...client('B', 'bdev') },
            prod: client('A', 'aprod'),
          },
        },
      ],
    ] as const) {
      const { plan } = await read(fileName, json(text));
      assert.deepEqual(
        plan.map((one) => [one.kind, ...one.hosts]),
        [
          ['ready', 'adev.example', 'aprod.example'],
          ['ready', 'bdev.example'],
        ],
      );
      const [one] = plan;
      assert.ok(one?.kind === 'ready');
      assert.deepEqual(
        one.environments?.map(({ secret }) => secret),
        ['s3cr3t-A-adev', 's3cr3t-A-aprod'],
      );
    }
  });

  it('of Insomnia has the base among its environments, where that is whole', async () => {
    const [, text] = single['Insomnia 5'] ?? ['', ''];
    const [one, ...others] = (
      await read(
        'i.yaml',
        text.replace(
          '"data": {}',
          `"data": ${json({ ...dev, url: 'https://base.example', id: 'id-base', key: 's3cr3t-base' })}`,
        ),
      )
    ).plan;
    assert.ok(one?.kind === 'ready' && others.length === 0);
    assert.deepEqual(
      one.environments?.map(({ name, secret }) => [name, secret]),
      [
        ['Base', 's3cr3t-base'],
        ['Dev', dev.key],
        ['Prod', prod.key],
      ],
    );
  });

  it('tries the first twenty environments, and says so', () => {
    const text = json({
      ...{ name: 'Shop', version: '1' },
      items: [{ name: 'r', request: { auth: { mode: 'oauth2', oauth2: brunoAuth } } }],
      environments: Array.from({ length: 50 }, (_, at) => ({
        name: `e${at}`,
        variables: Object.entries({ url: `https://e${at}.example`, id: 'x', key: 's' }).map(
          ([name, value]) => ({
            name,
            value,
          }),
        ),
      })),
    });
    const { problems, profiles } = importText(text);
    assert.deepEqual([problems, profiles.length], [['Of 50 environments, the first 20 were tried.'], 20]);
  });
});

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
    // Scopes are a list, and a list of another length stands in no variable of one value.
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

  it('has variables in lists of one length', async () => {
    const scope = '{{scope}} {{url}}/.default';
    const { plan } = await imported(shop(dev, { ...prod, scope: 'write' }, { ...settings, scope }));
    const [one] = plan;
    assert.ok(one?.kind === 'ready' && plan.length === 1);
    assert.deepEqual(one.profile.scopes, ['${scope}', '${url}/.default']);
    assert.deepEqual(
      one.environments?.map(({ profile }) => profile.scopes[1]),
      ['https://dev.example/.default', 'https://prod.example/.default'],
    );
  });

  it('leaves no client out that no environment says anything of', async () => {
    const other = {
      ...{ ...settings, clientSecret: '' },
      ...{ clientId: '{{elsewhere}}', accessTokenUrl: 'https://other.example/token' },
    };
    const request = (name: string, auth: Values) => ({
      name,
      request: {
        auth: {
          type: 'oauth2',
          oauth2: Object.entries(auth).map(([key, value]) => ({ key, value })),
        },
      },
    });
    const { plan } = await imported({
      ...shop(),
      'Shop.json': json({
        info: { name: 'Shop' },
        item: [request('Orders', settings), request('Other', other)],
      }),
    });
    assert.deepEqual(
      plan.map(({ kind, hosts }) => [kind, ...hosts]),
      [
        ['ready', 'dev.example', 'prod.example'],
        ['open', 'other.example'],
      ],
    );
  });

  it('gives the secret of one client to no other that an environment names', async () => {
    const owner = { ...prod, key: dev.key };
    const { plan } = await imported(shop(dev, owner));
    assert.deepEqual(
      plan.map((one) => [one.kind, one.secret]),
      [
        ['open', undefined],
        ['open', undefined],
      ],
    );
  });

  it('has no variable where its environments do not differ', async () => {
    const { plan } = await imported(shop(dev, { ...prod, id: dev.id }));
    const [one] = plan;
    assert.ok(one?.kind === 'ready' && plan.length === 1);
    assert.deepEqual([one.profile.clientId, one.profile.tokenEndpoint], ['id-dev', '${url}/token']);
  });
});
