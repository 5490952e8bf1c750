import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { FailureError } from '../../../src/core/record/failure.ts';
import { discoverFacts } from '../../../src/core/profileForm/discoverFacts.ts';
import { ManualClock } from '../../support/clock.ts';

describe('what a server publishes', () => {
  let server: Server;
  let origin: string;
  before(async () => {
    server = createServer((request, response) => {
      const document = documents(origin)[request.url ?? ''];
      response.writeHead(document === undefined ? 404 : 200, { 'content-type': 'application/json' });
      response.end(document === undefined ? '' : JSON.stringify(document));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  after(() => server.close());

  const read = (issuer: string) =>
    discoverFacts(issuer, { fetch, clock: new ManualClock(0), timeout: 1000 }, new AbortController().signal);

  it('is read by OpenID Connect Discovery', async () => {
    assert.deepEqual(await read(`${origin}/openid`), {
      document: `${origin}/openid/.well-known/openid-configuration`,
      kind: 'openid',
      issuer: `${origin}/openid`,
      tokenEndpoint: `${origin}/token`,
      authorizationEndpoint: `${origin}/authorize`,
      secretEndpoints: [`${origin}/token`],
      scopes: ['openid', 'orders.read'],
      challengeMethods: ['S256'],
    });
  });

  it('is read by RFC 8414 where that is all there is', async () => {
    const facts = await read(`${origin}/oauth`);
    assert.equal(facts.kind, 'oauth');
    assert.equal(facts.document, `${origin}/.well-known/oauth-authorization-server/oauth`);
  });

  it('is taken only as far as it has the right types', async () => {
    const { issuer, document, kind, ...rest } = await read(`${origin}/hostile`);
    assert.deepEqual([issuer, document !== '', kind], [`${origin}/hostile`, true, 'openid']);
    assert.deepEqual(rest, {
      tokenEndpoint: `${origin}/token`,
      secretEndpoints: [`${origin}/token`],
      grants: ['a'],
    });
  });

  it('that is not there is a failure with a sentence', async () => {
    await assert.rejects(read(`${origin}/nothing`), (error) => {
      assert.ok(error instanceof FailureError);
      assert.match(error.failure.message, /publishes no metadata/);
      return true;
    });
  });
});

function documents(origin: string): Readonly<Record<string, unknown>> {
  const endpoints = { token_endpoint: `${origin}/token`, authorization_endpoint: `${origin}/authorize` };
  return {
    '/openid/.well-known/openid-configuration': {
      ...endpoints,
      issuer: `${origin}/openid`,
      scopes_supported: ['openid', 'orders.read', 'openid'],
      code_challenge_methods_supported: ['S256'],
    },
    '/.well-known/oauth-authorization-server/oauth': { ...endpoints, issuer: `${origin}/oauth` },
    '/hostile/.well-known/openid-configuration': {
      issuer: `${origin}/hostile`,
      token_endpoint: `${origin}/token`,
      authorization_endpoint: { not: 'a text' },
      scopes_supported: 'openid',
      grant_types_supported: ['a', 7, null, 'x'.repeat(5000)],
      token_endpoint_auth_methods_supported: { 0: 'none' },
    },
  };
}
