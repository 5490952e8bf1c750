import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { dialects, loadCatalogue } from '../../../src/core/diagnose/catalogue.ts';
import { withDialect } from '../../../src/core/oauth/dialect.ts';
import { providersDirectory } from '../diagnose/support.ts';

const catalogue = await loadCatalogue(providersDirectory);
const speak = (name: string) => {
  const dialect = dialects(catalogue).find((candidate) => candidate.name === name);
  assert.ok(dialect);
  return withDialect(fetch, dialect);
};

describe('a token dialect', () => {
  let origin = '';
  let answer = { status: 200, type: 'application/json', body: '' };
  let seen = { type: '', accept: '', body: '' };
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      seen = { type: request.headers['content-type'] ?? '', accept: request.headers.accept ?? '', body };
      response.writeHead(answer.status, { 'content-type': answer.type }).end(answer.body);
    });
  });
  before(async () => {
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  after(() => void server.close());

  const form = {
    grant_type: 'client_credentials',
    client_id: 'orders-worker',
    client_secret: 's',
    scope: 'a b',
  };
  const post = (name: string) =>
    speak(name)(`${origin}/token`, { method: 'POST', body: new URLSearchParams(form) });

  it('sends TokenIDP the camelCase JSON of its documentation and opens its envelope', async () => {
    const data = { accessToken: 'eyJ', tokenType: 'Bearer', expiresIn: 3600 };
    answer = { status: 200, type: 'application/json', body: JSON.stringify({ isSuccess: true, data }) };
    const response = await post('tokenidp');
    assert.equal(seen.type, 'application/json');
    assert.deepEqual(JSON.parse(seen.body), {
      ...{ grantType: 'client_credentials', clientId: 'orders-worker', clientSecret: 's', scope: 'a b' },
    });
    assert.equal(response.status, 200);
    assert.deepEqual(await response.json(), { access_token: 'eyJ', token_type: 'Bearer', expires_in: 3600 });
  });

  it('takes Slack’s user token out of authed_user, unless there is a bot token', async () => {
    const authed_user = { id: 'U', scope: 'users:read', access_token: 'xoxp-1', token_type: 'user' };
    const reply = async (body: object) => {
      answer = { status: 200, type: 'application/json', body: JSON.stringify(body) };
      return (await post('slack')).json() as Promise<object>;
    };
    assert.deepEqual(await reply({ ok: true, app_id: 'A', authed_user }), authed_user);
    const bot = { ok: true, access_token: 'xoxb-1', token_type: 'bot', scope: 'commands', authed_user };
    assert.deepEqual(await reply(bot), bot);
    const none = { ok: true, app_id: 'A', authed_user: { id: 'U' } };
    assert.deepEqual(await reply(none), none);
  });

  it('turns TokenIDP’s isSuccess false into an OAuth error, whatever the status', async () => {
    for (const [status, failure, expected] of [
      [200, { message: 'Application is inactive.' }, ['request_rejected', 'Application is inactive.']],
      [400, { error: { code: 'invalid_scope', message: 'No.' } }, ['invalid_scope', 'No.']],
      [401, { errors: ['Unknown client.'] }, ['request_rejected', 'Unknown client.']],
      [200, { error: 'The secret is wrong.' }, ['request_rejected', 'The secret is wrong.']],
    ] as const) {
      answer = { status, type: 'application/json', body: JSON.stringify({ isSuccess: false, ...failure }) };
      const response = await post('tokenidp');
      assert.equal(response.status, status === 200 ? 400 : status);
      const { error, error_description } = (await response.json()) as Record<string, unknown>;
      assert.deepEqual([error, error_description], expected);
    }
  });

  it('reads GitHub’s form-encoded answers and its errors with status 200', async () => {
    answer = {
      ...{ status: 200, type: 'application/x-www-form-urlencoded' },
      body: 'access_token=gho_abc&scope=repo%2Cgist&token_type=bearer',
    };
    const token = await post('github');
    assert.equal(seen.accept, 'application/json');
    assert.equal(
      seen.body,
      'grant_type=client_credentials&client_id=orders-worker&client_secret=s&scope=a+b',
    );
    assert.deepEqual(await token.json(), {
      access_token: 'gho_abc',
      scope: 'repo,gist',
      token_type: 'bearer',
    });

    answer.body =
      'error=bad_verification_code&error_description=The+code+is+incorrect.&error_uri=https%3A%2F%2Fx';
    const failure = await post('github');
    assert.equal(failure.status, 400);
    assert.deepEqual(await failure.json(), {
      ...{
        error: 'bad_verification_code',
        error_description: 'The code is incorrect.',
        error_uri: 'https://x',
      },
    });
  });

  it('reads Slack’s ok: false', async () => {
    answer = { status: 200, type: 'application/json', body: '{"ok":false,"error":"invalid_code"}' };
    const failure = await post('slack');
    assert.deepEqual([failure.status, await failure.json()], [400, { error: 'invalid_code' }]);
  });

  it('leaves pages, empty answers and requests that are no token requests alone', async () => {
    answer = { status: 502, type: 'text/html', body: '<html>error=x</html>' };
    const page = await post('tokenidp');
    assert.deepEqual([page.status, page.headers.get('content-type')], [502, 'text/html']);
    assert.equal(await page.text(), answer.body);
    answer = { status: 204, type: 'text/plain', body: '' };
    assert.equal((await post('tokenidp')).status, 204);
    answer = { status: 200, type: 'application/json', body: '{"isSuccess":false}' };
    const metadata = await speak('tokenidp')(`${origin}/metadata`);
    assert.deepEqual(await metadata.json(), { isSuccess: false });
  });

  it('sends what is a form as text, too, and nothing else, in the words of the dialect', async () => {
    answer = { status: 200, type: 'application/json', body: '{}' };
    const type = 'application/x-www-form-urlencoded;charset=UTF-8';
    const send = (body: string, headers: Record<string, string>, method = 'post') =>
      speak('tokenidp')(`${origin}/token`, { method, headers, body });
    await send('client_id=a&scope=x&scope=y&scope=z', { 'content-type': type });
    assert.deepEqual(JSON.parse(seen.body), { clientId: 'a', scope: ['x', 'y', 'z'] });
    for (const [body, headers, method] of [
      ['client_id=a', { 'content-type': 'text/plain' }, 'POST'],
      ['client_id=a', { 'content-type': `x/${type}` }, 'POST'],
      ['{"client_id":"a"}', {}, 'POST'],
      ['client_id=a', { 'content-type': type }, 'PUT'],
    ] as const) {
      await send(body, headers, method);
      assert.equal(seen.body, body);
    }
  });

  it('reads a form only where all of the answer is one', async () => {
    const readBy = async (body: string) => {
      answer = { status: 200, type: 'text/plain', body };
      return (await post('github')).text();
    };
    assert.deepEqual(JSON.parse(await readBy(' access_token=x&a=b\n')), { access_token: 'x', a: 'b' });
    for (const body of ['so access_token=x', 'access_token=x y', 'access_token=<b>', '[1]'])
      assert.equal(await readBy(body), body);
  });

  it('calls an answer JSON that it made JSON, and keeps where it came from', async () => {
    answer = { status: 200, type: 'text/plain', body: 'error=x&error_uri=&error_description=' };
    const failure = await post('github');
    assert.equal(failure.headers.get('content-type'), 'application/json');
    assert.equal(failure.url, `${origin}/token`);
    assert.deepEqual(await failure.json(), { error: 'x', error_uri: '' });
    answer.body = 'access_token=x';
    assert.equal((await post('github')).headers.get('content-type'), 'application/json');
    answer = { status: 200, type: 'application/json', body: '{"ok":false,"error":null,"error_uri":5}' };
    assert.equal('error_uri' in ((await (await post('slack')).json()) as object), false);
    for (const status of [205, 304]) {
      answer = { status, type: 'text/plain', body: '' };
      assert.equal((await post('tokenidp')).status, status);
    }
  });
});
