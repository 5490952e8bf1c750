import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { exportPKCS8, generateKeyPair } from 'jose';
import { close, listen } from '../../src/demo/listen.ts';
import { assertNowhere } from './assertNowhere.ts';
import { openDesk, type Desk } from './desk.ts';
import { run, type Ran } from './program.ts';

const plant = () => randomBytes(24).toString('base64url');

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  return body;
}

describe('what is planted occurs nowhere on standard output, standard error or in a report', () => {
  const [secret, access, refresh, idToken, cookie] = [plant(), plant(), plant(), plant(), plant()];
  const basic = Buffer.from(`c:${secret}`).toString('base64').replace(/=+$/, '');
  const planted = [secret, basic, access, refresh, idToken, cookie];
  let desk: Desk;
  let server: Server;
  let issuer: string;
  /** What was sent to the server, which says it again in later answers, too. */
  const heard: string[] = [];
  /** How the token endpoint answers. */
  let answer: 'tokens' | 'echo' | 'page' | 'redirect';

  before(async () => {
    desk = await openDesk();
    // A server that says again whatever it is told, in every place an answer has.
    server = createServer((request, response) => {
      void bodyOf(request).then((body) => {
        const { authorization = '' } = request.headers;
        const [, credentials = ''] = authorization.split(' ');
        heard.push(body, authorization, Buffer.from(credentials, 'base64').toString());
        const told = heard.slice(-12).join(' ');
        if (request.url?.startsWith('/.well-known/') === true)
          response.writeHead(200, { 'content-type': 'application/json' }).end(
            JSON.stringify({
              ...{ issuer, token_endpoint: `${issuer}/token`, authorization_endpoint: `${issuer}/auth` },
              ...{ response_types_supported: ['code'], jwks_uri: `${issuer}/jwks` },
            }),
          );
        else if (answer === 'tokens')
          response.writeHead(200, { 'content-type': 'application/json', 'set-cookie': `s=${cookie}` }).end(
            JSON.stringify({
              ...{ access_token: access, refresh_token: refresh, token_type: 'Bearer' },
              ...{ note: told, expires_in: 60 },
            }),
          );
        else if (answer === 'echo')
          response
            .writeHead(400, {
              'content-type': 'application/json',
              'www-authenticate': `Basic realm="${told}"`,
            })
            .end(JSON.stringify({ error: `invalid_client`, error_description: told, error_uri: told }));
        else if (answer === 'page')
          response.writeHead(500, { 'content-type': 'text/html' }).end(`<!doctype html><p>${told}</p>`);
        else
          response
            .writeHead(302, { location: `${issuer}/login?${body}&told=${encodeURIComponent(told)}` })
            .end();
      });
    });
    issuer = `http://127.0.0.1:${await listen(server, 0)}`;
    const common = { issuer, clientId: 'c', scopes: ['openid'] };
    await desk.addProfiles([
      { ...common, id: 'basic', grant: 'client_credentials', clientAuthentication: 'client_secret_basic' },
      { ...common, id: 'post', grant: 'client_credentials', clientAuthentication: 'client_secret_post' },
      { ...common, id: 'jwt', grant: 'client_credentials', clientAuthentication: 'client_secret_jwt' },
      {
        ...{
          ...common,
          id: 'code',
          grant: 'authorization_code',
          clientAuthentication: 'client_secret_basic',
        },
        redirectUri: 'http://127.0.0.1/callback',
      },
    ]);
  });
  after(async () => {
    await close(server);
    await desk.close();
  });

  const inDesk = (args: readonly string[], input = ''): Promise<Ran> =>
    run(args, {
      folder: desk.folder,
      input,
      environment: { OAUTH_EXPLORER_SECRET: secret, OTHER: secret, BROWSER: desk.seenBy.browser },
    });

  it('by token, whatever the server says again of it', async () => {
    const refused = async (args: readonly string[]) => {
      const { code, stdout, stderr } = await inDesk(['token', ...args], secret);
      assert.deepEqual([code, stdout], [1, ''], stderr);
      assertNowhere(planted, stderr);
    };
    for (answer of ['echo', 'page', 'redirect'] as const)
      for (const id of ['basic', 'post', 'jwt']) await refused([id]);
    answer = 'echo';
    await refused(['basic', '--secret-env', 'OTHER']);
    await refused(['basic', '--secret-stdin']);
    answer = 'tokens';
    for (const format of [[], ['--format', 'header'], ['--format', 'json'], ['--format', 'env']]) {
      const { stdout, stderr } = await inDesk(['token', 'basic', ...format]);
      assert.ok(stdout.includes(access));
      assertNowhere([secret, refresh, cookie], stdout);
      assertNowhere(planted, stderr);
    }
  });

  it('by check, in every form of the report', async () => {
    const checked = async (args: readonly string[]) => {
      const reports = ['--sarif', 'canary.sarif', '--junit', 'canary.xml'];
      const { stdout, stderr } = await inDesk(['check', ...args, ...reports]);
      assert.match(stderr, /^1\/\d+ /m);
      const files = ['canary.sarif', 'canary.xml'].map((file) => readFile(join(desk.folder, file), 'utf8'));
      assertNowhere(planted, [stdout, stderr, ...(await Promise.all(files))].join('\n'));
    };
    for (answer of ['tokens', 'echo', 'page'] as const)
      for (const id of ['basic', 'post', 'code']) await checked([id, '--json']);
    answer = 'echo';
    for (const format of [[], ['--markdown']]) await checked(['code', ...format]);
  });

  it('by decode and explain, of what they read', async () => {
    const { privateKey } = await generateKeyPair('ES256', { extractable: true });
    const key = (await exportPKCS8(privateKey)).split('\n')[1] ?? '';
    const texts = [
      JSON.stringify({
        access_token: access,
        refresh_token: refresh,
        id_token: idToken,
        client_secret: secret,
      }),
      `Authorization: Bearer ${access}`,
      `https://app.example.com/cb#access_token=${access}&refresh_token=${refresh}`,
      `https://app.example.com/cb?error=server_error&client_secret=${secret}&code=${access}`,
      `HTTP/1.1 400 Bad\nset-cookie: s=${cookie}\n\n{"error":"invalid_grant","refresh_token":"${refresh}"}`,
      `HTTP/1.1 500 Oops\n\n{"client_secret":"${secret}","private_key":"${key}"}`,
      `> POST /token HTTP/1.1\n> Authorization: Bearer ${access}\n> Cookie: s=${cookie}\n< HTTP/1.1 400 Bad\n< Set-Cookie: s=${cookie}\n<\n{"error":"invalid_grant","refresh_token":"${refresh}"}`,
      JSON.stringify({
        log: {
          entries: [
            {
              request: {
                url: `${issuer}/token?client_secret=${secret}`,
                postData: { text: `client_secret=${secret}` },
              },
              response: {
                ...{
                  status: 400,
                  statusText: 'Bad',
                  headers: [{ name: 'Set-Cookie', value: `s=${cookie}` }],
                },
                content: { text: `{"error":"invalid_client","client_secret":"${secret}"}` },
              },
            },
          ],
        },
      }),
      `curl -u c:${secret} -H "Authorization: Bearer ${access}"`,
    ];
    for (const text of texts)
      for (const args of [['decode'], ['decode', '--json'], ['explain'], ['explain', '--json']]) {
        const { stdout, stderr } = await inDesk(args, text);
        assert.notEqual(stdout + stderr, '');
        assertNowhere([...planted, key], stdout + stderr);
      }
  });

  it('by arguments that are none', async () => {
    for (const args of [
      ['decode', access],
      ['explain', access],
      ['token', 'basic', secret],
      ['token', '--client-secret', secret],
      ['token', `--secret=${secret}`],
      ['token', 'basic', '--format', secret],
      ['token', 'basic', '--timeout', secret],
      ['check', 'basic', '--fail-on', secret],
      ['token', 'basic', '--format', 'env', '--variable', `-${secret}`],
      ['mcp', `https://user:${secret}@[`],
      [secret],
      ['help', secret],
      ['token', secret],
      ['token', `--x${secret}`],
      ['check', secret],
      ['check', 'basic', '--only', secret],
      ['mcp', secret, '--check'],
      ['mcp', `${issuer}/mcp`, '--profile', secret],
      ['explain', '--profile', secret],
      ['token', 'basic', '--secret-env', secret],
      ['mcp', `${issuer}/mcp`, '--check', '--token-env', secret],
    ]) {
      const { code, stdout, stderr } = await inDesk(args);
      assert.deepEqual([code, stdout], [2, ''], args.join(' '));
      assertNowhere(planted, stderr);
    }
  });

  it('by settings that hold what they must not', async () => {
    await writeFile(
      join(desk.folder, 'secret.json'),
      JSON.stringify([
        { id: 'bad', grant: 'client_credentials', issuer, clientId: 'c', clientSecret: secret },
      ]),
    );
    const { code, stderr } = await inDesk(['token', 'bad', '--profiles', 'secret.json']);
    assert.equal(code, 2);
    assert.match(stderr, /would put a secret into the settings/);
    assertNowhere(planted, stderr);
  });

  it('by a contract that holds what it must not', async () => {
    for (const promised of [
      {
        profiles: {
          basic: { checks: { [secret]: 'pass', [`${secret}.plain`]: 'pass' } },
        },
      },
      {
        profiles: {
          basic: {
            checks: {
              'pkce.plain': secret,
              pkce: { verdict: secret, [secret]: 1 },
            },
          },
        },
      },
      {
        profiles: { basic: { [secret]: {}, lifetimes: { [secret]: 1 } } },
        [secret]: 1,
      },
      {
        servers: {
          [secret]: {},
          [`ftp://x/${secret}`]: {},
          'https://x.example/mcp': { checks: { [secret]: 'pass' } },
        },
      },
      { profiles: { [secret]: {} } },
      secret,
    ]) {
      await writeFile(join(desk.folder, 'planted.json'), JSON.stringify(promised, undefined, 1));
      const { code, stderr } = await inDesk(['check', 'basic', '--contract-file', 'planted.json']);
      assert.equal(code, 2, stderr);
      assertNowhere(planted, stderr);
    }
  });
});
