import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { combineFiles } from '../../../src/core/import/combineFiles.ts';
import { environmentSettings } from '../../../src/core/import/environmentSettings.ts';
import { importLongText } from '../../../src/core/import/importText.ts';
import { planImport } from '../../../src/core/import/importPlan.ts';
import { readTogether } from '../../../src/core/import/readTogether.ts';
import { json } from './planned.ts';

type Files = Readonly<Record<string, string>>;

async function folder(files: Files) {
  const { results, holding } = await readTogether(Object.keys(files).toSorted(), (fileName, scope) =>
    importLongText(
      files[fileName] ?? '',
      { fileName, ...(scope && { scope }) },
      { pause: () => Promise.resolve() },
    ),
  );
  const found = combineFiles(results);
  const plan = planImport(found, []).map((one) => {
    const entry: Readonly<Record<string, unknown>> = one.kind === 'ready' ? { ...one.profile } : one.entry;
    const words = [one.kind, entry['name'], entry['clientId'] ?? '-', one.hosts[0] ?? '-', one.secret ?? '-'];
    return words.map(String).join(' | ');
  });
  const said = [...found.problems, ...found.profiles.flatMap(({ problems = [] }) => problems)].join('\n');
  return { plan, said, holding };
}

const auth = (settings: Readonly<Record<string, string>>) => ({
  type: 'oauth2',
  oauth2: Object.entries({ grant_type: 'client_credentials', ...settings }).map(([key, value]) => ({
    key,
    value,
    type: 'string',
  })),
});

