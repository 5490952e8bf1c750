import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Failure } from '../../../src/core/record/failure.ts';
import type { Exchange } from '../../../src/core/record/exchange.ts';
import { startStandIn } from '../../support/servers/standIn.ts';
import { exchange, first, get, refused, why } from './evidence.ts';
import { causeIds, explained, run } from './play.ts';
import { authorizationCode, clientCredentials } from './support.ts';

/** Causes that lay a refusal on the client's credentials. */
const blamesSecret = /secret|client-unknown|reserved-characters|confidential/;

describe('a server that wants another proof than a secret', () => {
  const rows: readonly (readonly [string, Failure, string, RegExp])[] = [
    [
      'a certificate',
      refused('invalid_client', 'no client certificates sent'),
      'client-certificate-wanted',
      /mutual TLS/,
    ],
    [
      'a certificate, said of the registration',
      refused('invalid_client', 'client is registered with self_signed_tls_client_auth'),
      'client-certificate-wanted',
      /certificate/,
    ],
    [
      'a certificate, by its format',
      refused('invalid_request', 'Missing x509 certificate in request'),
      'client-certificate-wanted',
      /mutual TLS/,
    ],
    [
      'an assertion',
      refused('invalid_client', 'client_assertion is missing (private_key_jwt)'),
      'client-assertion-wanted',
      /signed assertion/,
    ],
    ['a DPoP proof', refused('invalid_dpop_proof'), 'dpop-proof-wanted', /DPoP proof/],
    ['a DPoP proof with a nonce', refused('use_dpop_nonce'), 'dpop-proof-wanted', /DPoP proof/],
    [
      'a DPoP proof, in words',
      refused('invalid_request', 'DPoP proof JWT header missing'),
      'dpop-proof-wanted',
      /DPoP/,
    ],
  ];
  for (const [name, failure, id, says] of rows)
    it(`is told so, and no secret is blamed: ${name}`, () => {
      for (const profile of [clientCredentials(), authorizationCode()]) {
        const explanation = why(profile, { ...failure, exchange: 1 }, { exchanges: [exchange()] });
        assert.equal(first(explanation).id, id);
        assert.match(first(explanation).title, says);
        assert.deepEqual(
          causeIds(explanation).filter((one) => blamesSecret.test(one)),
          [],
        );
      }
    });

  it('offers the ways there are to send an assertion', () => {
    const failure = refused('invalid_client', 'private_key_jwt required');
    const { fixes } = first(why(clientCredentials(), failure, { exchanges: [exchange()] }));
    assert.ok(
      fixes.some(
        (fix) => fix.kind === 'set_client_authentication' && fix.clientAuthentication === 'private_key_jwt',
      ),
    );
  });

  it('that does not take the assertion it got is not said to want one', () => {
    const sent = exchange({ form: { client_assertion: 'a.b.c' } });
    const profile = clientCredentials({ clientAuthentication: 'private_key_jwt' });
    const failure = refused('invalid_client', 'client_assertion has an invalid audience');
    const cause = first(why(profile, failure, { exchanges: [sent] }));
    assert.equal(cause.id, 'assertion-refused');
  });

  it('is told so by nginx, which answers before any OAuth, and by TLS itself', async () => {
    const server = await startStandIn(() => ({
      status: 400,
      headers: { 'content-type': 'text/html' },
      body: '<html><head><title>400 No required SSL certificate was sent</title></head></html>',
    }));
    const profile = clientCredentials({ issuer: server.origin, tokenEndpoint: `${server.origin}/token` });
    const explanation = explained(await run('client_credentials', profile));
    await server.close();
    assert.equal(first(explanation).id, 'client-certificate-wanted');
    const alert: Failure = {
      ...{ kind: 'tls', step: 'token', message: '', advice: '', host: 'login.example.com' },
      code: 'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED',
    };
    assert.deepEqual(causeIds(why(clientCredentials(), alert, { exchanges: [] })), [
      'client-certificate-wanted',
    ]);
  });

  const authorization = (query: string): Exchange =>
    get('authorization', `https://login.example.com/authorize?${query}`, { id: 2 });

  it('wants a pushed request: in words, or by its metadata where it shows its own page', () => {
    const told = refused(
      'invalid_request',
      'Pushed Authorization Request is required (require_pushed_authorization_requests)',
      'authorization',
    );
    const sent = { exchanges: [authorization('client_id=a')] };
    assert.equal(first(why(authorizationCode(), told, sent)).id, 'pushed-request-wanted');
    const silent: Failure = { kind: 'timeout', step: 'redirect', seconds: 300, message: '', advice: '' };
    const metadata = { require_pushed_authorization_requests: true };
    const cause = first(why(authorizationCode(), silent, { ...sent, metadata }));
    assert.equal(cause.id, 'pushed-request-wanted');
    assert.match(cause.evidence.join(' '), /require_pushed_authorization_requests: true/);
    const pushed = { exchanges: [authorization('client_id=a&request_uri=urn:x')], metadata };
    assert.ok(!causeIds(why(authorizationCode(), silent, pushed)).includes('pushed-request-wanted'));
  });

  it('wants a signed request', () => {
    const told = refused('invalid_request_object', undefined, 'authorization');
    const cause = first(why(authorizationCode(), told, { exchanges: [authorization('client_id=a')] }));
    assert.equal(cause.id, 'signed-request-wanted');
  });

  it('is not suspected where nothing says so', () => {
    for (const failure of [
      refused('invalid_client'),
      refused('invalid_client', 'Bad client credentials'),
      refused('invalid_grant', 'The party is over'),
      refused('invalid_request', 'parameter missing', 'authorization'),
    ])
      assert.ok(
        !causeIds(why(authorizationCode(), failure, { exchanges: [exchange()] })).some((id) =>
          /(certificate|assertion|dpop-proof|pushed-request|signed-request)-/.test(id),
        ),
      );
  });
});

