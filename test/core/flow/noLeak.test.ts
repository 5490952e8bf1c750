import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { flowSummary } from '../../../src/core/flow/flowSummary.ts';
import { redactExchanges } from '../../../src/core/http/redact.ts';
import type { FlowReport, TokenSet } from '../../../src/core/record/report.ts';
import { runFlow } from '../../../src/core/flow/runFlow.ts';
import { machineProfile, userProfile } from '../../support/profiles.ts';
import { SignInBrowser } from '../oauth/support/browser.ts';
import { flowDeps } from '../oauth/support/deps.ts';
import { fakeServer } from '../oauth/support/fakeServer.ts';
import { json, serveSeen, type SeenRequest } from '../oauth/support/serve.ts';

const clientSecret = 'RECOGNISABLE-client+secret/1';
const accessToken = 'RECOGNISABLE-access-token-0123456789';
const refreshToken = 'RECOGNISABLE-refresh-token-0123456789';
const code = 'RECOGNISABLE-code-0123456789';

/** Everything that may leave memory: what failed, the trace as it is shown and exported, and the line in the log. */
function shown(report: FlowReport): string {
  const outcome = report.outcome.kind === 'failure' ? report.outcome.failure : {};
  return JSON.stringify([outcome, redactExchanges(report.exchanges, [clientSecret]), flowSummary(report)]);
}

function assertNoSecret(text: string, report: FlowReport): void {
  const texts = [
    text,
    decodeURIComponent(text.replace(/%(?![0-9a-f]{2})/gi, '%25')),
    text.replaceAll('\\', ''),
  ];
  for (const found of text.matchAll(/[\w+/=-]{16,}/g)) texts.push(Buffer.from(found[0], 'base64').toString());
  const verifier = report.pkce?.code_verifier ?? 'RECOGNISABLE';
  for (const one of texts) {
    assert.doesNotMatch(one, /RECOGNISABLE/);
    assert.ok(!one.includes(verifier.slice(0, 30)));
  }
}

/** Repeats everything it is sent, the way a server in debug mode does. */
function echo(request: SeenRequest): string {
  const form = [...new URLSearchParams(request.body)].map(([name, value]) => `${name} was ${value}`);
  const basic = Buffer.from(request.headers.authorization?.slice(6) ?? '', 'base64').toString();
  return [request.body, ...form, request.headers.authorization, basic, decodeURIComponent(basic)].join(' | ');
}

const answers: readonly (readonly [string, (request: SeenRequest) => { status: number; body: unknown }])[] = [
  [
    'an error that repeats the request',
    (request) => ({ status: 400, body: { error: 'invalid_client', error_description: echo(request) } }),
  ],
  ['an error with the secret as its name', (request) => ({ status: 400, body: { error: echo(request) } })],
  [
    'an errors array that repeats it',
    (request) => ({ status: 400, body: { errors: [{ message: echo(request) }] } }),
  ],
  ['no JSON but the request', (request) => ({ status: 500, body: echo(request) })],
  [
    'members named like the secret',
    (request) => ({ status: 200, body: { [echo(request).slice(0, 60)]: 1 } }),
  ],
  [
    'a token',
    () => ({
      status: 200,
      body: { access_token: accessToken, token_type: 'Bearer', refresh_token: refreshToken },
    }),
  ],
  [
    'a token in another place',
    () => ({ status: 200, body: { data: { accessToken, refreshToken: [refreshToken] } } }),
  ],
];

const previous: TokenSet = {
  access_token: accessToken,
  token_type: 'Bearer',
  refresh_token: refreshToken,
  received_at: 0,
  requested_scopes: [],
  extra: {},
};

