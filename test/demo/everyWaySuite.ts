import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { decodeJwt } from 'jose';
import { sendBound } from '../../src/core/api/sendBound.ts';
import { Trace } from '../../src/core/record/trace.ts';
import { allGrants } from '../../src/core/grants/all.ts';
import { runFlow, type FlowDeps } from '../../src/core/flow/runFlow.ts';
import { flowView } from '../../src/core/flowView/flowView.ts';
import { parseProfile } from '../../src/core/profile/parseProfile.ts';
import type { Profile } from '../../src/core/profile/profile.ts';
import { readTokens } from '../../src/core/token/reading.ts';
import { signInAsked } from '../../src/core/token/signInAsked.ts';
import type { DemoClient } from '../../src/demo/clients.ts';
import type { DemoServers, DemoServersOptions } from '../../src/demo/demoServers.ts';
import { demoProfile } from '../../src/demo/workspace.ts';
import { failureOf, flowDeps, tokensOf } from '../core/oauth/support/deps.ts';
import { JarBrowser } from './jarBrowser.ts';

/** Signs in by itself; what it is shown once the code has arrived is no matter here, and its connection may be closed by then. */
const browser: FlowDeps['browser'] = {
  open(url) {
    void new JarBrowser().visit(url).catch(() => undefined);
    return Promise.resolve(true);
  },
};

