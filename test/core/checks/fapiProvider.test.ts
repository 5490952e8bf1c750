import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import { after, before, describe, it } from 'node:test';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK } from 'jose';
import type { Configuration } from 'oidc-provider';
import { Provider } from 'oidc-provider/lib/provider.js';
import { checks } from '../../../src/core/checks/all.ts';
import type { DemoClient } from '../../../src/demo/clients.ts';
import { close, listen } from '../../../src/demo/listen.ts';
import { pushedServerOf, trial } from './support.ts';

const client: DemoClient = {
  ...{ name: 'Bank', grant: 'authorization_code', clientId: 'bank', clientAuthentication: 'private_key_jwt' },
  ...{ scopes: ['openid'], redirectUri: 'http://127.0.0.1/callback' },
};

/** What FAPI wants of a server, in the words of another one's configuration. */
const strict: Configuration['features'] = {
  fapi: { enabled: true, profile: '2.0' },
  pushedAuthorizationRequests: { enabled: true, requirePushedAuthorizationRequests: true },
  dPoP: { enabled: true },
};

describe('the checks of FAPI 2.0 against oidc-provider', () => {
  const servers: Server[] = [];
  let own: JWK = {};
  let known: JWK = {};
  before(async () => {
    const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
    const kid = await calculateJwkThumbprint(await exportJWK(publicKey));
    own = { ...(await exportJWK(privateKey)), alg: 'ES256', kid };
    known = { ...(await exportJWK(publicKey)), alg: 'ES256', kid, use: 'sig' };
  });
  after(() => Promise.all(servers.map(close)));

  /** The verdicts of the group at a server with these features. */
  async function verdicts(features: Configuration['features'], bound: boolean) {
    const server = createServer();
    servers.push(server);
    const issuer = `http://127.0.0.1:${await listen(server, 0)}`;
    const warn = console.warn;
    console.warn = () => undefined;
    const provider = new Provider(issuer, {
      clients: [
        {
          ...{ client_id: client.clientId, token_endpoint_auth_method: 'private_key_jwt' },
          ...{
            application_type: 'native',
            redirect_uris: [client.redirectUri ?? ''],
            jwks: { keys: [known] },
          },
          grant_types: ['authorization_code', 'refresh_token'],
          ...(bound && { dpop_bound_access_tokens: true }),
        },
      ],
      ...{ features, enabledJWA: { clientAuthSigningAlgValues: ['ES256'] }, pkce: { required: () => true } },
      ...{ allowOmittingSingleRegisteredRedirectUri: false, issueRefreshToken: () => true },
      rotateRefreshToken: !bound,
    });
    console.warn = warn;
    const handle = provider.callback();
    server.on('request', (request, response) => void handle(request, response));
    const { results } = await trial({
      ...{ issuer, client, checks },
      change: {
        clientAuthentication: 'private_key_jwt',
        fapi2: true,
        pushAuthorizationRequest: true,
        dpop: true,
      },
      context: { server: pushedServerOf(issuer), secret: () => Promise.resolve(JSON.stringify(own)) },
    });
    const group = results.filter(({ area }) => area === 'fapi');
    for (const { id, verdict, meaning } of group) if (process.env['SHOW']) console.log(verdict, id, meaning);
    return Object.fromEntries(group.map(({ id, verdict }) => [id, verdict]));
  }

  it('pass, configured for it, but for what is reviewed here', async () => {
    const found = await verdicts(strict, true);
    const own = [
      'par-required',
      'par-authenticated',
      'authentication',
      'sender-constrained',
      'refresh-rotation',
    ];
    for (const id of own.map((name) => `fapi.${name}`)) assert.equal(found[id], 'pass', id);
    const others = Object.entries(found).filter(([, verdict]) => verdict !== 'pass');
    assert.deepEqual(Object.fromEntries(others), {
      // They mean nothing at plain http.
      'response.tls-version': 'not_applicable',
      'response.hsts': 'not_applicable',
      // It wants another registered client.
      'par.other-client': 'not_applicable',
    });
  });

  it('fail, with PAR and DPoP as an offer only', async () => {
    const lax: Configuration['features'] = {
      pushedAuthorizationRequests: { enabled: true },
      dPoP: { enabled: true },
    };
    const found = await verdicts(lax, false);
    assert.equal(found['fapi.par-required'], 'fail');
    // Opaque, but this client has shown neither key nor certificate that it could be bound to.
    assert.equal(found['fapi.sender-constrained'], 'fail');
    assert.equal(found['fapi.authentication'], 'pass');
    assert.equal(found['fapi.par-authenticated'], 'pass');
    assert.equal(found['fapi.refresh-rotation'], 'weakness');
  });
});
