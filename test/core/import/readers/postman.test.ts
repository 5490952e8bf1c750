import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { importText } from '../../../../src/core/import/importText.ts';
import { json, open, planned, ready, words } from '../planned.ts';

const schema = 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json';
const setting = (key: string, value: unknown) => ({ key, value, type: 'any' });
const machine = [
  setting('grant_type', 'client_credentials'),
  setting('accessTokenUrl', 'https://as.example.com/token'),
  setting('clientId', 'pm'),
  setting('clientSecret', 'pm-secret'),
  setting('client_authentication', 'header'),
];
const collection = (oauth2: unknown, more: object = {}) =>
  json({ info: { name: 'Shop', schema }, auth: { type: 'oauth2', oauth2 }, ...more });

describe('a Postman collection', () => {
  it('takes parameters to their fields, leaves out those switched off, and says what it drops', () => {
    const { profile, notes } = ready(
      collection([
        ...machine,
        setting('tokenRequestParams', [
          { key: 'audience', value: 'https://api.example.com', enabled: true, send_as: 'request_body' },
          { key: 'tenant', value: 'acme', enabled: true, send_as: 'request_body' },
          { key: 'old', value: 'x', enabled: false, send_as: 'request_body' },
          { key: 'X-Tenant', value: 'acme', enabled: true, send_as: 'request_header' },
          { key: 'api-version', value: '2', enabled: true, send_as: 'request_url' },
        ]),
      ]),
    );
    assert.equal(profile.audience, 'https://api.example.com');
    assert.deepEqual(profile.tokenParameters, { tenant: 'acme', 'api-version': '2' });
    assert.match(notes.join('\n'), /“old” is switched off/);
    assert.match(notes.join('\n'), /“X-Tenant” is sent as a header.*left out/);
    assert.match(notes.join('\n'), /“api-version” is sent in the token endpoint’s address/);
  });

  it('takes parameters of the authorization request', () => {
    const { profile } = ready(
      collection([
        setting('grant_type', 'authorization_code_with_pkce'),
        setting('accessTokenUrl', 'https://as.example.com/token'),
        setting('authUrl', 'https://as.example.com/authorize'),
        setting('clientId', 'pm'),
        setting('authRequestParams', [
          { key: 'prompt', value: 'login', enabled: true, send_as: 'request_url' },
          { key: 'resource', value: 'https://api.example.com', enabled: true, send_as: 'request_url' },
        ]),
      ]),
    );
    assert.ok(profile.grant === 'authorization_code');
    assert.deepEqual(profile.authorizationParameters, { prompt: 'login' });
    assert.deepEqual(profile.resource, ['https://api.example.com']);
  });

  it('reads audience and resource that are objects or lists', () => {
    const { profile } = ready(
      collection([
        ...machine,
        setting('audience', { value: 'https://api.example.com', enabled: true }),
        setting('resource', [
          { value: 'https://a.example' },
          { value: 'https://b.example' },
          { value: 'x:y', enabled: false },
        ]),
      ]),
    );
    assert.equal(profile.audience, 'https://api.example.com');
    assert.deepEqual(profile.resource, ['https://a.example', 'https://b.example']);
    assert.match(
      words(collection([...machine, setting('audience', { some: { thing: 1 } })])),
      /“audience” is written in a way/,
    );
  });

  it('of version 2.0 is read the same', () => {
    const oauth2 = Object.fromEntries(machine.map(({ key, value }) => [key, value]));
    const { profile, secret } = ready(collection(oauth2).replace('v2.1.0', 'v2.0.0'));
    assert.deepEqual(
      [profile.clientId, profile.clientAuthentication, secret],
      ['pm', 'client_secret_basic', 'pm-secret'],
    );
  });

  it('with two clients gives two profiles, each with its own secret', () => {
    const request = (id: string, secret: string, host: string) => ({
      name: id,
      request: {
        auth: {
          type: 'oauth2',
          oauth2: {
            grant_type: 'client_credentials',
            clientId: id,
            clientSecret: secret,
            accessTokenUrl: `https://${host}/t`,
          },
        },
      },
    });
    const plan = planned(
      json({
        info: { name: 'Two', schema },
        item: [request('a', 'sa', 'a.example'), request('b', '', 'b.example')],
      }),
    );
    assert.deepEqual(
      plan.map((one) => one.kind === 'ready' && [one.profile.clientId, one.secret, one.hosts]),
      [
        ['a', 'sa', ['a.example']],
        ['b', undefined, ['b.example']],
      ],
    );
  });

  it('resolves variables of its own only, a folder’s before the collection’s', () => {
    const oauth2 = {
      ...Object.fromEntries(machine.map(({ key, value }) => [key, value])),
      clientId: '{{id}}',
    };
    const item = [{ name: 'F', variable: [{ key: 'id', value: 'inner' }], auth: { type: 'oauth2', oauth2 } }];
    const text = json({ info: { name: 'V', schema }, variable: [{ key: 'id', value: 'outer' }], item });
    assert.equal(ready(text).profile.clientId, 'inner');
    assert.match(open(collection(oauth2)).problems.join(''), /clientId holds the placeholder \{\{id\}\}/);
  });

  it('says which grants are no more to be used, and what to use', () => {
    const old = collection([...machine.slice(1), setting('grant_type', 'password_credentials')]);
    assert.match(words(old), /RFC 9700 section 2\.4.*authorization code/);
    assert.match(words(collection([...machine.slice(1), setting('grant_type', 'implicit')])), /2\.1\.2/);
  });

  it('keeps its variables as an environment, without those of type secret', () => {
    const values = [
      { key: 'base', value: 'https://a.example', enabled: true },
      { key: 'password', value: 'hidden', type: 'secret', enabled: true },
    ];
    const found = importText(json({ name: 'Test', values, _postman_variable_scope: 'environment' }));
    assert.deepEqual(found.environments, [
      { name: 'Test', variables: { base: 'https://a.example' }, switched: true },
    ]);
  });
});
