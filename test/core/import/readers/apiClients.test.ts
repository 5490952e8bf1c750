import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { importText } from '../../../../src/core/import/importText.ts';
import { json, open, planned, ready, words } from '../planned.ts';

const token = 'https://as.example.com/token';

describe('Bruno', () => {
  const bru = `meta {
  name: Orders
  type: http
}

get {
  url: {{host}}/orders
  auth: oauth2
}

auth:oauth2 {
  grant_type: client_credentials
  access_token_url: {{host}}/token
  refresh_token_url: {{host}}/refresh
  client_id: bru-client
  client_secret: bru#secret;
  scope: read write
  credentials_placement: body
  credentials_id: credentials
  token_placement: header
  token_header_prefix: Bearer
  auto_fetch_token: true
}

auth:oauth2:additional_params:access_token_req:body {
  audience: https://api.example.com
  ~old: x
  tenant: acme
}

auth:oauth2:additional_params:access_token_req:headers {
  X-Tenant: acme
}

vars:pre-request {
  host: https://as.example.com
  ~host: https://off.example
}

docs {
  client_id: not this one
}
`;

  it('.bru files keep which token is sent, the word before it, and say where it would stand', () => {
    const changed = bru
      .replace('token_header_prefix: Bearer', 'token_header_prefix: Token\n  token_source: id_token')
      .replace('token_placement: header', 'token_placement: url');
    const { profile, notes } = ready(changed, 'orders.bru');
    assert.deepEqual([profile.tokenPrefix, profile.sentToken], ['Token', 'id_token']);
    assert.ok(notes.some((note) => note.includes('sent in the address')));
    const usual = ready(bru, 'orders.bru').profile;
    assert.deepEqual([usual.tokenPrefix, usual.sentToken], [undefined, undefined]);
  });

  it('.bru files keep the placement of the credentials and the parameters', () => {
    const { profile, secret, notes } = ready(bru, 'orders.bru');
    assert.deepEqual(
      [profile.name, profile.tokenEndpoint, profile.clientId, profile.clientAuthentication, profile.audience],
      ['Orders', token, 'bru-client', 'client_secret_post', 'https://api.example.com'],
    );
    assert.deepEqual(profile.tokenParameters, { tenant: 'acme' });
    assert.equal(secret, 'bru#secret;');
    assert.match(notes.join('\n'), /“old” is switched off/);
    assert.match(notes.join('\n'), /“X-Tenant” is sent as a header/);
    assert.equal(ready(bru).profile.clientId, 'bru-client', 'recognised without its name');
    assert.equal(
      ready(bru.replace('body\n  credentials_id', 'basic_auth_header\n  credentials_id')).profile
        .clientAuthentication,
      'client_secret_basic',
    );
  });

  it('environments give their variables, without secret ones', () => {
    const text = 'vars {\n  base: https://a.example\n  ~off: x\n}\nvars:secret [\n  token,\n  ~other\n]\n';
    assert.deepEqual(importText(text, undefined, 'environments/Dev.bru').environments, [
      { name: 'dev', variables: { base: 'https://a.example' }, switched: true },
    ]);
  });

  it('JSON exports are read', () => {
    const oauth2 = {
      grantType: 'authorization_code',
      callbackUrl: 'http://localhost:8080/cb',
      authorizationUrl: 'https://as.example.com/authorize',
      accessTokenUrl: '{{host}}/token',
      clientId: 'bru',
      clientSecret: 's',
      scope: 'openid',
      credentialsPlacement: 'body',
      pkce: true,
      additionalParameters: {
        authorization: [{ name: 'prompt', value: 'login', sendIn: 'queryparams', enabled: true }],
        token: [{ name: 'tenant', value: 'acme', sendIn: 'body', enabled: false }],
      },
    };
    const text = json({
      name: 'Shop',
      version: '1',
      items: [{ type: 'http-request', name: 'Me', request: { auth: { mode: 'oauth2', oauth2 } } }],
      environments: [
        { name: 'Dev', variables: [{ name: 'host', value: 'https://as.example.com', enabled: true }] },
      ],
    });
    const { profile, notes } = ready(text);
    assert.ok(profile.grant === 'authorization_code');
    assert.deepEqual(
      [profile.tokenEndpoint, profile.clientAuthentication, profile.redirectUri],
      [token, 'client_secret_post', 'http://localhost:8080/cb'],
    );
    assert.deepEqual(profile.authorizationParameters, { prompt: 'login' });
    assert.match(notes.join(''), /“tenant” is switched off/);
    assert.equal(importText(text).environments?.[0]?.name, 'Dev');
  });

  it('with two environments is a profile in each', () => {
    const environment = (name: string, host: string) => ({
      name,
      variables: [{ name: 'host', value: host }],
    });
    const auth = {
      mode: 'oauth2',
      oauth2: {
        grantType: 'client_credentials',
        accessTokenUrl: '{{host}}/t',
        clientId: 'id-1',
        clientSecret: 's',
      },
    };
    const text = json({
      name: 'Shop',
      version: '1',
      items: [{ name: 'r', request: { auth } }],
      environments: [environment('a', 'https://a.example'), environment('b', 'https://b.example')],
    });
    assert.deepEqual(
      planned(text).map(({ kind, hosts }) => [kind, ...hosts]),
      [
        ['ready', 'a.example'],
        ['ready', 'b.example'],
      ],
    );
  });

  it('YAML (OpenCollection) is read', () => {
    const { profile, secret } = ready(`opencollection: 1.0.0
info:
  name: Shop
config:
  environments:
    - name: dev
      variables:
        - name: host
          value: https://as.example.com
items:
  - info:
      name: Orders
      type: http
    http:
      method: GET
      url: "{{host}}/orders"
      auth:
        type: oauth2
        flow: client_credentials
        accessTokenUrl: "{{host}}/token"
        credentials:
          clientId: yml
          clientSecret: s3
          placement: body
        scope: read
`);
    assert.deepEqual(
      [profile.tokenEndpoint, profile.clientId, profile.clientAuthentication, secret],
      [token, 'yml', 'client_secret_post', 's3'],
    );
  });
});

