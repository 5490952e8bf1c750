import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { checks } from '../../../src/core/checks/all.ts';
import { planChecks, planCost } from '../../../src/core/checks/plan.ts';
import { planView } from '../../../src/core/checks/planView.ts';
import type { ChecksContext, ChecksProgress } from '../../../src/core/checks/runChecks.ts';
import type { DemoClient } from '../../../src/demo/clients.ts';
import { startProvider } from '../oauth/support/provider.ts';
import { json, serveSeen } from '../oauth/support/serve.ts';
import { profileOf, realClock, serverOf, trial } from './support.ts';

const grantType = 'urn:ietf:params:oauth:grant-type:device_code';
const tv: DemoClient = {
  ...{ name: 'TV', grant: 'device_code', clientId: 'tv', clientAuthentication: 'none', scopes: ['openid'] },
};
const ofDevices = checks.filter(({ area }) => area === 'device');
/** Nobody here needs to wait. */
const clock = { ...realClock, sleep: (_pause: number, signal?: AbortSignal) => realClock.sleep(20, signal) };

async function verdicts(issuer: string, context: Partial<ChecksContext> = {}, signIn = true) {
  const events: ChecksProgress[] = [];
  const { results } = await trial({
    ...{ issuer, client: tv, signIn, checks: ofDevices },
    context: { clock, progress: (event) => events.push(event), ...context },
  });
  return { found: Object.fromEntries(results.map((one) => [one.id, one.verdict])), results, events };
}

describe('the checks of device codes', () => {
  it('find at oidc-provider what is reviewed here, one by one', async (context) => {
    const issuer = await startProvider(context, {
      clients: [
        {
          ...{ client_id: 'tv', token_endpoint_auth_method: 'none', application_type: 'native' },
          ...{ grant_types: [grantType], redirect_uris: [], response_types: [] },
        },
      ],
      features: { deviceFlow: { enabled: true }, devInteractions: { enabled: true } },
    });
    const { found, events } = await verdicts(issuer);
    assert.deepEqual(found, {
      'device.user-code': 'pass',
      // Right: it counts no questions and never answers slow_down, which the RFC leaves to the server.
      'device.polling': 'weakness',
      'device.code-twice': 'pass',
    });
    const texts = events.flatMap((event) => (event.kind === 'code' ? [event.text] : []));
    assert.equal(texts.length, 1);
    assert.match(texts[0] ?? '', /^Type [A-Z]{4}-[A-Z]{4} at http:\/\/127\.0\.0\.1:\d+\/device$/);
    const { found: left } = await verdicts(issuer, {}, false);
    assert.equal(left['device.code-twice'], 'not_determined');
  });

  const bad: Record<string, [codes: Partial<Record<string, unknown>>, token: object, expected: object]> = {
    'codes of four digits': [
      { user_code: undefined },
      { error: 'authorization_pending' },
      { 'device.user-code': 'weakness', 'device.code-twice': 'not_determined' },
    ],
    'the same code for everybody': [
      { user_code: 'WDJB-MJHT' },
      { error: 'access_denied' },
      {
        ...{ 'device.user-code': 'fail', 'device.polling': 'not_determined' },
        'device.code-twice': 'not_determined',
      },
    ],
    'a token for whoever asks': [
      { user_code: 'WDJB-MJHT' },
      { access_token: 'a-token-for-anybody', token_type: 'Bearer' },
      { 'device.polling': 'fail', 'device.code-twice': 'weakness' },
    ],
    'a code with markup': [
      { user_code: `<img src=x onerror=alert(1)>\u202E\u0007\n${'x'.repeat(5000)}` },
      { error: 'slow_down' },
      { 'device.user-code': 'fail', 'device.code-twice': 'not_determined' },
    ],
    'a page that is none': [
      { user_code: 'WDJB-MJHT', verification_uri: 'file:///etc/passwd' },
      { error: 'slow_down' },
      { 'device.polling': 'pass', 'device.code-twice': 'not_determined' },
    ],
    'an answer without codes': [
      { device_code: null },
      {},
      { 'device.user-code': 'not_determined', 'device.polling': 'not_determined' },
    ],
  };
  for (const [what, [codes, token, expected]] of Object.entries(bad))
    it(`judge a server with ${what}`, async (context) => {
      const { issuer, opened } = await serve(context, codes, token);
      const { found, events } = await verdicts(issuer, {
        clock: fastClock(),
        browser: { open: (url) => Promise.resolve(opened.push(url) > 0) },
      });
      assert.deepEqual({ ...found, ...expected }, found);
      assert.deepEqual(
        opened.filter((url) => !url.startsWith('https://as.example.com/')),
        [],
      );
      const said = events.flatMap((event) => (event.kind === 'code' ? [event.text] : []));
      assert.ok(said.every((text) => text.length <= 310 && !/[\p{Cc}\u202A-\u202E]/u.test(text)));
    });

  it('ask for codes as flows do, with all that the profile wants', async (context) => {
    const { issuer, seen } = await serve(context, {}, { error: 'authorization_pending' });
    const authorizationDetails = [{ type: 'orders' }];
    const resource = ['https://api.example.com'];
    const change = { authorizationDetails, resource, audience: 'orders', tokenParameters: { tenant: 'one' } };
    await trial({ issuer, client: tv, signIn: false, change, checks: ofDevices, context: { clock } });
    const [first] = seen;
    assert.deepEqual(Object.fromEntries(new URLSearchParams(first?.body)), {
      ...{ client_id: 'tv', scope: 'openid', audience: 'orders', resource: 'https://api.example.com' },
      ...{ authorization_details: JSON.stringify(authorizationDetails), tenant: 'one' },
    });
  });

  it('ask nobody to sign in who has no code to type, and count what a run costs', () => {
    const subject = { profile: profileOf('https://as.example.com', tv), hasOtherClient: false };
    const items = planChecks(subject, ofDevices);
    assert.ok(items.every(({ notApplicable }) => notApplicable === undefined));
    assert.equal(planCost(ofDevices, subject, true).browserOpenings, 1);
    assert.equal(planView(items, subject, true).signIn, true);
    const machine = { ...tv, grant: 'client_credentials' as const };
    const other = planChecks(
      { ...subject, profile: profileOf('https://as.example.com', machine) },
      ofDevices,
    );
    assert.ok(other.every(({ notApplicable }) => notApplicable === 'This grant has no user code.'));
    assert.ok(serverOf('https://as.example.com').deviceAuthorizationEndpoint);
  });
});

/** Time that passes with each pause. */
function fastClock() {
  let now = 1_700_000_000_000;
  return {
    ...realClock,
    now: () => now,
    sleep: (milliseconds: number) => {
      now += milliseconds;
      return Promise.resolve();
    },
  };
}

async function serve(context: TestContext, codes: Partial<Record<string, unknown>>, token: object) {
  let number = 0;
  const numbers = ['4711', '9034', '0256'];
  const { origin, seen } = await serveSeen(context, ({ url }, response) => {
    const own = { user_code: numbers[number++ % 3], verification_uri: 'https://as.example.com/device' };
    const kept = Object.fromEntries(Object.entries(codes).filter(([, value]) => value !== undefined));
    if (url === '/device/auth') json(response, { device_code: `device-code-${number}`, ...own, ...kept });
    else json(response, token, 'access_token' in token ? 200 : 400);
  });
  return { issuer: origin, opened: [] as string[], seen };
}