/** Gets a token in every way there is, from the demo servers of the sources or of the package. Call it inside `describe`. */
export function itGoesEveryWay(start: (options?: DemoServersOptions) => Promise<DemoServers>): void {
  let demo: DemoServers;
  let rung: (page: string) => void = () => undefined;
  before(async () => {
    demo = await start({ algorithm: 'ES256', ring: (page) => rung(page) });
  });
  after(() => demo.close());

  function profileOf(client: DemoClient): Profile {
    const parsed = parseProfile(demoProfile(demo.issuer, client));
    if ('profile' in parsed) return parsed.profile;
    throw new Error(JSON.stringify(parsed.problems));
  }
  const keys = new Map<string, string>();
  const keyFor = async (what: string, make: () => Promise<string>): Promise<string> => {
    const key = keys.get(what) ?? (await make());
    keys.set(what, key);
    return key;
  };
  const made: FlowDeps['made'] = (_profile, what, make) => keyFor(what, make);
  const run = (client: DemoClient, over: Partial<FlowDeps> = {}) => {
    const profile = profileOf(client);
    const secret = () => Promise.resolve(client.clientSecret ?? client.key);
    const input = () => Promise.resolve(client.key);
    const { clock } = flowDeps();
    const deps = flowDeps({
      ...{ browser, signInTimeout: 120_000, secret, input, made },
      clock: { ...clock, sleep: (_pause, signal) => clock.sleep(20, signal) },
      ...over,
    });
    return runFlow(profile.grant, profile, deps);
  };
  const api = (token: string, scheme = 'Bearer') =>
    fetch(`${demo.api}/orders`, { headers: { authorization: `${scheme} ${token}` } });
  const scopesOf = (token: string) => decodeJwt(token)['scope'];

  it('has a client for each grant there is', () => {
    const offered = new Set(Object.values(demo.clients).map(({ grant }: DemoClient) => grant));
    const missing = allGrants.map(({ id }) => id).filter((id) => !offered.has(id as DemoClient['grant']));
    assert.deepEqual(missing, []);
  });

  it('exchanges the user’s token for less, with who acts in it, and takes no other', async () => {
    const subject = tokensOf(await run(demo.clients.native)).access_token;
    const { access_token: token, extra } = tokensOf(
      await run(demo.clients.exchange, { input: () => Promise.resolve(subject) }),
    );
    assert.deepEqual(decodeJwt(token)['act'], { sub: 'demo-exchange' });
    assert.equal(scopesOf(token), 'orders.read');
    assert.equal(decodeJwt(token).sub, 'Ada');
    assert.equal(extra['issued_token_type'], 'urn:ietf:params:oauth:token-type:access_token');
    assert.equal((await api(token)).status, 200);
    const wrong = await run(demo.clients.exchange, { input: () => Promise.resolve('a-token-of-nobody') });
    assert.equal(failureOf(wrong, 'oauth_error').body.error, 'invalid_request');
  });

  it('takes a JWT that is signed with the client’s key, and none of another key', async () => {
    const { access_token: token } = tokensOf(await run(demo.clients.assertion));
    assert.equal(decodeJwt(token).sub, 'Ada');
    assert.equal((await api(token)).status, 200);
    const other = await run(demo.clients.assertion, { input: () => Promise.resolve(demo.clients.keyed.key) });
    assert.equal(failureOf(other, 'oauth_error').body.error, 'invalid_grant');
  });

  it('takes a SAML assertion of its own page, once', async () => {
    const page = await (await fetch(`${demo.issuer}/assertion`)).text();
    const xml = (/<code>([^<]*)<\/code>/.exec(page)?.[1] ?? '')
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&quot;', '"');
    const input = () => Promise.resolve(xml);
    const report = await run(demo.clients.saml, { input });
    assert.equal((await api(tokensOf(report).access_token)).status, 200);
    const shown = flowView({ state: 'ended', flow: report })
      .steps.at(-1)
      ?.request.groups.find(({ title }) => title === 'SAML in assertion');
    const said = new Map(shown?.parameters.map(({ name, value }) => [name, value]));
    assert.equal(said.get('NameID'), 'Ada');
    assert.equal(said.get('Recipient'), `${demo.issuer}/token`);
    assert.match(said.get('NotOnOrAfter') ?? '', / UTC$/);
    const again = await run(demo.clients.saml, { input });
    assert.equal(failureOf(again, 'oauth_error').body.error, 'invalid_grant');
  });

  for (const decision of ['allow', 'deny'] as const)
    it(`rings the telephone, where the user may ${decision} the access`, async () => {
      const pages: string[] = [];
      rung = (page) => {
        pages.push(page);
        void press(page, decision);
      };
      const report = await run(demo.clients.telephone);
      assert.deepEqual(pages, [`${demo.issuer}/telephone`]);
      if (decision === 'allow') assert.ok(tokensOf(report).access_token);
      else assert.equal(failureOf(report, 'oauth_error').body.error, 'access_denied');
    });

  it('lets no other web page press the telephone', async () => {
    const headers = { origin: 'https://evil.example' };
    const body = new URLSearchParams({ decision: 'allow' });
    assert.equal((await fetch(`${demo.issuer}/telephone`, { method: 'POST', headers, body })).status, 403);
  });

  async function press(page: string, decision: string): Promise<void> {
    const shown = await fetch(page);
    assert.equal(shown.headers.get('referrer-policy'), 'same-origin', 'Browsers name the origin only then.');
    const html = await shown.text();
    assert.match(html, /W4SCT/);
    const question = /name="question" value="([^"]+)"/.exec(html)?.[1] ?? '';
    const body = new URLSearchParams({ question, decision });
    await fetch(page, { method: 'POST', headers: { origin: demo.issuer }, body });
  }

  it('hands out a refresh token to start from, and rotates it', async () => {
    const token = await demo.refreshToken();
    const kept: string[] = [];
    const deps: Partial<FlowDeps> = {
      input: () => Promise.resolve(token),
      keepInput: (_profile, _input, text) => Promise.resolve(void kept.push(text)),
    };
    assert.ok(tokensOf(await run(demo.clients.renewal, deps)).access_token);
    assert.equal(kept.length, 1);
    assert.notEqual(kept[0], token);
  });

  for (const name of ['secretJwt', 'keyed'] as const)
    it(`lets the client “${name}” prove itself with a signed JWT`, async () => {
      const { access_token: token } = tokensOf(await run(demo.clients[name]));
      assert.equal((await api(token)).status, 200);
    });

  it('has a request pushed and signed, the response signed, details granted and the token bound', async () => {
    const report = await run(demo.clients.bound);
    const tokens = tokensOf(report);
    assert.equal(tokens.token_type, 'DPoP');
    const claims = decodeJwt(tokens.access_token) as Record<string, unknown>;
    assert.ok((claims['cnf'] as { jkt?: string }).jkt);
    assert.deepEqual(claims['authorization_details'], [{ type: 'orders', actions: ['read', 'write'] }]);
    const opened = report.exchanges.find(({ leg }) => leg === 'browser')?.request.url ?? '';
    assert.deepEqual([...new URL(opened).searchParams.keys()].sort(), ['client_id', 'request_uri']);
    // Not without the proof of its key.
    assert.equal((await api(tokens.access_token)).status, 401);
    assert.equal((await api(tokens.access_token, 'DPoP')).status, 401);
    const proofs: string[] = [];
    const send = (url: string, init?: RequestInit) => {
      proofs.push(new Headers(init?.headers).get('dpop') ?? '');
      return fetch(url, init);
    };
    const keysOf = {
      trace: new Trace(),
      made: (what: string, make: () => Promise<string>) => keyFor(what, make),
    };
    const request = { method: 'GET', url: `${demo.api}/orders`, headers: new Headers() };
    assert.equal((await sendBound(request, tokens, send, keysOf)).status, 200);
    // Nor with one that was used, or is of another request.
    const again = (method: string) =>
      fetch(`${demo.api}/orders`, {
        method,
        headers: { authorization: `DPoP ${tokens.access_token}`, dpop: proofs[0] ?? '' },
      });
    assert.deepEqual([(await again('GET')).status, (await again('POST')).status], [401, 401]);
  });

  it('lets a client ask for whom, how and for what a sign-in is, all at once', async () => {
    const { bound } = demo.clients;
    const fields = {
      ...bound.fields,
      ...{ loginHint: 'Ada', prompt: 'login consent', maxAge: 60, acrValues: 'phr', uiLocales: 'de en' },
      ...{ claims: { id_token: { email: { essential: true } } }, resource: [demo.api] },
    };
    const report = await run({ ...bound, fields }, { signInTimeout: 20_000 });
    const { id_token: idToken = '', access_token: token } = tokensOf(report);
    const { email, auth_time: signedIn } = decodeJwt(idToken);
    assert.equal(email, 'ada@example.com');
    assert.equal(typeof signedIn, 'number');
    assert.deepEqual(decodeJwt(token).aud, demo.api);
    const reading = readTokens({ kind: 'profile', profile: report.profile, tokens: tokensOf(report) });
    assert.deepEqual(
      signInAsked(reading).map(({ name, verdict }) => `${name} ${verdict}`),
      ['login_hint kept', 'prompt told', 'max_age kept', 'acr_values unseen', 'ui_locales unseen'],
    );
  });

  it('offers what one does with a token', async () => {
    const answer = await fetch(`${demo.issuer}/.well-known/openid-configuration`);
    const names = Object.keys((await answer.json()) as object);
    for (const endpoint of ['introspection', 'userinfo', 'revocation', 'end_session', 'registration'])
      assert.ok(names.includes(`${endpoint}_endpoint`), endpoint);
  });
}
