import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { runFlow } from '../../../src/core/flow/runFlow.ts';
import { readTokens } from '../../../src/core/token/reading.ts';
import { responseFindings } from '../../../src/core/token/responseFindings.ts';
import { runRegistration } from '../../../src/core/operations/registration.ts';
import { parseProfile } from '../../../src/core/profile/parseProfile.ts';
import type { FlowReport } from '../../../src/core/record/report.ts';
import { userProfile } from '../../support/profiles.ts';
import { flowDeps } from './support/deps.ts';
import { json, serveSeen } from './support/serve.ts';

interface Said {
  readonly status?: number;
  readonly body: object | string;
  readonly nonce?: true;
}

/** A server that gives the same answer to every request at a path; it has no metadata but its endpoints. */
async function serverWith(context: TestContext, answers: Readonly<Record<string, Said>>) {
  let number = 0;
  return serveSeen(context, (request, response) => {
    const { origin } = new URL(`http://${request.headers.host ?? ''}`);
    const said = answers[request.url];
    if (request.url === '/.well-known/oauth-authorization-server') {
      json(response, {
        issuer: origin,
        authorization_endpoint: `${origin}/authorize`,
        token_endpoint: `${origin}/token`,
        backchannel_authentication_endpoint: `${origin}/bc`,
        pushed_authorization_request_endpoint: `${origin}/par`,
        registration_endpoint: `${origin}/register`,
      });
    } else if (said === undefined) json(response, {}, 404);
    else {
      if (said.nonce) response.setHeader('dpop-nonce', `nonce-${(number += 1)}`);
      if (typeof said.body === 'string')
        response.writeHead(said.status ?? 200, { 'content-type': 'text/html' }).end(said.body);
      else json(response, said.body, said.status ?? 200);
    }
  });
}

const deps = () => {
  const base = flowDeps();
  let now = base.clock.now();
  return flowDeps({
    input: () => Promise.resolve('the-subject-token'),
    browser: { open: () => Promise.resolve(false) },
    signInTimeout: 300,
    clock: {
      ...base.clock,
      now: () => now,
      sleep: (pause, signal) => {
        now += pause;
        signal?.throwIfAborted();
        return Promise.resolve();
      },
    },
  });
};

/** Runs a grant at a server with these answers. */
async function run(
  context: TestContext,
  grant: string,
  answers: Readonly<Record<string, Said>>,
  over: object = {},
) {
  const { origin, seen } = await serverWith(context, answers);
  const parsed = parseProfile({
    ...{ id: 'p', grant, issuer: origin, clientId: 'c', clientAuthentication: 'client_secret_basic' },
    ...over,
  });
  assert.ok('profile' in parsed, JSON.stringify(parsed));
  return { report: await runFlow(grant, parsed.profile, deps()), seen };
}