describe('Insomnia', () => {
  it('format 5 with two requests gives two profiles, never one of both', () => {
    const plan = planned(`type: collection.insomnia.rest/5.0
name: Shop
meta:
  id: wrk_1
collection:
  - url: https://api.example.com/a
    name: First
    method: GET
    authentication:
      type: oauth2
      grantType: client_credentials
      accessTokenUrl: https://a.example/token
      clientId: first
      clientSecret: only-for-a
      audience: https://api.example.com
      credentialsInBody: true
  - name: Folder
    children:
      - url: https://api.example.com/b
        name: Second
        authentication:
          type: oauth2
          grantType: client_credentials
          accessTokenUrl: "{{ _.auth.host }}/token"
          clientId: second
environments:
  name: Base Environment
  data:
    auth:
      host: https://b.example
`);
    assert.deepEqual(
      plan.map(
        (one) =>
          one.kind === 'ready' && [
            one.profile.clientId,
            one.secret,
            one.hosts,
            one.profile.audience,
            one.profile.clientAuthentication,
          ],
      ),
      [
        ['first', 'only-for-a', ['a.example'], 'https://api.example.com', 'client_secret_post'],
        ['second', undefined, ['b.example'], undefined, 'client_secret_basic'],
      ],
    );
  });

  it('format 4 resolves by workspace and folder', () => {
    const text = json({
      _type: 'export',
      __export_format: 4,
      resources: [
        { _id: 'wrk_1', _type: 'workspace', name: 'Shop' },
        {
          _id: 'env_1',
          _type: 'environment',
          parentId: 'wrk_1',
          name: 'Base',
          data: { host: 'https://as.example.com', id: 'base' },
        },
        { _id: 'fld_1', _type: 'request_group', parentId: 'wrk_1', environment: { id: 'folder' } },
        {
          _id: 'req_1',
          _type: 'request',
          parentId: 'fld_1',
          name: 'Me',
          authentication: {
            type: 'oauth2',
            grantType: 'authorization_code',
            authorizationUrl: '{{ _.host }}/authorize',
            accessTokenUrl: '{{ host }}/token',
            clientId: '{{ _.id }}',
            clientSecret: '',
            redirectUrl: 'http://localhost:9000/cb',
            usePkce: true,
          },
        },
      ],
    });
    const { profile } = ready(text);
    assert.ok(profile.grant === 'authorization_code');
    assert.deepEqual(
      [profile.clientId, profile.tokenEndpoint, profile.redirectUri, profile.clientAuthentication],
      ['folder', token, 'http://localhost:9000/cb', 'none'],
    );
    assert.equal(importText(text).environments?.[0]?.name, 'Base');
  });

  it('says what is switched off, and which grant is no more to be used', () => {
    const request = (authentication: object) =>
      json({
        _type: 'export',
        __export_format: 4,
        resources: [{ _id: 'r', _type: 'request', name: 'Old', authentication }],
      });
    assert.match(words(request({ type: 'oauth2', disabled: true })), /“Old”.*switched off/);
    assert.match(
      words(request({ type: 'oauth2', grantType: 'password', clientId: 'x' })),
      /RFC 9700 section 2\.4/,
    );
  });
});

