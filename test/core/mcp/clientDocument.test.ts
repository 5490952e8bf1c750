import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { newSigningKey } from '../../../src/core/authentication/newSigningKey.ts';
import { publicJwk } from '../../../src/core/authentication/privateKey.ts';
import { recordingFetch } from '../../../src/core/http/recordingFetch.ts';
import {
  checkClientDocument,
  clientDocument,
  clientDocumentText,
  documentFindings,
  documentUrlProblem,
} from '../../../src/core/mcp/clientDocument.ts';
import type { McpContext } from '../../../src/core/mcp/context.ts';
import { Trace } from '../../../src/core/record/trace.ts';
import { systemClock } from '../../../src/adapters/clock.ts';
import { machineProfile, userProfile } from '../../support/profiles.ts';
import { serveSeen } from '../oauth/support/serve.ts';

const url = 'https://app.example.com/oauth/client.json';

function contextWith(signal = new AbortController().signal, timeout = 60_000): McpContext {
  const trace = new Trace();
  const options = { fetch: globalThis.fetch, clock: systemClock, trace, signal, timeout };
  return { fetch: recordingFetch(options), trace, clock: systemClock, signal };
}

const codes = (members: object, contentType?: string) =>
  documentFindings(url, {
    outcome: 'found',
    members: { ...members },
    ...(contentType !== undefined && { contentType }),
  }).map(({ code }) => code);

describe('the address of a Client ID Metadata Document', () => {
  for (const good of [
    url,
    'https://a.example:8443/c',
    'https://a.example/c?x=1',
    'http://127.0.0.1:1/c',
    'https://a.example/.well-known/c',
  ])
    it(`may be ${good}`, () => assert.equal(documentUrlProblem(good), undefined));
  for (const [bad, why] of [
    ['', /complete URL/],
    ['client', /complete URL/],
    ['ftp://a.example/c', /complete URL/],
    ['http://a.example/c', /https/],
    ['https://a.example', /path/],
    ['https://a.example/', /path/],
    ['https://a.example/#c', /fragment/],
    ['https://ada:pw@a.example/c', /user name/],
    ['https://a.example/a/../c', /segment/],
    ['https://a.example/./c', /segment/],
    ['https://a.example/a/%2E%2e/c', /segment/],
  ] as const)
    it(`is not ${bad || 'nothing'}`, () => assert.match(documentUrlProblem(bad) ?? '', why));
});

describe('a document that is made of a profile', () => {
  it('has nothing that a server would object to, with or without a key, and nothing secret', async () => {
    const jwk = await newSigningKey();
    for (const profile of [
      userProfile(),
      userProfile({ redirectUri: 'vscode://oauth-explorer.oauth-explorer/callback', scopes: [] }),
      machineProfile({ clientAuthentication: 'private_key_jwt' }),
    ])
      for (const key of [undefined, publicJwk(jwk)]) {
        const made = clientDocument(profile, url, key);
        assert.deepEqual(codes(made), []);
        assert.ok(!JSON.stringify(made).includes((JSON.parse(jwk) as { d: string }).d));
        assert.equal(made['token_endpoint_auth_method'], key === undefined ? 'none' : 'private_key_jwt');
      }
  });
});