describe('no secret leaves a flow', () => {
  for (const [name, answer] of answers)
    for (const clientAuthentication of ['client_secret_basic', 'client_secret_post'] as const)
      for (const kind of ['client_credentials', 'refresh_token'] as const)
        it(`by ${kind} with ${clientAuthentication} when the server answers with ${name}`, async (context) => {
          const { origin } = await serveSeen(context, (request, response) => {
            const { status, body } = answer(request);
            json(response, body, status);
          });
          const profile = machineProfile({
            issuer: origin,
            tokenEndpoint: `${origin}/token`,
            clientAuthentication,
          });
          const deps = flowDeps({ secret: () => Promise.resolve(clientSecret), previous });
          const report = await runFlow(kind, profile, deps);
          assert.equal(report.exchanges.length, 1);
          assertNoSecret(shown(report), report);
        });

  for (const clientAuthentication of ['client_secret_basic', 'client_secret_post'] as const)
    for (const kind of ['client_credentials', 'refresh_token'] as const)
      it(`by ${kind} with ${clientAuthentication} when metadata is full of other secrets`, async (context) => {
        const many = Array.from({ length: 500 }, (_, at) => ({ token: `filler-${at}-0123456789` }));
        const { origin } = await serveSeen(context, (request, response) => {
          if (request.method === 'POST')
            json(response, { error: 'invalid_client', error_description: echo(request) }, 400);
          else json(response, { issuer: origin, token_endpoint: `${origin}/token`, many });
        });
        const profile = machineProfile({ issuer: origin, clientAuthentication });
        const deps = flowDeps({ secret: () => Promise.resolve(clientSecret), previous });
        const report = await runFlow(kind, profile, deps);
        assert.equal(report.exchanges.length, 2);
        assert.equal(report.outcome.kind, 'failure');
        assertNoSecret(JSON.stringify([report.outcome, redactExchanges(report.exchanges)]), report);
      });

  it('by a dialect that gives the secrets names nobody knows', async (context) => {
    const { origin } = await serveSeen(context, (request, response) =>
      json(response, { error: 'invalid_client', error_description: request.body }, 400),
    );
    const profile = machineProfile({
      issuer: origin,
      tokenEndpoint: `${origin}/token`,
      clientAuthentication: 'client_secret_post',
    });
    const names = { client_secret: 'k1', refresh_token: 'k2' };
    const deps = flowDeps({
      secret: () => Promise.resolve(clientSecret),
      dialect: () => ({ name: 'odd', request: { format: 'json', names } }),
      previous,
    });
    for (const kind of ['client_credentials', 'refresh_token'] as const) {
      const report = await runFlow(kind, profile, deps);
      assert.equal(report.outcome.kind, 'failure');
      assertNoSecret(JSON.stringify(report.outcome), report);
    }
  });

  const token = { access_token: accessToken, token_type: 'Bearer', refresh_token: refreshToken };
  const outcomes: readonly (readonly [
    string,
    (form: URLSearchParams) => { status?: number; body: unknown },
  ])[] = [
    ['succeeds', () => ({ body: token })],
    [
      'is refused with its own words',
      (form) => ({ status: 400, body: { error: 'invalid_grant', error_description: form.toString() } }),
    ],
    ['ends in something else', (form) => ({ body: [...form.values()] })],
  ];
  for (const [name, answer] of outcomes)
    it(`by authorization_code that ${name}, the page in the browser included`, async (context) => {
      const { report, page } = await signIn(context, answer);
      assertNoSecret(shown(report) + page, report);
      assert.ok(report.pkce);
      assert.ok(report.exchanges.some(({ leg }) => leg === 'loopback'));
    });
});

async function signIn(
  context: TestContext,
  token: (form: URLSearchParams) => { status?: number; body: unknown },
) {
  const redirect = (request: URLSearchParams) => ({ code, state: request.get('state') ?? '' });
  const server = await fakeServer(context, { redirect, token });
  const browser = new SignInBrowser();
  const profile = userProfile({
    issuer: server.issuer,
    scopes: [],
    clientAuthentication: 'client_secret_post',
  });
  const deps = flowDeps({ browser, secret: () => Promise.resolve(clientSecret) });
  const report = await runFlow('authorization_code', profile, deps);
  return { report, page: (await browser.page).body };
}