describe('Hoppscotch', () => {
  it('reads what its server keeps as text in `data` when a team’s collections are exported', () => {
    const grantTypeInfo = {
      grantType: 'CLIENT_CREDENTIALS',
      authEndpoint: '<<host>>/token',
      clientID: 'team',
      clientSecret: 's3cret',
      clientAuthentication: 'IN_BODY',
    };
    const data = {
      auth: { authType: 'oauth-2', authActive: true, addTo: 'HEADERS', grantTypeInfo },
      variables: [{ key: 'host', initialValue: 'https://team.example', currentValue: '' }],
    };
    const folder = { folders: [], requests: [] };
    const dump = {
      ...{ id: 'c1', name: 'Team', requests: [], data: JSON.stringify(data) },
      folders: [
        { ...folder, name: 'Broken', data: '{"auth":' },
        { ...folder, name: 'None', data: null },
      ],
    };
    const { profile, secret } = ready(json([dump]));
    assert.deepEqual(
      [profile.clientId, profile.tokenEndpoint, profile.clientAuthentication, secret],
      ['team', 'https://team.example/token', 'client_secret_post', 's3cret'],
    );
  });

  const collection = (auth: object, variables: readonly object[] = []) =>
    json([
      {
        v: 9,
        name: 'Shop',
        folders: [],
        requests: [{ v: '15', name: 'Orders', auth: { authType: 'oauth-2', authActive: true, ...auth } }],
        variables,
      },
    ]);

  it('client credentials: authEndpoint is the token endpoint, parameters go to their fields', () => {
    const { profile, secret, notes } = ready(
      collection(
        {
          grantTypeInfo: {
            grantType: 'CLIENT_CREDENTIALS',
            authEndpoint: '<<host>>/token',
            clientID: 'hopp',
            clientSecret: 'hs',
            scopes: 'read',
            clientAuthentication: 'AS_BASIC_AUTH_HEADERS',
            tokenRequestParams: [
              { id: 1, key: 'audience', value: 'https://api.example.com', active: true, sendIn: 'body' },
              { id: 2, key: 'old', value: 'x', active: false, sendIn: 'body' },
            ],
          },
        },
        [{ key: 'host', initialValue: 'https://as.example.com', currentValue: '', secret: false }],
      ),
    );
    assert.deepEqual(
      [profile.tokenEndpoint, profile.clientId, secret, profile.clientAuthentication, profile.audience],
      [token, 'hopp', 'hs', 'client_secret_basic', 'https://api.example.com'],
    );
    assert.match(notes.join(''), /“old” is switched off/);
  });

  it('authorization code, and variables that are not there', () => {
    const grantTypeInfo = {
      grantType: 'AUTHORIZATION_CODE',
      authEndpoint: 'https://as.example.com/authorize',
      tokenEndpoint: token,
      clientID: '<<clientId>>',
      clientSecret: '<<secret>>',
      isPKCE: true,
    };
    const one = open(collection({ grantTypeInfo }));
    assert.match(one.problems.join('\n'), /clientId holds the placeholder <<clientId>>/);
    assert.equal(one.secret, undefined);
    assert.deepEqual(
      [one.entry['tokenEndpoint'], one.entry['authorizationEndpoint']],
      [token, 'https://as.example.com/authorize'],
    );
  });

  it('environments keep their open variables', () => {
    const text = json({
      v: 2,
      name: 'Dev',
      variables: [
        { key: 'host', initialValue: 'a', secret: false },
        { key: 's', initialValue: 'b', secret: true },
      ],
    });
    assert.deepEqual(importText(text).environments, [
      { name: 'Dev', variables: { host: 'a' }, switched: true },
    ]);
  });
});