const collection = (name: string, settings: Readonly<Record<string, string>>, variable: Files = {}) =>
  json({
    info: { name, schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json' },
    auth: auth(settings),
    variable: Object.entries(variable).map(([key, value]) => ({ key, value })),
    item: [],
  });

const environment = (name: string, values: Files, scope = 'environment') =>
  json({
    id: name,
    name,
    values: Object.entries(values).map(([key, value]) => ({ key, value, enabled: true })),
    _postman_variable_scope: scope,
  });

const all = { accessTokenUrl: '{{url}}/token', clientId: '{{id}}', clientSecret: '{{secret}}' };
const of = (word: string) => ({ url: `https://${word}.example`, id: `id-${word}`, secret: `s3cr3t-${word}` });

describe('a Postman collection and its environments in a folder', () => {
  it('gets its values from the only environment, and both files hold them', async () => {
    const { plan, holding } = await folder({
      'Shop.postman_collection.json': collection('Shop', all),
      'Dev.postman_environment.json': environment('Dev', of('dev')),
    });
    assert.deepEqual(plan, ['ready | Shop | id-dev | dev.example | s3cr3t-dev']);
    assert.deepEqual(holding, ['Dev.postman_environment.json', 'Shop.postman_collection.json']);
  });

  it('of version 3 gets its values from the files of its folders, and from an environment', async () => {
    const request = (name: string, settings: Files) =>
      json({
        $kind: 'http-request',
        name,
        url: '{{base}}/x',
        auth: { type: 'oauth2', credentials: settings },
      });
    const settings = { grant_type: 'client_credentials', ...all, accessTokenUrl: '{{tokenUrl}}' };
    const { plan } = await folder({
      'postman/collections/Shop/.resources/definition.yaml':
        '$kind: collection\nname: Shop\nvariables:\n  tokenUrl: https://shop.example/token\n',
      'postman/collections/Shop/List.request.yaml': request('List', settings),
      'postman/collections/Other/List.request.yaml': request('Other', settings),
      'postman/environments/Dev.environment.yaml': environment('Dev', {
        id: 'id-shop',
        secret: 's3cr3t-shop',
      }),
    });
    assert.deepEqual(plan, [
      'open | Other | id-shop | - | s3cr3t-shop',
      'ready | List | id-shop | shop.example | s3cr3t-shop',
    ]);
  });

  it('is a profile for each environment', async () => {
    const { plan } = await folder({
      'collections/Shop.json': collection('Shop', all),
      'environments/dev.json': environment('Dev', of('dev')),
      'environments/prod.json': environment('Prod', { ...of('prod'), secret: '' }),
    });
    assert.deepEqual(plan, [
      'ready | Shop (Dev) | id-dev | dev.example | s3cr3t-dev',
      'open | Shop (Prod) | id-prod | prod.example | -',
    ]);
  });

  it('reads the environment before the collection’s own variables, and globals behind them', async () => {
    const { plan } = await folder({
      'Shop.json': collection('Shop', all, { url: 'https://own.example', id: 'id-own' }),
      'Dev.json': environment('Dev', { url: 'https://dev.example' }),
      'globals.json': environment(
        'Globals',
        { url: 'https://globals.example', secret: 's3cr3t-globals' },
        'globals',
      ),
    });
    assert.deepEqual(plan, [
      'ready | Shop | id-own | own.example | -',
      'ready | Shop (dev.example) | id-own | dev.example | -',
    ]);
  });

  it('takes a secret of the globals for one server, and for none of two', async () => {
    const files = {
      'Shop.json': collection('Shop', all, { id: 'id-own' }),
      'Dev.json': environment('Dev', { url: 'https://dev.example' }),
      'globals.json': environment('Globals', { secret: 's3cr3t-globals' }, 'globals'),
    };
    const one = await folder(files);
    assert.deepEqual(one.plan, ['ready | Shop | id-own | dev.example | s3cr3t-globals']);
    const two = await folder({ ...files, 'Prod.json': environment('Prod', { url: 'https://prod.example' }) });
    assert.deepEqual(two.plan, [
      'ready | Shop (Dev) | id-own | dev.example | -',
      'ready | Shop (Prod) | id-own | prod.example | -',
    ]);
    const inItself = await folder({
      ...files,
      'Shop.json': collection('Shop', all, {
        id: 'id-own',
        url: 'https://own.example',
        secret: 's3cr3t-own',
      }),
    });
    assert.deepEqual(inItself.plan, [
      'ready | Shop | id-own | own.example | s3cr3t-own',
      'ready | Shop (dev.example) | id-own | dev.example | -',
    ]);
  });

  it('does not take the secret of another client in the globals', async () => {
    const { plan, said } = await folder({
      'Shop.json': collection('Shop', all, { url: 'https://own.example', id: 'id-own' }),
      'Dev.json': environment('Dev', { url: 'https://dev.example' }),
      'globals.json': environment('Globals', of('globals'), 'globals'),
    });
    assert.deepEqual(plan, ['open | Shop | id-own | dev.example | -']);
    assert.match(said, /whose it is cannot be known/);
  });

  it('says of no secret that it has no client when a collection has it', async () => {
    const files = {
      'Dev.json': environment('Dev', { url: 'https://dev.example', client_secret: 's3cr3t-dev' }),
    };
    const shop = collection('Shop', { ...all, clientSecret: '{{client_secret}}' }, { id: 'id-own' });
    const { plan, said } = await folder({ ...files, 'Shop.json': shop });
    assert.deepEqual(plan, ['ready | Shop | id-own | dev.example | s3cr3t-dev']);
    assert.doesNotMatch(said, /without its client/);
    assert.match((await folder(files)).said, /“Dev: client_secret” is a secret without its client/);
  });

  it('leaves environments of other folders alone', async () => {
    const { plan } = await folder({
      'a/Shop.json': collection('Shop', all),
      'b/Dev.json': environment('Dev', of('dev')),
    });
    assert.match(plan[0] ?? '', /^open \| Shop \| - \| - \| -$/);
  });
});

describe('a Bruno folder whose variables have names of their own', () => {
  const request = `meta {
  name: R
}
auth:oauth2 {
  grant_type: client_credentials
  access_token_url: {{sso}}/token
  client_id: {{app}}
  client_secret: {{pw}}
}
`;
  const outer = (sso: string) => `vars:pre-request {\n  app: id-outer\n  pw: s3cr3t-outer\n${sso}}\n`;

  it('does not lend the collection’s secret to the client of an environment', async () => {
    const { plan, said } = await folder({
      'collection.bru': outer(''),
      'environments/prod.bru': 'vars {\n  app: id-prod\n  sso: https://prod.example\n}\n',
      'r.bru': request,
    });
    assert.deepEqual(plan, ['open | R | id-prod | prod.example | -']);
    assert.match(said, /whose it is cannot be known/);
  });

  it('nor to that of a folder', async () => {
    const { plan } = await folder({
      'collection.bru': outer('  sso: https://outer.example\n'),
      'f/folder.bru': 'meta {\n  name: F\n}\nvars:pre-request {\n  app: id-f\n}\n',
      'f/r.bru': request,
    });
    assert.deepEqual(plan, ['open | R | id-f | outer.example | -']);
  });
});

it('says of a file of a folder that it has a secret only', async () => {
  const { plan, said } = await folder({
    '.env': 'CLIENT_ID=id-base\nCLIENT_SECRET=s3cr3t-base\nTOKEN_URL=https://base.example/token\n',
    '.env.local': 'CLIENT_SECRET=s3cr3t-local\n',
    '.env.example': 'CLIENT_ID=\nCLIENT_SECRET=\n',
  });
  assert.deepEqual(plan, ['ready | base.example | id-base | base.example | s3cr3t-base']);
  assert.equal(said, '.env.local: “CLIENT_SECRET” is a secret without its client; it was left out.');
});

it('the secret of an environment is none of its variables here, whatever it is called', async () => {
  const files: Files = {
    'Shop.json': collection('Shop', { ...all, clientSecret: '{{key}}' }),
    'Dev.json': environment('Dev', { url: 'https://dev.example', id: 'id-dev', key: 's3cr3t-dev' }),
  };
  const { results } = await readTogether(Object.keys(files), (fileName, scope) =>
    Promise.resolve(
      importLongText(
        files[fileName] ?? '',
        { fileName, ...(scope && { scope }) },
        { pause: () => Promise.resolve() },
      ),
    ),
  );
  const { environments = [], profiles } = combineFiles(results);
  const secrets = profiles.flatMap(({ secret }) => secret ?? []);
  assert.deepEqual(secrets, ['s3cr3t-dev']);
  assert.deepEqual(environmentSettings(environments, secrets).environments, {
    Dev: { url: 'https://dev.example', id: 'id-dev' },
  });
});

describe('several Postman collections in a folder', () => {
  it('take the environments that are called as they are', async () => {
    const { plan } = await folder({
      'Orders.postman_collection.json': collection('Orders', all),
      'Billing.postman_collection.json': collection('Billing', all),
      'Orders dev.postman_environment.json': environment('Orders dev', of('orders')),
      'Billing dev.postman_environment.json': environment('Billing dev', of('billing')),
    });
    assert.deepEqual(plan, [
      'ready | Billing | id-billing | billing.example | s3cr3t-billing',
      'ready | Orders | id-orders | orders.example | s3cr3t-orders',
    ]);
  });

  it('never join a server or a client of their own with a secret that may be another’s, and say so', async () => {
    const { plan, said } = await folder({
      'Orders.json': collection('Orders', { ...all, accessTokenUrl: 'https://orders.example/token' }),
      'Billing.json': collection('Billing', { ...all, clientId: 'id-billing' }),
      'dev.json': environment('dev', of('dev')),
    });
    assert.ok(!plan.slice(0, 2).some((one) => one.includes('s3cr3t')), plan.join('\n'));
    assert.match(said, /“dev” may be meant, but other collections/);
  });

  it('never send a secret of their own to the server of an environment that may be another’s', async () => {
    const { url, id } = of('goods');
    const { plan, said } = await folder({
      'api.postman_collection.json': collection('API', { ...all, clientSecret: 's3cr3t-parcels' }),
      'other.postman_collection.json': collection('Other', all),
      'goods.postman_environment.json': environment('goods', { url, id }),
    });
    assert.deepEqual(
      plan.filter((one) => one.includes('s3cr3t-parcels')),
      ['open | API | - | - | s3cr3t-parcels'],
    );
    assert.match(said, /The environment “goods” may be meant/);
  });

  it('in folders of their own, take nothing from an environment above both', async () => {
    const { plan, said } = await folder({
      'a/api.postman_collection.json': collection('API', { ...all, clientId: 'id-bills' }),
      'b/api.postman_collection.json': collection('API', { ...all, clientId: 'id-orders' }),
      'dev.postman_environment.json': environment('dev', of('orders')),
    });
    assert.ok(!plan.some((one) => one.startsWith('ready') && one.includes('id-bills')), plan.join('\n'));
    assert.match(said, /The environment “dev” may be meant/);
  });

  it('take nothing of two files of globals at once', async () => {
    const { plan } = await folder({
      'api.postman_collection.json': collection('API', all),
      'one.postman_globals.json': environment(
        'One',
        { url: 'https://orders.example', secret: 's3cr3t-orders' },
        'globals',
      ),
      'two.postman_globals.json': environment('Two', { id: 'id-parcels' }, 'globals'),
    });
    for (const one of plan) assert.ok(!(one.includes('orders') && one.includes('parcels')), one);
  });

  it('may share an environment that has the server, the client and the secret', async () => {
    const { plan } = await folder({
      'Orders.json': collection('Orders', { ...all, scope: 'orders' }),
      'Billing.json': collection('Billing', { ...all, scope: 'billing' }),
      'dev.json': environment('dev', of('dev')),
    });
    assert.deepEqual(plan, [
      'ready | Billing | id-dev | dev.example | s3cr3t-dev',
      'ready | Orders | id-dev | dev.example | s3cr3t-dev',
    ]);
  });
});

const bru = (name: string) => `meta {
  name: ${name}
}

auth:oauth2 {
  grant_type: client_credentials
  access_token_url: {{url}}/token
  client_id: {{id}}
  client_secret: {{secret}}
}
`;
const vars = (values: Files, block = 'vars') =>
  `${block} {\n${Object.entries(values)
    .map(([name, value]) => `  ${name}: ${value}\n`)
    .join('')}}\n`;

describe('a Bruno collection in a folder', () => {
  it('gets each environment of its own, never those of the one beside it', async () => {
    const { plan } = await folder({
      'orders/bruno.json': '{ "version": "1", "name": "Orders", "type": "collection" }',
      'orders/Get.bru': bru('Get'),
      'orders/environments/dev.bru': vars(of('dev')),
      'orders/environments/prod.bru': vars(of('prod')),
      'billing/deep/Get.bru': bru('Bill'),
      'billing/environments/dev.bru': vars(of('billing')),
    });
    assert.deepEqual(plan, [
      'ready | Bill | id-billing | billing.example | s3cr3t-billing',
      'ready | Get (dev) | id-dev | dev.example | s3cr3t-dev',
      'ready | Get (prod) | id-prod | prod.example | s3cr3t-prod',
    ]);
  });

  it('reads what stands in .env, the collection, the environment and the folder, the nearest first', async () => {
    const { plan } = await folder({
      '.env': 'APP_KEY=s3cr3t-process\n',
      'collection.bru': vars({ url: 'https://collection.example', id: 'id-collection' }, 'vars:pre-request'),
      'environments/dev.bru': vars({ url: 'https://dev.example', secret: '{{process.env.APP_KEY}}' }),
      'admin/folder.bru': vars({ id: 'id-folder' }, 'vars:pre-request'),
      'admin/Get.bru': bru('Admin'),
      'Get.bru': bru('Get'),
    });
    assert.deepEqual(plan, [
      'ready | Get | id-collection | dev.example | s3cr3t-process',
      // The same secret is the collection’s client’s: whose it is, is left open.
      'open | Admin | id-folder | dev.example | -',
    ]);
  });

  it('takes an environment’s value before the collection’s own, in blocks and in YAML', async () => {
    const settings = {
      grant_type: 'client_credentials',
      client_id: '{{id}}',
      access_token_url: '{{url}}/token',
    };
    const block = Object.entries(settings).map(([name, value]) => `  ${name}: ${value}`);
    const { plan } = await folder({
      'a/collection.bru': `auth:oauth2 {\n${block.join('\n')}\n}\n\n${vars({ id: 'id-collection' }, 'vars:pre-request')}`,
      'a/environments/dev.bru': vars({ url: 'https://dev.example' }),
      'a/environments/prod.bru': vars({ url: 'https://prod.example', id: 'id-prod' }),
      'b/opencollection.yml':
        'opencollection: 1.0.0\ninfo:\n  name: Shop\nrequest:\n  auth:\n    type: oauth2\n    flow: client_credentials\n    accessTokenUrl: "{{url}}/t"\n    credentials: { clientId: "{{id}}" }\n  variables:\n    - { name: id, value: id-shop }\n',
      'b/environments/dev.yml':
        'name: dev\nvariables:\n  - { name: url, value: "https://dev.shop.example" }\n',
      'b/environments/prod.yml':
        'name: prod\nvariables:\n  - { name: url, value: "https://prod.shop.example" }\n  - { name: id, value: id-shop-prod }\n',
    });
    assert.deepEqual(
      plan.map((one) => one.replace(/^ready \| [^|]+ \| | \| -$/g, '')),
      [
        'id-collection | dev.example',
        'id-prod | prod.example',
        'id-shop | dev.shop.example',
        'id-shop-prod | prod.shop.example',
      ],
    );
  });

  it('reads YAML of OpenCollection', async () => {
    const { plan } = await folder({
      'opencollection.yml': 'opencollection: 1.0.0\ninfo:\n  name: Shop\n',
      'Get.yml':
        'info:\n  name: Get\nhttp:\n  auth:\n    type: oauth2\n    flow: client_credentials\n    accessTokenUrl: "{{url}}/token"\n    credentials:\n      clientId: "{{id}}"\n      clientSecret: "{{secret}}"\n',
      'environments/dev.yml':
        'name: dev\nvariables:\n  - { name: url, value: "https://dev.example" }\n  - { name: id, value: id-dev }\n  - { name: secret, value: s3cr3t-dev }\n',
    });
    assert.deepEqual(plan, ['ready | Get | id-dev | dev.example | s3cr3t-dev']);
  });
});

describe('collections of other tools in a folder', () => {
  it('Hoppscotch', async () => {
    const { plan } = await folder({
      'shop.json': json({
        v: 2,
        name: 'Shop',
        folders: [],
        requests: [],
        auth: {
          authType: 'oauth-2',
          authActive: true,
          grantTypeInfo: {
            grantType: 'CLIENT_CREDENTIALS',
            authEndpoint: '<<url>>/token',
            clientID: '<<id>>',
            clientSecret: '<<secret>>',
          },
        },
      }),
      'dev.json': json({
        name: 'dev',
        variables: Object.entries(of('dev')).map(([key, value]) => ({ key, value, secret: false })),
      }),
    });
    assert.deepEqual(plan, ['ready | Shop | id-dev | dev.example | s3cr3t-dev']);
  });

  it('Thunder Client', async () => {
    const { plan } = await folder({
      'thunder-collection_shop.json': json({
        clientName: 'Thunder Client',
        collectionName: 'Shop',
        requests: [],
        settings: {
          auth: {
            type: 'oauth2',
            oauth2: {
              grantType: 'client_credentials',
              accessTokenUrl: '{{url}}/token',
              clientId: '{{id}}',
              clientSecret: '{{secret}}',
            },
          },
        },
      }),
      'thunder-environment_dev.json': json({
        clientName: 'Thunder Client',
        environmentName: 'dev',
        variables: Object.entries(of('dev')).map(([name, value]) => ({ name, value })),
      }),
    });
    assert.deepEqual(plan, ['ready | Shop | id-dev | dev.example | s3cr3t-dev']);
  });
});
