import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { after, before, describe, it } from 'node:test';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import { Provider } from 'oidc-provider/lib/provider.js';
import { Bench } from '../../../src/core/checks/bench.ts';
import type { BenchServer } from '../../../src/core/checks/benchOptions.ts';
import type { ChecksReport } from '../../../src/core/checks/report.ts';
import { runFlow } from '../../../src/core/flow/runFlow.ts';
import type { Exchange, ExchangePurpose } from '../../../src/core/record/exchange.ts';
import { decoratorsOf } from '../../../src/core/oauth/decorators.ts';
import type { DemoClient } from '../../../src/demo/clients.ts';
import { close, listen } from '../../../src/demo/listen.ts';
import { userProfile } from '../../support/profiles.ts';
import { SignInBrowser } from '../oauth/support/browser.ts';
import { flowDeps } from '../oauth/support/deps.ts';
import { realClock, serverOf, trial } from './support.ts';

const native: DemoClient = {
  name: 'Public',
  grant: 'authorization_code',
  clientId: 'native',
  clientAuthentication: 'none',
  scopes: ['openid', 'offline_access'],
  redirectUri: 'http://127.0.0.1/callback',
};
const web: DemoClient = {
  ...native,
  name: 'Confidential',
  clientId: 'web',
  clientAuthentication: 'client_secret_basic',
  clientSecret: 'a secret of the strict provider',
  redirectUri: 'http://127.0.0.1:8795/callback',
};

/** Every verdict but those that pass, and why it is right: none is there because a request was not pushed or not bound. */
const reviewed = {
  // As at the same server without PAR and DPoP: plainProvider.test.ts.
  'redirect.missing': 'weakness',
  'pkce.reused-challenge': 'weakness',
  'response.framing': 'fail',
  // The wrong request is refused where it is handed in, so that no error page is seen.
  'response.error-reflection': 'not_determined',
};