/** The words of a failure, which must be whole sentences. */
function wordsOf({ outcome }: FlowReport): string {
  assert.equal(outcome.kind, 'failure', JSON.stringify(outcome));
  const { message, advice } = outcome.failure;
  for (const text of [message, advice]) assert.match(text, /^[\p{Lu}“"a-z0-9].*[.]$/su);
  assert.doesNotMatch(message, /undefined|\[object|TypeError/);
  return `${message} ${advice}`;
}

const token = { body: { access_token: 'the-token-of-the-test', token_type: 'Bearer', expires_in: 60 } };
const asked = { auth_req_id: 'r1', expires_in: 120 };

describe('odd answers', () => {
  for (const [name, answer, said] of [
    ['without auth_req_id', { body: { expires_in: 120 } }, /without “auth_req_id”\./],
    [
      'with an auth_req_id that is a number',
      { body: { auth_req_id: 5 } },
      /with “auth_req_id” that is a number\./,
    ],
    ['with a page', { body: '<html>' }, /HTML|page/i],
    ['with nothing', { body: '' }, /empty|no /i],
    ['with a list', { body: [] }, /./],
    ['with 500', { status: 500, body: {} }, /500/],
  ] as const)
    it(`to a CIBA request ${name} are said`, async (context) => {
      const { report } = await run(context, 'ciba', { '/bc': answer, '/token': token }, { loginHint: 'a' });
      assert.match(wordsOf(report), said);
    });

  for (const interval of [0, -1, '2', 'x', null, 0.001])
    it(`to a CIBA request with an interval of ${JSON.stringify(interval)} end with the token`, async (context) => {
      const answers = { '/bc': { body: { ...asked, interval } }, '/token': token };
      const { report } = await run(context, 'ciba', answers, { loginHint: 'a' });
      assert.equal(report.outcome.kind, 'token');
    });

  for (const [name, body, said] of [
    ['slow_down for ever', { error: 'slow_down' }, /between two questions|before the request expired/],
    ['authorization_pending for ever', { error: 'authorization_pending' }, /before the request expired/],
    ['an unknown error', { error: 'teapot' }, /teapot/],
  ] as const)
    it(`to CIBA questions, ${name}, end`, async (context) => {
      const answers = { '/bc': { body: asked }, '/token': { status: 400, body } };
      const { report, seen } = await run(context, 'ciba', answers, { loginHint: 'a' });
      assert.match(wordsOf(report), said);
      assert.ok(seen.length < 50);
    });

  const pushing = { redirectUri: 'http://127.0.0.1/callback', pushAuthorizationRequest: true, scopes: ['a'] };
  for (const [name, answer, said] of [
    ['without request_uri', { status: 201, body: { expires_in: 60 } }, /without “request_uri”\./],
    [
      'with a request_uri that is a list',
      { status: 201, body: { request_uri: ['x'] } },
      /with “request_uri” that is an array\./,
    ],
    ['with a page', { status: 201, body: '<html>' }, /HTML|page/i],
    ['with an error and 200', { body: { error: 'invalid_request' } }, /invalid_request/],
    [
      'with a nonce that changes for ever',
      { status: 400, body: { error: 'use_dpop_nonce' }, nonce: true },
      /use_dpop_nonce|nonce/,
    ],
  ] as const)
    it(`to a pushed request ${name} are said, and the browser is not opened`, async (context) => {
      const { report, seen } = await run(
        context,
        'authorization_code',
        { '/par': answer },
        { ...pushing, dpop: true },
      );
      assert.match(wordsOf(report), said);
      assert.ok(!report.exchanges.some(({ leg }) => leg === 'browser'));
      assert.ok(seen.filter(({ url }) => url === '/par').length <= 3);
    });

  for (const body of [
    { request_uri: 'urn:x', expires_in: 0 },
    { request_uri: 'urn:x' },
    { request_uri: 'urn:x', expires_in: 'soon' },
  ])
    it(`to a pushed request with 200 and ${JSON.stringify(body)} are gone on with`, async (context) => {
      const { report } = await run(context, 'authorization_code', { '/par': { body } }, pushing);
      const leg = report.exchanges.find(({ leg: one }) => one === 'browser');
      assert.equal(new URL(leg?.request.url ?? '').searchParams.get('request_uri'), 'urn:x');
    });

  for (const [name, body] of [
    ['without issued_token_type', {}],
    ['with N_A', { token_type: 'N_A', issued_token_type: 'urn:ietf:params:oauth:token-type:id_token' }],
    ['with an issued_token_type that is a number', { issued_token_type: 5 }],
    ['with one of this server alone', { issued_token_type: 'x:y' }],
    ['without token_type', { token_type: undefined }],
  ] as const)
    it(`to an exchange ${name} are a token`, async (context) => {
      const answers = { '/token': { body: { ...token.body, ...body } } };
      const { report } = await run(context, 'token_exchange', answers);
      assert.equal(report.outcome.kind, 'token', JSON.stringify(report.outcome));
    });

  for (const [issued, said] of [
    [{ issued_token_type: 'urn:ietf:params:oauth:token-type:jwt' }, []],
    [{ issued_token_type: 'urn:ietf:params:oauth:token-type:access_token' }, ['issued_other']],
    [{}, ['issued_unknown']],
    [{ issued_token_type: 5 }, ['issued_unknown']],
  ] as const)
    it(`to an exchange for a JWT with ${JSON.stringify(issued)} are compared with it`, async (context) => {
      const requestedTokenType = 'urn:ietf:params:oauth:token-type:jwt';
      const answers = { '/token': { body: { ...token.body, ...issued } } };
      const { report } = await run(context, 'token_exchange', answers, { requestedTokenType });
      assert.equal(report.outcome.kind, 'token', JSON.stringify(report.outcome));
      const { tokens } = report.outcome;
      const reading = readTokens({ kind: 'profile', profile: report.profile, tokens });
      const codes = responseFindings(reading).map(({ code }) => code);
      assert.deepEqual(
        codes.filter((code) => code.startsWith('issued_')),
        said,
      );
      const bare = readTokens({
        kind: 'profile',
        profile: { ...report.profile, requestedTokenType: undefined },
        tokens,
      } as never);
      assert.ok(!responseFindings(bare).some(({ code }) => code.startsWith('issued_')));
    });

  it('of a nonce that changes for ever end', async (context) => {
    const answers = { '/token': { status: 400, body: { error: 'use_dpop_nonce' }, nonce: true as const } };
    const { report, seen } = await run(context, 'token_exchange', answers, { dpop: true });
    assert.match(wordsOf(report), /nonce/);
    assert.equal(seen.filter(({ url }) => url === '/token').length, 3);
  });

  for (const [listed, asked] of [
    ['client_secret_post', 'client_secret_post'],
    [['client_secret_basic', 7], 'client_secret_basic'],
    [null, 'none'],
    [7, 'none'],
    [{ none: true }, 'none'],
    [[], 'none'],
  ] as const)
    it(`that a server lists its methods as ${JSON.stringify(listed)} is no trouble at a registration`, async () => {
      const issuer = 'https://as.example.com';
      const sent: string[] = [];
      const fetch = (url: string, init?: { readonly body?: unknown }) => {
        const members = { issuer, token_endpoint: `${issuer}/t`, registration_endpoint: `${issuer}/r` };
        if (url.includes('well-known'))
          return Promise.resolve(
            Response.json({ ...members, token_endpoint_auth_methods_supported: listed }),
          );
        sent.push(String(init?.body));
        return Promise.resolve(Response.json({ client_id: 'x' }, { status: 201 }));
      };
      const profile = userProfile({ issuer, tokenEndpoint: `${issuer}/t`, clientId: '-' });
      await runRegistration({ profile }, flowDeps({ fetch }));
      assert.match(sent.join(), new RegExp(`"token_endpoint_auth_method":"${asked}"`));
    });

  for (const [name, answer] of [
    ['a client id that is a number', { status: 201, body: { client_id: 5 } }],
    ['an empty client id', { status: 201, body: { client_id: '' } }],
    ['a list', { status: 201, body: [] }],
    ['a page', { status: 201, body: '<html>' }],
    ['nothing', { status: 204, body: '' }],
    ['a redirect', { status: 302, body: {} }],
    ['an error that is a list', { status: 400, body: { error: ['x'] } }],
    [
      'a secret that is a number',
      {
        status: 201,
        body: { client_id: 'x', client_secret: 5, token_endpoint_auth_method: 'client_secret_basic' },
      },
    ],
    [
      'a method that nobody knows',
      { status: 201, body: { client_id: 'x', token_endpoint_auth_method: '\u202Eevil' } },
    ],
  ] as const)
    it(`to a registration with ${name} are said`, async (context) => {
      const { origin } = await serverWith(context, { '/register': answer });
      const profile = userProfile({ issuer: origin, clientId: '-' });
      assert.doesNotMatch(wordsOf((await runRegistration({ profile }, flowDeps())).report), /\u202E/);
    });
});
