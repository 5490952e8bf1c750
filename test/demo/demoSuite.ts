import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import { after, before, it } from 'node:test';
import { close, listen } from '../../src/demo/listen.ts';
import type { DemoClient } from '../../src/demo/clients.ts';
import type { DemoServers, DemoServersOptions } from '../../src/demo/demoServers.ts';
import { JarBrowser } from './jarBrowser.ts';

/** Says what the demo servers do, of the sources as of the package. Call it inside `describe`. */
export function itServesTheDemo(start: (options?: DemoServersOptions) => Promise<DemoServers>): void {
  let demo: DemoServers;
  before(async () => {
    demo = await start();
  });
  after(() => demo.close());

  interface TokenAnswer {
    access_token: string;
    refresh_token: string;
    id_token: string;
    scope: string;
    error: string;
    expires_in: number;
  }

  /** What a token says of itself. */
  const claimsOf = (jwt: string) =>
    JSON.parse(Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString()) as Record<string, unknown>;
  /** Seconds from a token's issue to its end. */
  const lifetime = (jwt: string) => Number(claimsOf(jwt)['exp']) - Number(claimsOf(jwt)['iat']);

  async function token(
    client: DemoClient,
    form: Record<string, string>,
  ): Promise<{ status: number; body: TokenAnswer }> {
    const body = new URLSearchParams(form);
    const headers: Record<string, string> = {};
    if (client.clientAuthentication === 'client_secret_basic')
      headers['authorization'] = `Basic ${btoa(`${client.clientId}:${client.clientSecret ?? ''}`)}`;
    else body.set('client_id', client.clientId);
    if (client.clientAuthentication === 'client_secret_post')
      body.set('client_secret', client.clientSecret ?? '');
    const response = await fetch(`${demo.issuer}/token`, { method: 'POST', body, headers });
    return { status: response.status, body: (await response.json()) as TokenAnswer };
  }

  /** Signs in through the pages and returns the token endpoint's answer. */
  async function signIn(client: DemoClient, redirectUri: string, scope: string, browser = new JarBrowser()) {
    const verifier = randomBytes(32).toString('base64url');
    const callback = createServer((_request, response) => response.end('done'));
    const port = await listen(callback, Number(new URL(redirectUri).port));
    const redirect = redirectUri.replace(/127\.0\.0\.1(:\d+)?/, `127.0.0.1:${port}`);
    try {
      const url = new URL(`${demo.issuer}/auth`);
      url.search = new URLSearchParams({
        response_type: 'code',
        client_id: client.clientId,
        redirect_uri: redirect,
        scope,
        state: 'a-state',
        code_challenge: createHash('sha256').update(verifier).digest('base64url'),
        code_challenge_method: 'S256',
      }).toString();
      const page = await browser.visit(url.href);
      const answer = new URL(page.url);
      assert.ok(page.url.startsWith(redirect), page.url);
      assert.equal(answer.searchParams.get('state'), 'a-state');
      assert.equal(answer.searchParams.get('iss'), demo.issuer);
      return await token(client, {
        grant_type: 'authorization_code',
        code: answer.searchParams.get('code') ?? '',
        redirect_uri: redirect,
        code_verifier: verifier,
      });
    } finally {
      await close(callback);
    }
  }

  for (const name of ['machine', 'machinePost'] as const)
    it(`give the client "${name}" a token the demo API accepts for the scope it has`, async () => {
      const { status, body } = await token(demo.clients[name], {
        grant_type: 'client_credentials',
        scope: 'orders.read',
      });
      assert.equal(status, 200);
      assert.equal(body.scope, 'orders.read');
      assert.equal(body.expires_in, 3600);
      assert.equal(lifetime(body.access_token), 3600);
      const headers = { authorization: `Bearer ${body.access_token}` };
      assert.equal((await fetch(`${demo.api}/orders`, { headers })).status, 200);
      const refused = await fetch(`${demo.api}/orders`, { method: 'POST', headers, body: '{}' });
      assert.equal(refused.status, 403);
      assert.match(
        refused.headers.get('www-authenticate') ?? '',
        /error="insufficient_scope", scope="orders\.write"/,
      );
    });

  it('sign a user in and give a public app tokens, a rotating refresh token among them', async () => {
    const { native } = demo.clients;
    const { body } = await signIn(native, 'http://127.0.0.1:0/callback', 'openid orders.read orders.write');
    const headers = { authorization: `Bearer ${body.access_token}` };
    const order = await fetch(`${demo.api}/orders`, { method: 'POST', headers, body: '{"item":"Tea"}' });
    assert.equal(order.status, 201);
    assert.equal(((await order.json()) as { by: string }).by, 'Ada');
    assert.equal(lifetime(body.id_token), 3600);
    assert.equal(lifetime(body.access_token), 3600);
    const renewed = await token(native, { grant_type: 'refresh_token', refresh_token: body.refresh_token });
    assert.notEqual(renewed.body.refresh_token, body.refresh_token);
    const reused = await token(native, { grant_type: 'refresh_token', refresh_token: body.refresh_token });
    assert.equal(reused.body.error, 'invalid_grant');
  });

  it('ask a signed-in user again only for what was not allowed before, even when the grant was revoked', async () => {
    const { native } = demo.clients;
    const browser = new JarBrowser('Grace');
    const asked = () => browser.visited.filter((url) => url.includes('/interaction/')).length;
    const uri = 'http://127.0.0.1:0/callback';
    const { body } = await signIn(native, uri, 'openid orders.read', browser);
    const once = asked();
    const renew = () => token(native, { grant_type: 'refresh_token', refresh_token: body.refresh_token });
    await renew();
    assert.equal((await renew()).body.error, 'invalid_grant', 'The second use revokes the grant.');
    const again = await signIn(native, uri, 'openid orders.read', browser);
    assert.equal(again.body.scope, 'orders.read');
    assert.equal(asked(), once);
    const more = await signIn(native, uri, 'openid orders.write', browser);
    assert.equal(more.body.scope, 'orders.write');
    assert.ok(asked() > once);
  });

  for (const typed of [false, true])
    it(`give a device a token when its code was ${typed ? 'typed' : 'opened with its page'}`, async () => {
      const { device } = demo.clients;
      const form = new URLSearchParams({ client_id: device.clientId, scope: 'openid orders.read' });
      const answer = await fetch(`${demo.issuer}/device/auth`, { method: 'POST', body: form });
      const codes = (await answer.json()) as Record<string, string>;
      const ask = () =>
        token(device, {
          grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
          device_code: codes['device_code'] ?? '',
        });
      assert.equal((await ask()).body.error, 'authorization_pending');
      const browser = new JarBrowser('Ada', { user_code: codes['user_code'] ?? '' });
      const page = await browser.visit(codes[typed ? 'verification_uri' : 'verification_uri_complete'] ?? '');
      assert.match(page.body, /<h1>Done<\/h1>/);
      const { body } = await ask();
      const headers = { authorization: `Bearer ${body.access_token}` };
      assert.equal((await fetch(`${demo.api}/orders`, { headers })).status, 200);
      assert.equal(claimsOf(body.id_token)['sub'], 'Ada');
    });

  it('let only the library’s own script run, on the page that hands a code on', async () => {
    const page = await fetch(`${demo.issuer}/device?user_code=ABCD-EFGH`);
    const script = /<script>([^<]*)</.exec(await page.text())?.[1] ?? '';
    const hash = createHash('sha256').update(script).digest('base64');
    assert.ok((page.headers.get('content-security-policy') ?? '').includes(`script-src 'sha256-${hash}'`));
    const other = await fetch(`${demo.issuer}/device`);
    assert.doesNotMatch(other.headers.get('content-security-policy') ?? '', /script-src/);
  });

  it('give a confidential web client tokens at its one redirect URI', async () => {
    const { web } = demo.clients;
    const { body } = await signIn(web, web.redirectUri ?? '', 'openid orders.read');
    assert.equal(body.scope, 'orders.read');
    assert.ok(body.id_token);
  });

  it('challenge an API call without a token, and one with a wrong token, as RFC 6750 says', async () => {
    const bare = await fetch(`${demo.api}/orders`);
    assert.equal(bare.status, 401);
    assert.equal(bare.headers.get('www-authenticate'), 'Bearer realm="orders"');
    const wrong = await fetch(`${demo.api}/orders`, { headers: { authorization: 'Bearer nonsense' } });
    assert.equal(wrong.status, 401);
    assert.match(wrong.headers.get('www-authenticate') ?? '', /error="invalid_token"/);
  });

  it('say who they are, and forbid framing on every page', async () => {
    const metadata = (await (await fetch(`${demo.issuer}/.well-known/openid-configuration`)).json()) as {
      issuer: string;
    };
    assert.equal(metadata.issuer, demo.issuer);
    const page = await fetch(`${demo.issuer}/auth`);
    assert.equal(page.status, 400);
    assert.match(page.headers.get('content-security-policy') ?? '', /frame-ancestors 'none'/);
  });

  it('show a page with a switch for each fault, which no other web page can press', async () => {
    const page = `${demo.issuer}/faults`;
    const press = (origin: string, ...ids: string[]) =>
      fetch(page, {
        method: 'POST',
        redirect: 'manual',
        headers: { origin },
        body: new URLSearchParams(ids.map((id): [string, string] => ['fault', id])),
      });
    const checked = async () =>
      [...(await (await fetch(page)).text()).matchAll(/value="([\w-]+)" checked/g)].map(([, id]) => id);
    const form = { grant_type: 'client_credentials' };
    const cacheControl = async () =>
      (await fetch(`${demo.issuer}/token`, { method: 'POST', body: new URLSearchParams(form) })).headers.get(
        'cache-control',
      );
    assert.equal(
      ((await (await fetch(page)).text()).match(/type="checkbox"/g) ?? []).length,
      demo.faults.length,
    );
    assert.equal((await press('https://evil.example', 'tokens-cacheable')).status, 403);
    assert.deepEqual(await checked(), []);
    assert.equal((await press(demo.issuer, 'tokens-cacheable', 'no-such-fault')).status, 303);
    assert.deepEqual(await checked(), ['tokens-cacheable']);
    assert.equal(await cacheControl(), 'max-age=60');
    await press(demo.issuer);
    assert.equal(await cacheControl(), 'no-store');
    assert.throws(() => demo.setFaults(['no-such-fault']), RangeError);
  });

  it('move to another port when theirs is taken, and give the same secrets for the same seed', async () => {
    const taken = Number(new URL(demo.issuer).port);
    const second = await start({ authorizationPort: taken, seed: 'seed' });
    const third = await start({ seed: 'seed' });
    try {
      assert.notEqual(second.issuer, demo.issuer);
      assert.equal(second.clients.web.clientSecret, third.clients.web.clientSecret);
      assert.notEqual(second.clients.web.clientSecret, demo.clients.web.clientSecret);
    } finally {
      await Promise.all([second.close(), third.close()]);
    }
  });
}