describe('Thunder Client', () => {
  it('collections are read', () => {
    const { profile, secret } = ready(
      json({
        client: 'Thunder Client',
        collectionName: 'Shop',
        requests: [
          {
            name: 'Orders',
            url: 'https://api.example.com',
            auth: {
              type: 'oauth2',
              oauth2: {
                grantType: 'client_credentials',
                tokenUrl: token,
                clientId: 'tc',
                clientSecret: 'ts',
                clientAuth: 'in-body',
                scope: 'read',
              },
            },
          },
        ],
        settings: {},
      }),
    );
    assert.deepEqual(
      [profile.clientId, secret, profile.clientAuthentication],
      ['tc', 'ts', 'client_secret_post'],
    );
  });
});

describe('JetBrains and Kulala', () => {
  it('say that jwt is not supported, and store nothing of it', () => {
    const section = {
      Type: 'OAuth2',
      'Grant Type': 'Client Credentials',
      'Token URL': token,
      'Client ID': 'jb',
      'Client Secret': 's',
      'Client Credentials': 'jwt',
    };
    const one = planned(json({ dev: { Security: { Auth: { a: section } } } }))[0];
    // Until profiles have the method, it opens; it never becomes Basic in silence.
    assert.notEqual(one?.kind === 'ready' && one.profile.clientAuthentication, 'client_secret_basic');
    assert.match(words(json({ dev: { Security: { Auth: { a: section } } } })) + json(one), /jwt/);
  });

  it('a section and the variables it is written with are one profile', () => {
    const env = {
      dev: {
        client_id: 'jb',
        client_secret: 's',
        token_url: token,
        Security: {
          Auth: {
            orders: {
              Type: 'OAuth2',
              'Grant Type': 'Client Credentials',
              'Token URL': '{{token_url}}',
              'Client ID': '{{client_id}}',
              'Client Secret': '{{client_secret}}',
              'Client Credentials': 'in body',
            },
          },
        },
      },
    };
    const { profile, secret } = ready(json(env), 'http-client.env.json');
    assert.deepEqual(
      [profile.name, profile.clientId, secret, profile.clientAuthentication],
      ['orders (dev)', 'jb', 's', 'client_secret_post'],
    );
  });
});

describe('REST Client’s settings', () => {
  it('give a profile for each environment', () => {
    const plan = planned(
      `{ // settings.json
  "rest-client.environmentVariables": {
    "$shared": { "scope": "read" },
    "local": { "tokenUrl": "https://a.example/t", "clientId": "one", "clientSecret": "s1" },
    "prod": { "tokenUrl": "https://b.example/t", "clientId": "two" },
  }, }`,
    );
    assert.deepEqual(
      plan.map(
        (one) =>
          one.kind === 'ready' && [one.profile.name, one.profile.clientId, one.secret, one.profile.scopes],
      ),
      [
        ['local', 'one', 's1', ['read']],
        ['prod', 'two', undefined, ['read']],
      ],
    );
  });
});
