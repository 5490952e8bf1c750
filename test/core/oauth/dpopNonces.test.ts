import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { decodeJwt } from 'jose';
import { callApi } from '../../../src/core/api/callApi.ts';
import { runFlow } from '../../../src/core/flow/runFlow.ts';
import { machineProfile } from '../../support/profiles.ts';
import { failureOf, flowDeps, tokensOf } from './support/deps.ts';
import { json, serveSeen, type SeenRequest } from './support/serve.ts';

const nonceOf = ({ headers }: SeenRequest) => decodeJwt(String(headers['dpop']))['nonce'];

/** A server that gives a new nonce with each answer, and takes none but the last one it gave. */
function nonces(name: string): {
  readonly next: () => string;
  readonly isLast: (request: SeenRequest) => boolean;
} {
  let count = 0;
  return { next: () => `${name}-${++count}`, isLast: (request) => nonceOf(request) === `${name}-${count}` };
}

/** An authorization server and an API, each with nonces of its own. */
async function twoServers(context: TestContext, never: { readonly issuer?: true } = {}) {
  const [own, apis] = [nonces('as'), nonces('rs')];
  const { origin: issuer, seen } = await serveSeen(context, (request, response) => {
    const isToken = request.url === '/token';
    const holds = isToken && own.isLast(request) && never.issuer === undefined;
    if (isToken) response.setHeader('dpop-nonce', own.next());
    const metadata = { issuer, token_endpoint: `${issuer}/token`, response_types_supported: ['code'] };
    const tokens = { access_token: 'bound', token_type: 'DPoP', expires_in: 60 };
    if (!isToken) json(response, metadata);
    else if (holds) json(response, tokens);
    else json(response, { error: 'use_dpop_nonce' }, 400);
  });
  const { origin: api, seen: called } = await serveSeen(context, (request, response) => {
    const holds = apis.isLast(request);
    response.setHeader('dpop-nonce', apis.next());
    if (!holds) response.setHeader('www-authenticate', 'DPoP error="use_dpop_nonce"');
    response.writeHead(holds ? 200 : 401).end();
  });
  const asked = () => seen.filter(({ url }) => url === '/token').map(nonceOf);
  return { issuer, api, asked, called: () => called.map(nonceOf) };
}

describe('nonces for proofs of possession', () => {
  const profileAt = (issuer: string) => machineProfile({ issuer, dpop: true });
  const getToken = (issuer: string) =>
    runFlow('client_credentials', profileAt(issuer), flowDeps({ secret: () => Promise.resolve('secret') }));

  it('are those of each server, the last that it gave', async (context) => {
    const { issuer, api, asked, called } = await twoServers(context);
    const made = new Map<string, string>();
    const tokens = tokensOf(await getToken(issuer));
    assert.deepEqual(asked(), [undefined, 'as-1']);
    const call = () =>
      callApi(
        profileAt(issuer),
        { method: 'GET', url: `${api}/orders`, headers: [] },
        {
          ...{
            fetch,
            clock: flowDeps().clock,
            timeout: 5000,
            used: [],
            signal: new AbortController().signal,
          },
          ...{ tokens, confirm: () => Promise.resolve(true) },
          made: async (what, make) => {
            const key = made.get(what) ?? (await make());
            made.set(what, key);
            return key;
          },
          renew: () => Promise.reject(new Error('It must not be renewed.')),
        },
      );
    for (const sent of [
      [undefined, 'rs-1'],
      [undefined, 'rs-1', undefined, 'rs-3'],
    ]) {
      const { report } = await call();
      assert.equal(report.outcome.kind, 'token', JSON.stringify(report.outcome));
      assert.deepEqual(called(), sent);
    }
  });

  it('of a token endpoint that takes none end after two more tries, in its words', async (context) => {
    const { issuer, asked } = await twoServers(context, { issuer: true });
    const report = await getToken(issuer);
    assert.equal(failureOf(report, 'oauth_error').body.error, 'use_dpop_nonce');
    assert.deepEqual(asked(), [undefined, 'as-1', 'as-2']);
  });
});
