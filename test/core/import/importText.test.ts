import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { importText } from '../../../src/core/import/importText.ts';
import { planImport } from '../../../src/core/import/importPlan.ts';

const json = (value: unknown) => JSON.stringify(value, undefined, 2);

/** The one profile in a text, ready to be saved. */
function only(text: string, companion?: string) {
  const found = importText(text, companion);
  assert.equal(found.profiles.length, 1, JSON.stringify(found));
  const [planned] = planImport(found, []);
  assert.ok(planned?.kind === 'ready', JSON.stringify(planned));
  return planned;
}

describe('environments of the HTTP Client', () => {
  // The first example of https://www.jetbrains.com/help/idea/oauth-2-0-authorization.html, with a client credentials twin.
  const env = {
    dev: {
      host: 'https://auth.example.com',
      Security: {
        Auth: {
          'auth-id': {
            Type: 'OAuth2',
            'Grant Type': 'Authorization Code',
            'Auth URL': '{{host}}/authorize',
            'Token URL': '{{host}}/token',
            'Redirect URL': 'http://localhost:1234',
            'Client ID': 'my-client',
            Scope: 'openid orders.read',
            PKCE: true,
            'Custom Request Parameters': {
              prompt: { Value: 'consent', Use: 'In Auth Request' },
              audience: { Value: 'https://api.example.com', Use: 'In Token Request' },
            },
          },
        },
      },
    },
  };

  it('give a profile for each OAuth 2.0 section, with variables filled in', () => {
    const { profile } = only(json(env));
    assert.deepEqual(profile, {
      id: 'auth-id-dev',
      name: 'auth-id (dev)',
      grant: 'authorization_code',
      tokenEndpoint: 'https://auth.example.com/token',
      authorizationEndpoint: 'https://auth.example.com/authorize',
      clientId: 'my-client',
      clientAuthentication: 'none',
      scopes: ['openid', 'orders.read'],
      redirectUri: 'http://localhost:1234',
      audience: 'https://api.example.com',
      resource: [],
      authorizationParameters: { prompt: 'consent' },
      tokenParameters: {},
    });
  });

  it('take the secret out of the private file', () => {
    const section = { 'Client Secret': 's3cret-value' };
    const companion = json({ dev: { Security: { Auth: { 'auth-id': section } } } });
    const { profile, secret } = only(json(env), companion);
    assert.equal(secret, 's3cret-value');
    assert.equal(profile.clientAuthentication, 'client_secret_basic');
    assert.ok(!JSON.stringify(profile).includes('s3cret'));
  });

  it('say which grants are not supported', () => {
    const section = {
      Type: 'OAuth2',
      'Grant Type': 'Password',
      'Token URL': 'https://a.example/t',
      'Client ID': 'x',
    };
    const found = importText(json({ dev: { Security: { Auth: { old: section } } } }));
    assert.equal(found.profiles.length, 0);
    assert.match(found.problems[0] ?? '', /“old \(dev\)” uses the grant “Password”/);
  });

  it('give the profiles of httpYac’s variables', () => {
    const { profile, secret } = only(
      json({
        local: {
          orders_tokenEndpoint: 'https://kc.example/realms/r/protocol/openid-connect/token',
          orders_clientId: 'worker',
          orders_clientSecret: 'abc',
          orders_scope: 'read write',
          unrelated: 'x',
        },
      }),
    );
    assert.equal(profile.name, 'orders');
    assert.equal(profile.grant, 'client_credentials');
    assert.deepEqual(profile.scopes, ['read', 'write']);
    assert.equal(secret, 'abc');
  });

  it('open in the editor what is not complete', () => {
    const section = { Type: 'OAuth2', 'Grant Type': 'Client Credentials', 'Token URL': '{{nowhere}}/token' };
    const [planned] = planImport(importText(json({ dev: { Security: { Auth: { a: section } } } })), []);
    assert.equal(planned?.kind, 'open');
    assert.match(
      planned.problems.join(' '),
      /placeholder.*clientId is missing|clientId is missing.*placeholder/s,
    );
  });
});