describe('the checks against an oidc-provider that wants requests pushed and tokens bound', () => {
  let server: Server;
  let issuer = '';
  before(async () => {
    server = createServer();
    issuer = `http://127.0.0.1:${await listen(server, 0)}`;
    const warn = console.warn;
    console.warn = () => undefined;
    const provider = new Provider(issuer, {
      clients: [native, web].map((client) => ({
        client_id: client.clientId,
        ...(client.clientSecret === undefined ? {} : { client_secret: client.clientSecret }),
        token_endpoint_auth_method: client.clientAuthentication,
        application_type: 'native' as const,
        grant_types: ['authorization_code', 'refresh_token'],
        redirect_uris: [client.redirectUri ?? ''],
        dpop_bound_access_tokens: true,
      })),
      features: {
        pushedAuthorizationRequests: { enabled: true, requirePushedAuthorizationRequests: true },
        dPoP: { enabled: true, nonceSecret: randomBytes(32), requireNonce: () => true },
        introspection: { enabled: true },
        revocation: { enabled: true },
      },
      pkce: { required: () => true },
      issueRefreshToken: () => true,
      rotateRefreshToken: true,
    });
    console.warn = warn;
    const handle = provider.callback();
    server.on('request', (request, response) => void handle(request, response));
  });
  after(() => close(server));

  const known = (): BenchServer => ({
    ...serverOf(issuer),
    metadata: {
      server: {
        issuer,
        authorization_endpoint: `${issuer}/auth`,
        token_endpoint: `${issuer}/token`,
        pushed_authorization_request_endpoint: `${issuer}/request`,
        require_pushed_authorization_requests: true,
      },
      issuerKnown: true,
      sources: {},
    },
  });

  const run = (client: DemoClient, other: DemoClient): Promise<ChecksReport> =>
    trial({ issuer, client, other, change: { dpop: true }, context: { server: known() } });

  for (const [client, other] of [
    [native, web],
    [web, native],
  ] as const)
    it(`find what is reviewed here, for the client "${client.name}"`, async () => {
      const { results } = await run(client, other);
      const found = results.flatMap(({ id, verdict, meaning }) => {
        if (process.env['SHOW'] !== undefined) console.log(verdict, id, meaning);
        // The adapter in memory does nothing in one step: which of two at the same time it serves is chance.
        if (verdict === 'pass' || verdict === 'not_applicable' || id.endsWith('.concurrent')) return [];
        return [[id, verdict] as const];
      });
      assert.deepEqual(Object.fromEntries(found), reviewed);
      // But by the check whose matter that is.
      const exchanges = results.flatMap(({ id, evidence }) => (id === 'dpop.bearer' ? [] : evidence));
      // A bound token is worth nothing without its key, and never goes out as one that needs none.
      const sent = exchanges.filter(({ purpose }) => purpose === 'userinfo');
      const bearer = sent.filter(({ request }) =>
        /^Bearer (?!a-token-that)/.test(header(request, 'authorization')),
      );
      assert.ok(sent.length > 3);
      assert.deepEqual(bearer, []);
    });

  it('send the flow’s own requests, pushed and proven', async () => {
    const made = new Map<string, string>();
    const keep = async (what: string, make: () => Promise<string>) => {
      const kept = made.get(what) ?? (await make());
      made.set(what, kept);
      return kept;
    };
    const profile = userProfile({
      issuer,
      clientId: 'native',
      scopes: ['openid', 'offline_access'],
      dpop: true,
    });
    const browser = new SignInBrowser();
    const report = await runFlow(
      'authorization_code',
      profile,
      flowDeps({ browser, made: (_, ...[what, make]) => keep(what, make) }),
    );
    assert.ok(report.outcome.kind === 'token', JSON.stringify(report.outcome));
    const pushed = last(report.exchanges, 'par');
    const own = new URLSearchParams(pushed.body);
    const set = { redirect_uri: own.get('redirect_uri') ?? '', nonce: own.get('nonce') ?? '' };
    const bench = new Bench(
      {
        ...{ profile, server: known(), fetch, clock: realClock, timeout: 5000, made: keep },
        signal: new AbortController().signal,
        decorators: await decoratorsOf(profile),
        secret: () => Promise.resolve(undefined),
      },
      new Map(),
      'A check',
    );
    const verifier = report.pkce?.code_verifier ?? '';
    const url = new URL(await bench.authorizationUrl({ set }, { state: own.get('state') ?? '', verifier }));
    const pushedAgain = last(bench.evidence, 'par');
    assert.deepEqual(withoutProof(pushedAgain), withoutProof(pushed));
    assert.deepEqual(proofOf(pushedAgain), proofOf(pushed));
    assert.deepEqual([...url.searchParams.keys()], ['client_id', 'request_uri']);
    const redeemed = last(report.exchanges, 'token');
    const form = new URLSearchParams(redeemed.body);
    const [code, redirectUri] = [form.get('code') ?? '', form.get('redirect_uri') ?? ''];
    await bench.redeem({ code, redirectUri, verifier, state: '', parameters: new URLSearchParams() });
    const again = last(bench.evidence, 'token');
    assert.equal(again.body, redeemed.body);
    assert.deepEqual(proofOf(again), proofOf(redeemed));
  });
});

function header({ headers }: Exchange['request'], name: string): string {
  return headers.find(([one]) => one.toLowerCase() === name)?.[1] ?? '';
}

function last(exchanges: readonly Exchange[], purpose: ExchangePurpose): Exchange['request'] {
  const found = exchanges.findLast((exchange) => exchange.purpose === purpose);
  assert.ok(found, `no exchange for ${purpose}`);
  return found.request;
}

/** The request without its proof, which is new for each. @see RFC 9449 section 4.2 */
function withoutProof(request: Exchange['request']): Exchange['request'] {
  return { ...request, headers: request.headers.filter(([name]) => name.toLowerCase() !== 'dpop') };
}

/** What is the same in two proofs of one key for the same request. */
function proofOf(request: Exchange['request']): unknown {
  const proof = header(request, 'dpop');
  const { htm, htu } = decodeJwt(proof);
  return { header: decodeProtectedHeader(proof), htm, htu };
}
