// A sign-in whose request is signed, pushed and bound to a key (JAR, PAR, DPoP with nonces) at a real oidc-provider, with somebody on the
// way who answers, waits and redirects as no server should. What he answers is made up.
import assert from 'node:assert/strict';
import { generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { decodeJwt } from 'jose';
import { runFlow, type FlowDeps } from '../../../src/core/flow/runFlow.ts';
import { flowView } from '../../../src/core/flowView/flowView.ts';
import type { FlowReport } from '../../../src/core/record/report.ts';
import type { Failure } from '../../../src/core/record/failure.ts';
import { userProfile } from '../../support/profiles.ts';
import { SignInBrowser } from './support/browser.ts';
import { flowDeps, tokensOf } from './support/deps.ts';
import { startProvider } from './support/provider.ts';

const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const key = JSON.stringify({ ...privateKey.export({ format: 'jwk' }), kid: 'one', alg: 'ES256' });
const shown = { ...publicKey.export({ format: 'jwk' }), kid: 'one', alg: 'ES256', use: 'sig' };

/** What somebody on the way does to one request, by its number and path. */
type OnTheWay = (request: Request, send: () => Promise<Response>, number: number) => Promise<Response>;

/** As a real request and its answer end. */
function whenAborted(signal: AbortSignal, end: (reason: unknown) => void): void {
  signal.addEventListener('abort', () => end(signal.reason));
}

describe('a signed, pushed and bound sign-in', () => {
  let issuer = '';
  let stop: () => Promise<void> = () => Promise.resolve();
  before(async () => {
    issuer = await startProvider(
      { after: (close) => (stop = close) },
      {
        clients: [
          {
            ...{
              client_id: 'bound',
              application_type: 'native',
              redirect_uris: ['http://127.0.0.1/callback'],
            },
            ...{ grant_types: ['authorization_code', 'refresh_token'], response_types: ['code'] },
            ...{ token_endpoint_auth_method: 'private_key_jwt', token_endpoint_auth_signing_alg: 'ES256' },
            ...{ jwks: { keys: [shown] }, request_object_signing_alg: 'ES256' },
          },
        ],
        features: {
          devInteractions: { enabled: true },
          dPoP: { enabled: true, nonceSecret: randomBytes(32), requireNonce: () => true },
          pushedAuthorizationRequests: { enabled: true, requirePushedAuthorizationRequests: true },
          requestObjects: { enabled: true, requireSignedRequestObject: true },
        },
      },
    );
  });
  after(() => stop());

  const profile = () =>
    userProfile({
      ...{ issuer, clientId: 'bound', scopes: ['openid'], dpop: true },
      ...{ clientAuthentication: 'private_key_jwt', pushAuthorizationRequest: true },
      ...{ signAuthorizationRequest: true, signingAlgorithm: 'ES256' },
    });

  async function run(
    onTheWay: OnTheWay,
    over: (pushed: Readonly<Record<string, unknown>>) => Partial<FlowDeps> = () => ({}),
  ) {
    const asked: string[] = [];
    const pushed: Record<string, unknown> = {};
    const fetching: FlowDeps['fetch'] = async (url, init) => {
      const request = new Request(url, init);
      const number = asked.push(new URL(url).pathname);
      const body = new URLSearchParams(await request.clone().text());
      Object.assign(pushed, body.has('request') && decodeJwt(body.get('request') ?? ''));
      return onTheWay(request, () => fetch(request), number);
    };
    const kept = new Map<string, string>();
    const deps = flowDeps({
      made: async (_profile, what, make) => {
        const made = kept.get(what) ?? (await make());
        kept.set(what, made);
        return made;
      },
      ...{ fetch: fetching, browser: new SignInBrowser(), secret: () => Promise.resolve(key) },
      ...over(pushed),
    });
    return { report: await runFlow('authorization_code', profile(), deps), asked, pushed };
  }

  const straight: OnTheWay = (_, send) => send();

  const requests = ['/.well-known/openid-configuration', '/request', '/request', '/token', '/token', '/jwks'];
  /** Nobody answers any more where the browser would have been sent back to. */
  async function listensNoLonger(redirectUri: unknown): Promise<void> {
    if (typeof redirectUri === 'string') await assert.rejects(fetch(redirectUri), /fetch failed/);
  }

  /** What a report says to anybody, which holds none of these. */
  function saysNothingOf(report: FlowReport, ...secrets: readonly string[]): string {
    const said = JSON.stringify([report.outcome, flowView({ state: 'ended', flow: report }, {})]);
    const { d } = JSON.parse(key) as { readonly d: string };
    for (const secret of [d, ...secrets]) assert.ok(!said.includes(secret), `${secret} is shown`);
    return said;
  }

  const failed = ({ outcome }: FlowReport): Failure =>
    outcome.kind === 'failure' ? outcome.failure : assert.fail(JSON.stringify(outcome));

  it('gets its token where nobody is on the way', async () => {
    const { report, asked } = await run(straight);
    assert.equal(tokensOf(report).token_type, 'DPoP');
    assert.deepEqual(asked, requests);
  });

  for (const [number, path] of requests.entries())
    for (const [what, waits] of [
      [
        'that never answers',
        ({ signal }: Request) => new Promise<Response>((_, reject) => whenAborted(signal, reject)),
      ],
      [
        'whose answer never ends',
        async ({ signal }: Request, send: () => Promise<Response>) => {
          const { status } = await send();
          const start = (stream: ReadableStreamDefaultController) => {
            stream.enqueue(new TextEncoder().encode('{'));
            whenAborted(signal, (reason) => stream.error(reason));
          };
          const headers = { 'content-type': 'application/json' };
          return new Response(new ReadableStream({ start }), { status, headers });
        },
      ],
    ] as const)
      it(`ends when it is cancelled at ${path} (${number + 1}) ${what}, and listens no longer`, async () => {
        const controller = new AbortController();
        const onTheWay: OnTheWay = (request, send, at) => {
          if (at !== number + 1) return send();
          setImmediate(() => controller.abort());
          return waits(request, send);
        };
        const { report, asked, pushed } = await run(onTheWay, () => ({ signal: controller.signal }));
        assert.equal(failed(report).kind, 'cancelled');
        assert.equal(asked.length, number + 1, 'nothing is asked any more');
        await listensNoLonger(pushed['redirect_uri']);
      });

  for (const [what, over] of [
    ['the key', (stop: () => void) => ({ secret: () => (stop(), new Promise<string>(() => undefined)) })],
    [
      'the key of the proofs',
      (stop: () => void) => ({ made: () => (stop(), new Promise<string>(() => undefined)) }),
    ],
    [
      'the browser',
      (stop: () => void) => ({ browser: { open: () => (stop(), new Promise<boolean>(() => undefined)) } }),
    ],
    [
      'the user',
      (stop: () => void) => ({ browser: { open: () => (setImmediate(stop), Promise.resolve(true)) } }),
    ],
  ] as const)
    it(`ends when it is cancelled while it waits for ${what}`, async () => {
      const controller = new AbortController();
      const stopIt = () => controller.abort();
      const { report, pushed } = await run(straight, () => ({ ...over(stopIt), signal: controller.signal }));
      assert.equal(failed(report).kind, 'cancelled');
      await listensNoLonger(pushed['redirect_uri']);
    });

  it('asks with a nonce once more, and no server has it go round for ever', async () => {
    for (const path of ['/request', '/token']) {
      const { report, asked } = await run((request, send) => {
        if (new URL(request.url).pathname !== path) return send();
        const headers = { 'dpop-nonce': randomUUID(), 'content-type': 'application/json' };
        return Promise.resolve(new Response('{"error":"use_dpop_nonce"}', { status: 400, headers }));
      });
      assert.match(failed(report).message, /use_dpop_nonce|nonce/);
      assert.ok(asked.filter((one) => one === path).length <= 3, asked.join());
    }
  });

  it('proves nothing with what another server calls a nonce', async () => {
    const proofs: unknown[] = [];
    const { report } = await run(async (request, send) => {
      const { pathname } = new URL(request.url);
      const proof = request.headers.get('dpop');
      if (proof !== null) proofs.push(decodeJwt(proof)['nonce']);
      const answer = await send();
      if (pathname !== '/.well-known/openid-configuration') return answer;
      const headers = new Headers(answer.headers);
      headers.set('dpop-nonce', 'of-no-proof');
      return new Response(await answer.text(), { status: answer.status, headers });
    });
    tokensOf(report);
    assert.ok(proofs.length > 2 && !proofs.includes('of-no-proof'), proofs.join());
  });

  const signInAs = (redirected: (state: string) => string) =>
    run(straight, (pushed) => ({
      browser: {
        open: async () => {
          await fetch(`${String(pushed['redirect_uri'])}?${redirected(String(pushed['state']))}`);
          return true;
        },
      },
      signInTimeout: 500,
    }));

  for (const [what, redirected] of [
    ['of another issuer', (state: string) => `code=cOdE-1&state=${state}&iss=https%3A%2F%2Fevil.example`],
    [
      'of one that begins as this',
      (state: string) => `code=cOdE-1&state=${state}&iss=${issuer}.evil.example`,
    ],
    ['of this with a slash', (state: string) => `code=cOdE-1&state=${state}&iss=${issuer}/`],
    ['of two issuers', (state: string) => `code=cOdE-1&state=${state}&iss=${issuer}&iss=${issuer}`],
    ['of no issuer, though the server names itself', (state: string) => `code=cOdE-1&state=${state}`],
    ['with two codes', (state: string) => `code=cOdE-1&code=cOdE-2&state=${state}&iss=${issuer}`],
    ['with another state', (state: string) => `code=cOdE-1&state=x${state}&iss=${issuer}`],
    ['with no state', () => `code=cOdE-1&iss=${issuer}`],
  ] as const)
    it(`redeems no code ${what}`, async () => {
      const { report, asked } = await signInAs(redirected);
      saysNothingOf(report, 'cOdE-1', 'cOdE-2');
      failed(report);
      assert.ok(!asked.includes('/token'), asked.join());
    });

  const mega = 1 << 20;
  const bodies: Readonly<Record<string, (members: object) => string>> = {
    'an error in many words': () =>
      JSON.stringify({ error: 'invalid_request', error_description: 'a/'.repeat(mega / 2) }),
    'an error that is long': () => JSON.stringify({ error: 'e'.repeat(mega) }),
    'no end of brackets': () => '['.repeat(mega),
    'a text that does not end': () => `{"request_uri":"${'\\'.repeat(mega)}`,
    markup: () => '<a '.repeat(mega / 3),
    blanks: () => ' '.repeat(mega),
    'what was wanted, all of it too long': (members) =>
      JSON.stringify(
        Object.fromEntries(
          Object.entries(members).map(([name, value]) => [
            name,
            typeof value === 'string' ? `${value}${'x'.repeat(mega)}` : value,
          ]),
        ),
      ),
  };
  for (const [number, path] of [...new Set(requests)].entries())
    for (const [at, [what, body]] of Object.entries(bodies).entries()) {
      const status = (number + at) % 2 === 0 ? 200 : 400;
      it(`ends with a sentence where ${path} answers ${status} with ${what}`, async () => {
        const { report } = await run(
          async (request, send) => {
            const { pathname } = new URL(request.url);
            if (path.split('/')[1] !== pathname.split('/')[1]) return send();
            const answer = await send();
            const members: unknown = await answer.json().catch(() => ({}));
            const headers = { 'content-type': 'application/json' };
            return new Response(body(Object(members) as object), { status, headers });
          },
          () => ({ signInTimeout: 2000 }),
        );
        // What came from the token endpoint itself needs no signature. @see OpenID Connect Core 1.0 section 3.1.3.7
        if (path === '/jwks') tokensOf(report);
        else {
          const { message, advice } = failed(report);
          assert.ok(message.length + advice.length < 2000, `${message.length}: ${message.slice(0, 300)}`);
        }
      });
    }
});