describe('Postman', () => {
  const oauth2 = [
    { key: 'grant_type', value: 'authorization_code_with_pkce', type: 'string' },
    { key: 'accessTokenUrl', value: '{{base}}/token', type: 'string' },
    { key: 'authUrl', value: '{{base}}/authorize', type: 'string' },
    { key: 'clientId', value: 'pm-client', type: 'string' },
    { key: 'clientSecret', value: '{{secret}}', type: 'string' },
    { key: 'client_authentication', value: 'body', type: 'string' },
    { key: 'redirect_uri', value: 'https://oauth.pstmn.io/v1/callback', type: 'string' },
    { key: 'scope', value: 'a b', type: 'string' },
    { key: 'tokenName', value: 'Shop', type: 'string' },
  ];
  const collection = {
    info: {
      name: 'Shop API',
      schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json',
    },
    auth: { type: 'oauth2', oauth2 },
    variable: [
      { key: 'base', value: 'https://login.example.com/oauth2' },
      { key: 'secret', value: 'pm-secret' },
    ],
    item: [
      {
        name: 'Folder',
        item: [{ name: 'One', request: { method: 'GET', auth: { type: 'oauth2', oauth2 } } }],
      },
    ],
  };

  it('collections give one profile for the same settings in several places', () => {
    const { profile, secret, notes } = only(json(collection));
    assert.equal(profile.name, 'Shop');
    assert.equal(profile.tokenEndpoint, 'https://login.example.com/oauth2/token');
    assert.equal(profile.clientAuthentication, 'client_secret_post');
    assert.equal(profile.grant === 'authorization_code' && profile.redirectUri, 'http://127.0.0.1/callback');
    assert.equal(secret, 'pm-secret');
    assert.match(notes.join(' '), /pstmn\.io\/v1\/callback belongs to another application/);
  });

  it('environments give the profile of their variables', () => {
    const values = [
      { key: 'ISSUER', value: 'https://login.example.com', enabled: true },
      { key: 'CLIENT_ID', value: 'env-client', enabled: true },
      { key: 'CLIENT_SECRET', value: 'off', enabled: false },
    ];
    const { profile, secret } = only(json({ name: 'Test', values }));
    assert.equal(profile.name, 'Test');
    assert.equal(profile.issuer, 'https://login.example.com');
    assert.equal(secret, undefined);
  });
});

describe('a curl command', () => {
  it('with Basic credentials becomes a profile and a secret', () => {
    const { profile, secret } = only(`curl -X POST https://as.example.com/token \\
      -u 'my.trusted.app/service:p@ss:word' \\
      -d grant_type=client_credentials -d "scope=read%20DomainApi" --data-urlencode 'audience=https://api.example.com/'`);
    assert.equal(profile.clientId, 'my.trusted.app/service');
    assert.equal(secret, 'p@ss:word');
    assert.equal(profile.clientAuthentication, 'client_secret_basic');
    assert.deepEqual(profile.scopes, ['read', 'DomainApi']);
    assert.equal(profile.audience, 'https://api.example.com/');
    assert.equal(profile.name, 'as.example.com');
  });

  it('with a secret in the body asks for it there; unknown parameters stay', () => {
    const { profile, secret } = only(
      'curl https://testdb.my.erp.net/id/connect/token --data "grant_type=client_credentials&client_id=app&client_secret=s%2Bt&tenant=x"',
    );
    assert.equal(profile.clientAuthentication, 'client_secret_post');
    assert.equal(secret, 's+t');
    assert.deepEqual(profile.tokenParameters, { tenant: 'x' });
  });

  it('with an Authorization header is read the same way', () => {
    const basic = Buffer.from('s6BhdRkqt3:7Fjfp0ZBr1KtDRbnfVdmIw').toString('base64');
    const { profile, secret } = only(
      `curl.exe "https://server.example.com/token" -H "Authorization: Basic ${basic}" -d "grant_type=client_credentials"`,
    );
    assert.equal(profile.clientId, 's6BhdRkqt3');
    assert.equal(secret, '7Fjfp0ZBr1KtDRbnfVdmIw');
  });

  it('of TokenIDP, JSON in camelCase, takes its dialect', () => {
    // As in TokenIDP's own guide.
    const { profile, secret } = only(`curl -X POST https://localhost:5001/token \\
  -H "Content-Type: application/json" \\
  -d '{
    "grantType": "client_credentials",
    "clientId": "orders-worker",
    "clientSecret": "replace-with-real-secret",
    "scope": "orders.read orders.write"
  }'`);
    assert.equal(profile.tokenDialect, 'tokenidp');
    assert.equal(profile.clientId, 'orders-worker');
    assert.deepEqual(profile.scopes, ['orders.read', 'orders.write']);
    assert.equal(secret, 'replace-with-real-secret');
  });

  it('whose JSON is in the standard’s own names is no dialect', () => {
    const body = json({
      grant_type: 'client_credentials',
      client_id: 'app',
      audience: 'https://api.example',
    });
    const { profile } = only(`curl https://t.auth0.com/oauth/token --json '${body}'`);
    assert.deepEqual(
      [profile.tokenDialect, profile.clientId, profile.audience],
      [undefined, 'app', 'https://api.example'],
    );
  });

  it('is read with its short options in one word', () => {
    for (const options of ['-sSu id:s3cret', '-fsSuid:s3cret', '-sSLku "id:s3cret" -o /dev/null']) {
      const { profile, secret } = only(
        `curl ${options} -XPOST -dgrant_type=client_credentials https://as.example.com/token`,
      );
      assert.deepEqual([profile.clientId, secret], ['id', 's3cret'], options);
      assert.deepEqual(
        [profile.tokenEndpoint, profile.grant],
        ['https://as.example.com/token', 'client_credentials'],
      );
    }
  });

  it('sends credentials as they are, so that reserved characters need the raw encoding', () => {
    const basic = Buffer.from('my.app/service:s+cret').toString('base64');
    const of = (option: string) =>
      only(`curl ${option} -d grant_type=client_credentials https://a.example/t`);
    for (const option of ["-u 'my.app/service:s+cret'", `-H 'Authorization: Basic ${basic}'`]) {
      const { profile, secret } = of(option);
      assert.deepEqual(
        [profile.clientId, secret, profile.basicEncoding],
        ['my.app/service', 's+cret', 'raw'],
        option,
      );
    }
    assert.equal(of('-u plain-id:secret_1.x').profile.basicEncoding, undefined);
  });

  it('without a URL is explained', () => {
    assert.match(importText('curl -d a=b').problems[0] ?? '', /no URL of a token endpoint/);
  });
});

