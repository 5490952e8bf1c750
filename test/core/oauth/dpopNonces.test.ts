import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { describe, it, type TestContext } from 'node:test';
import { decodeJwt } from 'jose';
import { callApi, type ApiCallDeps } from '../../../src/core/api/callApi.ts';
import { runFlow, type FlowDeps } from '../../../src/core/flow/runFlow.ts';
import { dpopHandle } from '../../../src/core/oauth/dpop.ts';
import type { ProofHandles } from '../../../src/core/oauth/requestContext.ts';
import type { Made } from '../../../src/core/ports.ts';
import type { Profile } from '../../../src/core/profile/profile.ts';
import type { TokenSet } from '../../../src/core/record/report.ts';
import { Trace } from '../../../src/core/record/trace.ts';
import { machineProfile } from '../../support/profiles.ts';
import { failureOf, flowDeps, tokensOf } from './support/deps.ts';
import { json, serveSeen, type SeenRequest } from './support/serve.ts';

const nonceOf = ({ headers }: SeenRequest) => decodeJwt(String(headers['dpop']))['nonce'];

interface Nonces {
  readonly next: () => string;
  readonly isLast: (request: SeenRequest) => boolean;
}

/** Gives a new nonce with each answer, and takes none but the last one it gave. */
function nonces(name: string): Nonces {
  let count = 0;
  return { next: () => `${name}-${++count}`, isLast: (request) => nonceOf(request) === `${name}-${count}` };
}

/** What a vault makes once. */
function keyKeeper(): Made {
  const made = new Map<string, string>();
  return async (what, make) => {
    const key = made.get(what) ?? (await make());
    made.set(what, key);
    return key;
  };
}

type Answer = (request: SeenRequest, response: ServerResponse) => void;

const isToken = ({ url }: SeenRequest) => url === '/token';

/** What an authorization server answers that takes no proof but with its last nonce, or none at all. */
function answerAsServer(issuer: string, own: Nonces, takesNone = false): Answer {
  return (request, response) => {
    const holds = isToken(request) && own.isLast(request) && !takesNone;
    if (isToken(request)) response.setHeader('dpop-nonce', own.next());
    const metadata = { issuer, token_endpoint: `${issuer}/token`, response_types_supported: ['code'] };
    const tokens = { access_token: 'bound', token_type: 'DPoP', expires_in: 60 };
    if (!isToken(request)) json(response, metadata);
    else if (holds) json(response, tokens);
    else json(response, { error: 'use_dpop_nonce' }, 400);
  };
}

/** What an API answers that takes no proof but with its last nonce. */
function answerAsApi(own: Nonces): Answer {
  return (request, response) => {
    const holds = own.isLast(request);
    response.setHeader('dpop-nonce', own.next());
    if (!holds) response.setHeader('www-authenticate', 'DPoP error="use_dpop_nonce"');
    response.writeHead(holds ? 200 : 401).end();
  };
}

/** An authorization server and an API, each with nonces of its own. */
async function twoServers(context: TestContext, never: { readonly issuer?: true } = {}) {
  const own = nonces('as');
  const { origin: issuer, seen } = await serveSeen(context, (request, response) => {
    answerAsServer(issuer, own, never.issuer)(request, response);
  });
  const { origin: api, seen: called } = await serveSeen(context, answerAsApi(nonces('rs')));
  return { issuer, api, asked: () => seen.filter(isToken).map(nonceOf), called: () => called.map(nonceOf) };
}

/** The same at one origin. */
async function oneOrigin(context: TestContext) {
  const [own, apis] = [nonces('as'), answerAsApi(nonces('rs'))];
  const isCall = ({ url }: SeenRequest) => url === '/orders';
  const { origin: issuer, seen } = await serveSeen(context, (request, response) => {
    (isCall(request) ? apis : answerAsServer(issuer, own))(request, response);
  });
  const ofThose = (which: (request: SeenRequest) => boolean) => () => seen.filter(which).map(nonceOf);
  return { issuer, api: `${issuer}/orders`, asked: ofThose(isToken), called: ofThose(isCall) };
}

