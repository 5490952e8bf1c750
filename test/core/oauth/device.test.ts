import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { decodeJwt } from 'jose';
import type { Waiting } from '../../../src/core/record/waiting.ts';
import { runFlow, type FlowDeps } from '../../../src/core/flow/runFlow.ts';
import { parseProfile } from '../../../src/core/profile/parseProfile.ts';
import type { Profile } from '../../../src/core/profile/profile.ts';
import { JarBrowser } from '../../demo/jarBrowser.ts';
import { failureOf, flowDeps, tokensOf } from './support/deps.ts';
import { secret, startProvider } from './support/provider.ts';
import { json, serveSeen } from './support/serve.ts';

const grantType = 'urn:ietf:params:oauth:grant-type:device_code';
const common = { grant_types: [grantType, 'refresh_token'], redirect_uris: [], response_types: [] };

function profileAt(issuer: string, over: Record<string, unknown> = {}): Profile {
  const entry = { id: 'device', grant: 'device_code', clientId: 'tv', scopes: ['openid'], issuer, ...over };
  const parsed = parseProfile(entry);
  if ('profile' in parsed) return parsed.profile;
  throw new Error(JSON.stringify(parsed.problems));
}

/** The moment at which somebody must act. */
function whenWaiting(over: Partial<FlowDeps> = {}) {
  let told: (waiting: Extract<Waiting, { kind: 'user_code' }>) => void = () => undefined;
  const waiting = new Promise<Extract<Waiting, { kind: 'user_code' }>>((resolve) => (told = resolve));
  const deps = flowDeps({
    // The server's interval is 5 s, which nobody here needs to wait for.
    clock: { ...flowDeps().clock, sleep: (_pause, signal) => flowDeps().clock.sleep(20, signal) },
    onProgress: (flow) => {
      if (flow.waiting?.kind === 'user_code') told(flow.waiting);
    },
    ...over,
  });
  return { waiting, deps };
}

describe('device authorization at oidc-provider', () => {
  let issuer = '';
  let stop: () => Promise<void> = () => Promise.resolve();
  before(async () => {
    issuer = await startProvider(
      { after: (close) => (stop = close) },
      {
        clients: [
          { ...common, client_id: 'tv', token_endpoint_auth_method: 'none', application_type: 'native' },
          {
            ...common,
            client_id: 'box',
            client_secret: secret,
            token_endpoint_auth_method: 'client_secret_basic',
          },
        ],
        features: { deviceFlow: { enabled: true }, devInteractions: { enabled: true } },
        issueRefreshToken: () => true,
      },
    );
  });
  after(() => stop());

  for (const [clientId, clientAuthentication] of [
    ['tv', 'none'],
    ['box', 'client_secret_basic'],
  ] as const)
    it(`waits until the code is typed, then has the token of the user (${clientAuthentication})`, async () => {
      const { waiting, deps } = whenWaiting({ secret: () => Promise.resolve(secret) });
      const running = runFlow('device_code', profileAt(issuer, { clientId, clientAuthentication }), deps);
      const shown = await waiting;
      assert.match(shown.userCode, /^\w{4}-\w{4}$/);
      assert.equal(shown.verificationUri, `${issuer}/device`);
      const page = await new JarBrowser().visit(shown.verificationUriComplete ?? '');
      assert.equal(page.status, 200, page.body);
      const report = await running;
      const tokens = tokensOf(report);
      assert.equal(decodeJwt(tokens.id_token ?? '').sub, 'Ada');
      assert.ok(tokens.refresh_token);
      const purposes = new Set(report.exchanges.map(({ purpose }) => purpose));
      assert.deepEqual([...purposes], ['discovery', 'device', 'token', 'jwks']);
      assert.deepEqual(
        report.exchanges.flatMap(({ deviations }) => deviations),
        [],
      );
    });

  it('says that the user refused', async () => {
    const { waiting, deps } = whenWaiting();
    const running = runFlow('device_code', profileAt(issuer), deps);
    const { verificationUri, userCode } = await waiting;
    await refuse(verificationUri, userCode);
    assert.equal(failureOf(await running, 'oauth_error').body.error, 'access_denied');
  });

  it('ends at once when it is cancelled while it waits', async () => {
    const controller = new AbortController();
    const { waiting, deps } = whenWaiting({ signal: controller.signal });
    const clock = flowDeps().clock;
    const running = runFlow('device_code', profileAt(issuer), { ...deps, clock });
    await waiting;
    controller.abort();
    failureOf(await running, 'cancelled');
  });
});

/** Types the code at oidc-provider's page and presses "Abort". */
async function refuse(page: string, userCode: string): Promise<void> {
  const cookies: string[] = [];
  const send = async (form?: URLSearchParams) => {
    const response = await fetch(page, {
      headers: { cookie: cookies.join('; ') },
      ...(form === undefined ? {} : { method: 'POST', body: form }),
    });
    cookies.push(...response.headers.getSetCookie().map((line) => line.split(';')[0] ?? ''));
    const body = await response.text();
    return /name="xsrf" value="([^"]+)"/.exec(body)?.[1] ?? '';
  };
  const xsrf = await send();
  await send(new URLSearchParams({ xsrf, user_code: userCode, abort: 'yes' }));
}

describe('the endpoint where device codes come from', () => {
  for (const [name, clientAuthentication] of [
    ['a client secret', 'client_secret_basic'],
    ['a device code', 'none'],
  ] as const)
    it(`is sent nothing when the profile puts it on another server: ${name}`, async (context) => {
      const elsewhere = await serveSeen(context, (_request, response) => json(response, {}, 400));
      const own = await serveSeen(context, (_request, response) => json(response, {}, 404));
      const profile = profileAt('', {
        issuer: undefined,
        clientAuthentication,
        tokenEndpoint: `${own.origin}/token`,
        deviceAuthorizationEndpoint: `${elsewhere.origin}/device`,
      });
      const { message } = failureOf(await runFlow('device_code', profile, flowDeps()), 'invalid_profile');
      assert.match(message, /device authorization endpoint is at/);
      assert.deepEqual([elsewhere.seen.length, own.seen.length], [0, 0]);
    });

  it('may be at another host that the server’s own metadata names, once somebody says that both are one service’s', async (context) => {
    const elsewhere = await serveSeen(context, (_request, response) =>
      json(response, { error: 'unauthorized_client' }, 400),
    );
    const own = await serveSeen(context, (_request, response) =>
      json(response, {
        issuer: own.origin,
        token_endpoint: `${own.origin}/token`,
        device_authorization_endpoint: `${elsewhere.origin}/device`,
      }),
    );
    const profile = profileAt(own.origin);
    const run = (isOne: boolean) =>
      runFlow('device_code', profile, flowDeps({ isOneService: () => Promise.resolve(isOne) }));
    failureOf(await run(false), 'invalid_profile');
    assert.equal(elsewhere.seen.length, 0);
    assert.equal(failureOf(await run(true), 'oauth_error').body.error, 'unauthorized_client');
    assert.equal(elsewhere.seen.length, 1);
  });
});