describe('other texts', () => {
  it('variables with the same beginning are one profile', () => {
    const found = importText(`
      # machine
      export ORDERS_CLIENT_ID="worker"
      ORDERS_CLIENT_SECRET='w s' # rotated in May
      ORDERS_TOKEN_URL=https://as.example.com/token
      WEB_CLIENT_ID=web
      WEB_ISSUER=https://as.example.com
      WEB_REDIRECT_URI=http://127.0.0.1:8080/cb
      PATH=/usr/bin`);
    const plan = planImport(found, ['orders']);
    assert.deepEqual(
      plan.map((one) => one.kind === 'ready' && [one.profile.id, one.profile.grant, one.secret]),
      [
        ['orders-2', 'client_credentials', 'w s'],
        ['web', 'authorization_code', undefined],
      ],
    );
  });

  it('our own settings come back as they were, without a secret that someone wrote into them', () => {
    const entry = {
      id: 'machine',
      name: 'Machine',
      grant: 'client_credentials',
      issuer: 'https://as.example.com',
      clientId: 'm',
      clientSecret: 'oops',
    };
    const { profile, secret } = only(`{ // settings.json\n "oauthExplorer.profiles": [${json(entry)},], }`);
    assert.equal(profile.id, 'machine');
    assert.equal(secret, 'oops');
    assert.ok(!JSON.stringify(importText(json(entry)).profiles[0]?.entry).includes('oops'));
  });

  it('the address of a discovery document stands for its issuer, by both specifications', () => {
    const issuer = (text: string) => importText(text).profiles[0]?.entry['issuer'];
    assert.equal(
      issuer('https://as.example.com/t/.well-known/openid-configuration'),
      'https://as.example.com/t',
    );
    assert.equal(
      issuer('https://as.example.com/.well-known/oauth-authorization-server/t'),
      'https://as.example.com/t',
    );
    assert.equal(
      issuer(json({ issuer: 'https://a.example', token_endpoint: 'https://a.example/t' })),
      'https://a.example',
    );
  });

  it('what is nothing known is explained', () => {
    for (const text of ['', '  ', 'hello', '{"a":1}', '[1,2]', '{ broken'])
      assert.equal(importText(text).problems.length, 1, text);
  });

  it('nothing pasted makes it throw', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void planImport(importText(text), [])));
    fc.assert(
      fc.property(
        fc.json(),
        fc.json(),
        (text, companion) => void planImport(importText(text, companion), []),
      ),
    );
    fc.assert(fc.property(fc.string(), (text) => void importText(`curl ${text}`)));
  });

  it('no secret is ever in what goes to the settings', () => {
    const texts = [
      'curl https://a.example/t -d client_secret=TOPSECRET1 -d client_id=a -d grant_type=client_credentials -d password=TOPSECRET2',
      'CLIENT_ID=a\nCLIENT_SECRET=TOPSECRET1\nTOKEN_URL=https://a.example/t',
      json({
        dev: {
          Security: {
            Auth: {
              a: {
                Type: 'OAuth2',
                'Client Secret': 'TOPSECRET1',
                'Custom Request Parameters': { client_assertion: 'TOPSECRET2' },
              },
            },
          },
        },
      }),
    ];
    for (const text of texts)
      for (const { entry } of importText(text).profiles)
        assert.ok(!JSON.stringify(entry).includes('TOPSECRET'), text);
  });
});
