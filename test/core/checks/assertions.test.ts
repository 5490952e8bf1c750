import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import { after, before, describe, it } from 'node:test';
import { calculateJwkThumbprint, exportJWK, generateKeyPair } from 'jose';
import { Provider } from 'oidc-provider/lib/provider.js';
import { checks } from '../../../src/core/checks/all.ts';
import type { AuthorizationCodeProfile } from '../../../src/core/profile/profile.ts';
import type { DemoClient } from '../../../src/demo/clients.ts';
import { close, listen } from '../../../src/demo/listen.ts';
import { json, known, page, respond, smallServer, type Asked } from './server.ts';
import { noAssertion, serverOf, trial } from './support.ts';

const ofAssertions = checks.filter(({ id }) => id in noAssertion);

const client: DemoClient = { ...known, clientId: 'keyed', scopes: ['openid'] };
const algorithms = ['ES256', 'RS256', 'PS256', 'EdDSA'] as const;
const change = { clientAuthentication: 'private_key_jwt' } as const;

/** What the checks of assertions find for a client with this key. */
async function found(
  issuer: string,
  key: string,
  signIn: boolean,
  more: Partial<AuthorizationCodeProfile> = {},
): Promise<Readonly<Record<string, string>>> {
  const { results } = await trial({
    ...{ issuer, client, signIn, checks: ofAssertions },
    change: { ...change, ...more },
    context: { server: serverOf(issuer), secret: () => Promise.resolve(key) },
  });
  return Object.fromEntries(results.map(({ id, verdict }) => [id, verdict]));
}

const all = (verdict: string) => Object.fromEntries(ofAssertions.map(({ id }) => [id, verdict]));

describe('the checks of client assertions, against oidc-provider with private_key_jwt', () => {
  let server: Server;
  let issuer = '';
  const keys = new Map<string, string>();
  before(async () => {
    server = createServer();
    issuer = `http://127.0.0.1:${await listen(server, 0)}`;
    const jwks = [];
    for (const alg of algorithms) {
      const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
      const kid = await calculateJwkThumbprint(await exportJWK(publicKey));
      keys.set(alg, JSON.stringify({ ...(await exportJWK(privateKey)), alg, kid }));
      jwks.push({ ...(await exportJWK(publicKey)), alg, kid, use: 'sig' });
    }
    const warn = console.warn;
    console.warn = () => undefined;
    const provider = new Provider(issuer, {
      clients: [
        {
          client_id: client.clientId,
          token_endpoint_auth_method: 'private_key_jwt',
          application_type: 'native',
          redirect_uris: [client.redirectUri ?? ''],
          jwks: { keys: jwks },
        },
      ],
      enabledJWA: { clientAuthSigningAlgValues: [...algorithms] },
    });
    console.warn = warn;
    const handle = provider.callback();
    server.on('request', (request, response) => void handle(request, response));
  });
  after(() => close(server));

  for (const alg of algorithms)
    it(`pass with a key for ${alg}, by the user and without`, async () => {
      const key = keys.get(alg) ?? '';
      assert.deepEqual(await found(issuer, key, true), all('pass'));
      assert.deepEqual(await found(issuer, key, false), all('pass'));
    });

  it('pass with the token endpoint as audience', async () => {
    const more = { clientAssertionAudience: 'token_endpoint' } as const;
    assert.deepEqual(await found(issuer, keys.get('ES256') ?? '', true, more), all('pass'));
  });

  it('say nothing when the key is not that of the client', async () => {
    const { privateKey } = await generateKeyPair('ES256', { extractable: true });
    const strange = JSON.stringify(await exportJWK(privateKey));
    assert.deepEqual(await found(issuer, strange, true), all('not_determined'));
  });
});

describe('the checks of client assertions, against servers that do not look', () => {
  const key = generateKeyPair('ES256', { extractable: true })
    .then(({ privateKey }) => exportJWK(privateKey))
    .then((jwk) => JSON.stringify(jwk));
  let codes = 0;
  /** Signs everybody in at once; takes any client, and looks at the code first or not at all. */
  const lax =
    (looksAtCode: boolean) =>
    (asked: Asked): void => {
      const { path, query, form, response, registered } = asked;
      if (path === '/token') {
        const real = form.get('code')?.startsWith('code-') === true;
        if (looksAtCode && !real) json(response, 400, { error: 'invalid_grant' });
        else json(response, 200, { access_token: 'a-token', token_type: 'Bearer' });
      } else if (!registered) page(response, 400, 'Error');
      else if (query.get('prompt') === 'none') respond(asked, { error: 'login_required' });
      else respond(asked, { code: `code-${++codes}` });
    };
  async function at(answer: (asked: Asked) => void, signIn: boolean) {
    const server = await smallServer(answer);
    try {
      return await found(server.origin, await key, signIn);
    } finally {
      await server.close();
    }
  }
  const taken = { ...all('fail'), 'client.assertion-replayed': 'weakness' };

  it('find it with a sign-in', async () => {
    assert.deepEqual(await at(lax(true), true), taken);
  });

  it('do not take the refusal of a made-up code for one of the assertion', async () => {
    assert.deepEqual(await at(lax(true), false), all('not_determined'));
  });

  it('find it without a sign-in where a made-up code gets a token', async () => {
    assert.deepEqual(await at(lax(false), false), taken);
  });
});