describe('an answer whose body broke off', () => {
  it('is no connection that failed: its status is said, and nothing is laid on the address', async () => {
    const { createServer } = await import('node:http');
    const server = createServer((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '500' });
      response.write('{"access_tok');
      setTimeout(() => response.destroy(), 20);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const origin = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
    const profile = clientCredentials({ issuer: origin, tokenEndpoint: `${origin}/token` });
    const explanation = explained(await run('client_credentials', profile));
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    assert.deepEqual(causeIds(explanation), ['answer-broken-off']);
    assert.match(first(explanation).evidence.join(' '), /status 200/);
    const said = JSON.stringify([explanation.title, explanation.meaning, explanation.failure.message]);
    assert.doesNotMatch(said, /before HTTP|No answer/);
    assert.match(said, /status 200 came/);
  });
});

describe('a port that cannot be listened on', () => {
  const busy = (port: number, code?: string): Failure => ({
    ...{ kind: 'port_busy', step: 'listen', port, message: '', advice: '' },
    ...(code === undefined ? {} : { code }),
  });
  it('is used by another program only where the system says so', () => {
    const title = (port: number, code?: string) =>
      first(why(authorizationCode(), busy(port, code), { exchanges: [] })).title;
    assert.match(title(8400), /Another program uses port 8400/);
    assert.match(title(8400, 'EADDRINUSE'), /Another program uses/);
    assert.match(title(80, 'EACCES'), /This user may not listen on port 80: ports below 1024/);
    assert.match(title(50123, 'EACCES'), /The system reserves port 50123/);
    assert.match(title(8400, 'EADDRNOTAVAIL'), /cannot be listened on/);
  });
});

describe('an answer with an id_token only', () => {
  it('is not laid on the token endpoint: no scope of an API was asked for', async () => {
    const server = await startStandIn(() => ({
      status: 200,
      body: { id_token: 'e30.e30.c2ln', token_type: 'Bearer' },
    }));
    const profile = clientCredentials({
      ...{ issuer: server.origin, tokenEndpoint: `${server.origin}/token` },
      scopes: ['openid', 'profile'],
    });
    const explanation = explained(await run('client_credentials', profile));
    await server.close();
    const cause = first(explanation);
    assert.equal(cause.id, 'only-an-id-token');
    assert.deepEqual(cause.fixes, [{ kind: 'edit_profile', field: 'scopes' }]);
    assert.ok(!causeIds(explanation).includes('no-access-token'));
  });
});