describe('nonces for proofs of possession', () => {
  const profileAt = (issuer: string) => machineProfile({ issuer, dpop: true });
  const getToken = (issuer: string, kept: Partial<FlowDeps> = {}) =>
    runFlow(
      'client_credentials',
      profileAt(issuer),
      flowDeps({ secret: () => Promise.resolve('secret'), ...kept }),
    );
  const call = (issuer: string, url: string, tokens: TokenSet, kept: Pick<ApiCallDeps, 'made' | 'proofs'>) =>
    callApi(
      profileAt(issuer),
      { method: 'GET', url, headers: [] },
      {
        ...{ fetch, clock: flowDeps().clock, timeout: 5000, used: [], signal: new AbortController().signal },
        ...{ tokens, confirm: () => Promise.resolve(true), ...kept },
        renew: () => Promise.reject(new Error('It must not be renewed.')),
      },
    );

  it('are those of each server, the last that it gave, within one call where nothing remembers them', async (context) => {
    const { issuer, api, asked, called } = await twoServers(context);
    const made = keyKeeper();
    const tokens = tokensOf(await getToken(issuer));
    assert.deepEqual(asked(), [undefined, 'as-1']);
    for (const sent of [
      [undefined, 'rs-1'],
      [undefined, 'rs-1', undefined, 'rs-3'],
    ]) {
      const { report } = await call(issuer, `${api}/orders`, tokens, { made });
      assert.equal(report.outcome.kind, 'token', JSON.stringify(report.outcome));
      assert.deepEqual(called(), sent);
    }
  });

  it('are remembered for the session: what comes second needs no further round trip', async (context) => {
    const { issuer, api, asked, called } = await twoServers(context);
    const [made, proofs]: [Made, ProofHandles] = [keyKeeper(), new Map()];
    const kept = { made: (_profile: Profile, ...how: Parameters<Made>) => made(...how), proofs };
    for (const sent of [
      [undefined, 'as-1'],
      [undefined, 'as-1', 'as-2'],
    ]) {
      const tokens = tokensOf(await getToken(issuer, kept));
      assert.deepEqual(asked(), sent);
      await call(issuer, `${api}/orders`, tokens, { made, proofs });
    }
    assert.deepEqual(called(), [undefined, 'rs-1', 'rs-2']);
  });

  it('of an authorization server are not those of an API at its origin, and another key has none', async (context) => {
    const { issuer, api, asked, called } = await oneOrigin(context);
    const [made, proofs]: [Made, ProofHandles] = [keyKeeper(), new Map()];
    const kept = { made: (_profile: Profile, ...how: Parameters<Made>) => made(...how), proofs };
    const tokens = tokensOf(await getToken(issuer, kept));
    await call(issuer, api, tokens, { made, proofs });
    assert.deepEqual(called(), [undefined, 'rs-1']);
    await getToken(issuer, kept);
    assert.deepEqual(asked(), [undefined, 'as-1', 'as-2']);
    await call(issuer, api, tokens, { made: keyKeeper(), proofs });
    assert.deepEqual(called(), [undefined, 'rs-1', undefined, 'rs-3']);
  });

  it('are remembered for the keys that were used last', async () => {
    const proofs: ProofHandles = new Map();
    const trace = new Trace();
    const [first, last] = [keyKeeper(), keyKeeper()];
    const one = await dpopHandle({ made: first, proofs, trace });
    for (let count = 0; count < 60; count++) await dpopHandle({ made: keyKeeper(), proofs, trace });
    const other = await dpopHandle({ made: last, proofs, trace });
    assert.equal(await dpopHandle({ made: last, proofs, trace }), other);
    assert.notEqual(await dpopHandle({ made: first, proofs, trace }), one);
    assert.ok(proofs.size <= 50);
  });

  it('of a token endpoint that takes none end after two more tries, in its words', async (context) => {
    const { issuer, asked } = await twoServers(context, { issuer: true });
    const report = await getToken(issuer);
    assert.equal(failureOf(report, 'oauth_error').body.error, 'use_dpop_nonce');
    assert.deepEqual(asked(), [undefined, 'as-1', 'as-2']);
  });

  /** How often a token endpoint is asked that answers in this way. */
  async function timesAsked(context: TestContext, answer: Answer, over: Partial<Profile> = {}) {
    const { origin, seen } = await serveSeen(context, (request, response) => {
      response.setHeader('dpop-nonce', 'n');
      answer(request, response);
    });
    const profile = machineProfile({ issuer: origin, tokenEndpoint: `${origin}/token`, dpop: true, ...over });
    const report = await runFlow('client_credentials', profile, flowDeps());
    return { report, times: seen.filter(isToken).length };
  }
  const wantsNonce = '{"error" : \n "use_dpop_nonce"}';
  const refuse =
    (status: number, body: string): Answer =>
    (_request, response) => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(body);
    };

  it('are asked for with blanks in the JSON, too, and only by who refuses with one', async (context) => {
    assert.equal((await timesAsked(context, refuse(400, wantsNonce))).times, 3);
    assert.equal((await timesAsked(context, refuse(400, '{"error":"invalid_grant"}'))).times, 1);
    const token = '{"access_token":"t","token_type":"DPoP","expires_in":9,"error":"use_dpop_nonce"}';
    const { report, times } = await timesAsked(context, refuse(200, token));
    assert.deepEqual([tokensOf(report).access_token, times], ['t', 1]);
    const without: Answer = (request, response) => {
      response.removeHeader('dpop-nonce');
      refuse(400, wantsNonce)(request, response);
    };
    assert.equal((await timesAsked(context, without)).times, 1);
  });

  it('are nothing to a client whose tokens are not bound', async (context) => {
    const { report, times } = await timesAsked(context, refuse(400, wantsNonce), { dpop: false });
    assert.equal(failureOf(report, 'oauth_error').body.error, 'use_dpop_nonce');
    assert.equal(times, 1);
  });
});