describe('a document that is checked', () => {
  const good = clientDocument(userProfile(), url);
  for (const [what, over, code] of [
    ['another address', { client_id: `${url}?` }, 'document_client_id'],
    ['no client id', { client_id: undefined }, 'document_client_id'],
    ['no name', { client_name: '' }, 'document_unnamed'],
    ['a secret', { client_secret: 'x' }, 'document_secret'],
    ['the end of a secret', { client_secret_expires_at: 0 }, 'document_secret'],
    ['client_secret_basic', { token_endpoint_auth_method: 'client_secret_basic' }, 'document_method'],
    ['no method', { token_endpoint_auth_method: undefined }, 'document_method'],
    ['a method that is a list', { token_endpoint_auth_method: ['none'] }, 'document_method'],
    ['a private key', { jwks: { keys: [{ kty: 'EC', d: 'x' }] } }, 'document_private_key'],
    ['a symmetric key', { jwks: { keys: [null, 1, { kty: 'oct', k: 'x' }] } }, 'document_private_key'],
    ['no key for its signature', { token_endpoint_auth_method: 'private_key_jwt' }, 'document_no_key'],
    ['its keys twice', { jwks: { keys: [] }, jwks_uri: 'https://app.example.com/keys' }, 'document_keys'],
    ['keys over http', { jwks_uri: 'http://app.example.com/keys' }, 'document_keys'],
    ['keys at no address', { jwks_uri: '/keys' }, 'document_keys'],
    ['no redirect URI', { redirect_uris: [] }, 'document_redirect'],
    ['redirect URIs that are a text', { redirect_uris: 'https://a.example' }, 'document_redirect'],
    ['a redirect URI over http', { redirect_uris: ['http://a.example/cb'] }, 'document_redirect'],
    ['a redirect URI that is a script', { redirect_uris: ['javascript:alert(1)'] }, 'document_redirect'],
    ['a redirect URI that is a number', { redirect_uris: [1] }, 'document_redirect'],
    ['much in it', { contacts: ['x'.repeat(6000)] }, 'document_large'],
  ] as const)
    it(`with ${what} is said to be wrong in that alone, with its section`, () => {
      assert.deepEqual(codes(JSON.parse(JSON.stringify({ ...good, ...over })) as object), [code]);
      const found = documentFindings(url, { outcome: 'found', members: { ...good, ...over } });
      assert.ok(found.every(({ source, advice }) => source.includes('section') && advice.endsWith('.')));
    });

  it('may name its keys by an address, of this machine over http, too', () => {
    for (const jwks_uri of ['https://app.example.com/keys', 'http://127.0.0.1:1/keys'])
      assert.deepEqual(codes({ ...good, token_endpoint_auth_method: 'private_key_jwt', jwks_uri }), []);
  });

  it('may have a more specific media type of JSON, and no other', () => {
    assert.deepEqual(codes(good, 'application/client+json'), []);
    for (const type of ['text/html', '', 'text/x+json', 'application/json+xml'])
      assert.deepEqual(codes(good, type), ['document_type']);
  });

  it('is read at its address, without following a redirect', async (context) => {
    const { origin } = await serveSeen(context, (request, response) => {
      if (request.url === '/moved') response.writeHead(302, { location: '/client' }).end();
      else if (request.url === '/page') response.writeHead(200, { 'content-type': 'text/html' }).end('<p>');
      else if (request.url === '/none') response.writeHead(404).end();
      else {
        const document = clientDocument(userProfile(), `${origin}/client`);
        response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(document));
      }
    });
    const found = async (path: string) =>
      (await checkClientDocument(`${origin}${path}`, contextWith())).map(({ code }) => code);
    assert.deepEqual(await found('/client'), ['document_not_https']);
    for (const path of ['/moved', '/page', '/none'])
      assert.deepEqual(await found(path), ['document_not_https', 'document_unusable']);
    assert.deepEqual(await found('/client?x=1'), [
      'document_not_https',
      'document_query',
      'document_client_id',
    ]);
  });

  it('that is meant to harm who reads it ends with a sentence', async (context) => {
    const deep = `{"client_id":${'['.repeat(200_000)}${']'.repeat(200_000)}}`;
    const marks = JSON.stringify({
      client_id: '\u202E\u0007x',
      redirect_uris: ['javascript:\u202Ealert(1)'],
    });
    const bodies: readonly (readonly [string | Buffer, string])[] = [
      ['[]', 'document_unusable'],
      ['null', 'document_unusable'],
      ['"text"', 'document_unusable'],
      ['', 'document_unusable'],
      [Buffer.from([0x7b, 0xff, 0xfe, 0x7d]), 'document_unusable'],
      [deep, 'document_client_id'],
      [`{"client_id":"${'x'.repeat(30_000_000)}"}`, 'document_unusable'],
      ['{"__proto__":{"client_id":"x","client_name":"x"}}', 'document_client_id'],
      [marks, 'document_redirect'],
    ];
    const { origin } = await serveSeen(context, ({ url: path }, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      const body = bodies[Number(path.slice(1))]?.[0];
      // What has no end.
      if (body === undefined) response.write('{');
      else response.end(body);
    });
    for (const [index, [, expected]] of bodies.entries()) {
      const found = await checkClientDocument(`${origin}/${index}`, contextWith());
      assert.ok(
        found.some(({ code }) => code === expected),
        `${index}: ${found.map(({ code }) => code).join()}`,
      );
      for (const { message, advice } of found) assert.doesNotMatch(message + advice, /[\p{Cc}\u202E]/u);
    }
    const never = await checkClientDocument(`${origin}/never`, contextWith(undefined, 300));
    assert.equal(never.at(-1)?.code, 'document_unusable');
  });

  it('ends when it is cancelled, and when nobody answers', async () => {
    const controller = new AbortController();
    controller.abort();
    await assert.rejects(checkClientDocument('http://127.0.0.1:1/c', contextWith(controller.signal)));
    const found = await checkClientDocument('http://127.0.0.1:1/c', contextWith());
    assert.equal(found.at(-1)?.code, 'document_unusable');
  });

  it('is told in lines of their own, whatever stands in it', () => {
    const members = { ...good, token_endpoint_auth_method: 'client_secret_\n\u202Eevil' };
    const text = clientDocumentText(url, documentFindings(url, { outcome: 'found', members }));
    assert.equal(text.split('\n').length, 4);
    assert.doesNotMatch(text, /\u202E/);
    assert.match(clientDocumentText(url, []), /can use this document/);
  });
});
