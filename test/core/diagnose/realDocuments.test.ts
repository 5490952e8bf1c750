import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { startStandIn, type Answer } from '../../support/servers/standIn.ts';
import { causeIds, explained, run } from './play.ts';
import { clientCredentials } from './support.ts';

type At = (path: string, origin: string) => Answer | undefined;
const openid: (document: (origin: string) => unknown) => At = (document) => (path, origin) =>
  path.includes('openid-configuration') ? { status: 200, body: document(origin) as object } : undefined;
const html = { 'content-type': 'text/html' };

/** What came in the place of metadata, the cause, and a sentence that has to be there. */
const rows: readonly (readonly [name: string, path: string, answer: At, cause: string, says: RegExp])[] = [
  [
    'issuer null',
    '',
    openid((o) => ({ issuer: null, token_endpoint: `${o}/t` })),
    'nothing-published',
    /no document with an issuer/,
  ],
  [
    'issuer absent',
    '',
    openid((o) => ({ token_endpoint: `${o}/t` })),
    'nothing-published',
    /no document with an issuer/,
  ],
  [
    'issuer in a list',
    '',
    openid((o) => ({ issuer: [o], token_endpoint: `${o}/t` })),
    'nothing-published',
    /no document with an issuer/,
  ],
  ['a list', '', openid(() => []), 'nothing-published', /no document with an issuer/],
  [
    'a page of an app',
    '',
    () => ({ status: 200, headers: html, body: '<html>app</html>' }),
    'nothing-published',
    /oauth-authorization-server: no document/,
  ],
  [
    'a refusal',
    '',
    () => ({ status: 401, body: { error: 'unauthorized' } }),
    'nothing-published',
    /status 401/,
  ],
  ['a server in trouble', '', () => ({ status: 500, body: 'x' }), 'server-in-trouble', /status 500/],
  [
    'no token endpoint',
    '',
    openid((o) => ({ issuer: o })),
    'nothing-published',
    /names no token endpoint.*Its metadata was read/s,
  ],
  [
    'a relative token endpoint',
    '',
    openid((o) => ({ issuer: o, token_endpoint: '/t' })),
    'insecure-url',
    /\/t/,
  ],
  [
    'a token endpoint without TLS',
    '',
    openid((o) => ({ issuer: o, token_endpoint: 'http://as.example.com/t' })),
    'insecure-url',
    /http:\/\/as\.example\.com\/t/,
  ],
  [
    'a login page',
    '',
    () => ({ status: 302, headers: { location: '/login' } }),
    'redirected',
    /request for its metadata to a login page/,
  ],
  [
    'the document of the root only',
    '/Tenant',
    (path, o) =>
      path === '/.well-known/openid-configuration' ? { status: 200, body: { issuer: o } } : undefined,
    'nothing-published',
    /openid-configuration\/Tenant/,
  ],
  [
    'another case',
    '/Tenant',
    openid((o) => ({ issuer: `${o}/tenant`, token_endpoint: `${o}/t` })),
    'issuer-differs',
    /upper and lower case/,
  ],
  [
    'a slash too many',
    '/t/',
    openid((o) => ({ issuer: `${o}/t`, token_endpoint: `${o}/t` })),
    'issuer-differs-by-slash',
    /exactly as the server writes it/,
  ],
  [
    'a body that is not packed',
    '',
    () => ({ status: 200, headers: { 'content-encoding': 'gzip' }, body: 'no' }),
    'answer-not-unpacked',
    /status 200/,
  ],
  [
    'a firewall',
    '',
    () => ({
      status: 403,
      headers: html,
      body: '<html><title>Attention Required! | Cloudflare</title></html>',
    }),
    'firewall',
    /firewall or gateway/,
  ],
];

describe('what comes in the place of metadata', () => {
  for (const [name, path, answer, cause, says] of rows)
    it(`${name}: ${cause}`, async () => {
      const server = await startStandIn(
        (request, origin) => answer(request.path, origin) ?? { status: 404, body: 'no' },
      );
      try {
        const issuer = `${server.origin}${path}`;
        const explanation = explained(await run('client_credentials', clientCredentials({ issuer })));
        assert.equal(causeIds(explanation)[0], cause, causeIds(explanation).join());
        const [first] = explanation.causes;
        const told = [explanation.title, first?.title, ...(first?.evidence ?? []), ...(first?.steps ?? [])];
        assert.match(told.join('\n'), says);
        assert.ok((first?.fixes.length ?? 0) > 0, 'nothing can be done');
      } finally {
        await server.close();
      }
    });
});
