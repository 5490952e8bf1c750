import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { close, listen } from '../../src/demo/listen.ts';
import { demoProfiles } from '../../src/demo/workspace.ts';
import { assertNowhere } from './assertNowhere.ts';
import { openDesk } from './desk.ts';
import { run } from './program.ts';

interface Explored {
  readonly answer: string;
  readonly signIn?: { readonly registration: string; readonly scopes: readonly string[] };
  readonly findings: readonly { readonly code: string; readonly severity: string }[];
}

/** A server with these documents by path; `{origin}` in a text stands for its own. */
async function serve(
  test: TestContext,
  documents: Readonly<Record<string, object>>,
  challenge?: string,
): Promise<string> {
  const server = createServer((request, response) => {
    const filled = (text: string) => text.replaceAll('{origin}', origin);
    const document = documents[request.url ?? ''];
    if (document !== undefined)
      response.writeHead(200, { 'content-type': 'application/json' }).end(filled(JSON.stringify(document)));
    else if (request.url === '/mcp' && challenge !== undefined)
      response.writeHead(401, { 'www-authenticate': filled(challenge) }).end();
    else response.writeHead(404).end();
  });
  const origin = `http://127.0.0.1:${await listen(server, 0)}`;
  test.after(() => close(server));
  return origin;
}

const documents = {
  '/.well-known/oauth-protected-resource/mcp': {
    resource: '{origin}/mcp',
    authorization_servers: ['{origin}'],
  },
  '/.well-known/oauth-authorization-server': {
    issuer: '{origin}',
    authorization_endpoint: '{origin}/authorize',
    token_endpoint: '{origin}/token',
    registration_endpoint: '{origin}/register',
    code_challenge_methods_supported: ['S256'],
    authorization_response_iss_parameter_supported: true,
  },
};
const challenge =
  'Bearer resource_metadata="{origin}/.well-known/oauth-protected-resource/mcp", scope="tools"';

describe('oauth-explorer mcp', () => {
  it('says how one signs in to a server that does everything right', async (test) => {
    const origin = await serve(test, documents, challenge);
    const { code, stdout, stderr } = await run(['mcp', `${origin}/mcp`]);
    assert.equal(code, 0, stdout);
    assert.equal(stderr, `Exploring ${origin}/mcp.\n`);
    assert.equal(
      stdout,
      [
        `${origin}/mcp`,
        'It wants a token, and says so with 401.',
        `Resource: ${origin}/mcp`,
        `Authorization server: ${origin}`,
        'Registration: clients register themselves',
        'Scopes: tools (challenge)',
        '',
        'Nothing is in the way.',
        '',
      ].join('\n'),
    );
    const json = JSON.parse((await run(['mcp', `${origin}/mcp`, '--json'])).stdout) as Explored;
    assert.deepEqual(json.signIn, {
      issuer: origin,
      registration: 'dynamic',
      scopes: ['tools'],
      scopesFrom: 'challenge',
    });
    const own = await run(['mcp', `${origin}/mcp`, '--json', '--client-id', 'mine']);
    assert.equal((JSON.parse(own.stdout) as Explored).signIn?.registration, 'pre_registered');
  });

  it('ends with 1 for what is in the way, and says what to change', async (test) => {
    const elsewhere = {
      ...documents['/.well-known/oauth-protected-resource/mcp'],
      resource: 'https://other.example/mcp',
    };
    const origin = await serve(
      test,
      { ...documents, '/.well-known/oauth-protected-resource/mcp': elsewhere },
      challenge,
    );
    const ran = await run(['mcp', `${origin}/mcp`, '--json']);
    assert.equal(ran.code, 1);
    assert.ok((JSON.parse(ran.stdout) as Explored).findings.some(({ code }) => code === 'resource_differs'));
    const { stdout } = await run(['mcp', `${origin}/mcp`]);
    assert.match(stdout, /\nerror: .* \(RFC 9728 section 3\.3.*\)\n {2}.*: https:\/\/other\.example\/mcp\n/);
  });

  it('checks a server, and writes what it found as SARIF', async (test) => {
    const elsewhere = {
      ...documents['/.well-known/oauth-protected-resource/mcp'],
      resource: 'https://other.example/mcp',
    };
    const good = await serve(test, documents, challenge);
    const bad = await serve(
      test,
      { ...documents, '/.well-known/oauth-protected-resource/mcp': elsewhere },
      challenge,
    );
    const passed = await run(['mcp', `${good}/mcp`, '--check']);
    assert.equal(passed.code, 0, passed.stdout);
    assert.match(passed.stdout, /Pass +A client without a token is answered with 401 \(mcp\.answers-401\)/);
    assert.match(
      passed.stdout,
      /Not applicable +\d+ checks: There is no profile.*\n +resource\.good-token, /,
    );
    const folder = await mkdtemp(join(tmpdir(), 'mcp-check-'));
    test.after(() => rm(folder, { recursive: true }));
    const sarif = join(folder, 'mcp.sarif');
    const failed = await run(['mcp', `${bad}/mcp`, '--check', '--sarif', sarif]);
    assert.equal(failed.code, 1);
    assert.match(failed.stdout, /Fail +The document’s resource is the URL of the server/);
    assert.match(await readFile(sarif, 'utf8'), /"ruleId": "mcp\.resource"/);
  });

  it('sends a token of the environment to the server, when it is told to', async (test) => {
    const origin = await serve(test, documents, challenge);
    const args = ['mcp', `${origin}/mcp`, '--check', '--token-env', 'MCP_TOKEN'];
    const token = 'a-token-that-is-refused-here';
    const { code, stdout } = await run(args, { environment: { MCP_TOKEN: token } });
    assert.equal(code, 1);
    assert.match(stdout, /Fail +A good token is accepted/);
    assert.ok(!stdout.includes(token));
    assert.match((await run(args)).stderr, /MCP_TOKEN.* is not set/);
    assert.match((await run(['mcp', `${origin}/mcp`, '--register'])).stderr, /--check only/);
  });

  it('sends the tokens of a profile, one with fewer scopes among them, and keeps what is promised of it', async (test) => {
    const desk = await openDesk();
    test.after(() => desk.close());
    const service = demoProfiles(desk.demo).find(({ id }) => id === desk.demo.clients.machine.clientId);
    assert.ok(service);
    const { clientSecret } = desk.demo.clients.machine;
    const mcp = desk.demo.mcp;
    await desk.addProfiles([
      { ...service, id: 'tools', name: 'Tools', scopes: ['mcp:tools'], resource: [mcp] },
    ]);
    const check = (args: readonly string[]) =>
      run(['mcp', mcp, '--check', '--profile', 'tools', '--no-sign-in', ...args], {
        folder: desk.folder,
        environment: { OAUTH_EXPLORER_SECRET: clientSecret ?? '' },
      });
    const { code, stdout, stderr } = await check([]);
    assert.equal(code, 0, stdout + stderr);
    assert.match(stdout, /Pass +A good token is accepted/);
    assert.match(stdout, /Pass +A token without the scope is refused/);
    assertNowhere([clientSecret ?? ''], stdout + stderr);
    const promises = { profiles: { tools: { checks: { 'resource.no-token': 'pass' } } } };
    await writeFile(join(desk.folder, 'oauth.checks.json'), JSON.stringify(promises));
    const kept = await check(['--contract']);
    assert.equal(kept.code, 0, kept.stdout + kept.stderr);
    assert.match(kept.stdout, /\nContract: 1 of 1 promises/);
    assert.match((await check(['--token-env', 'X'])).stderr, /exclude each other/);
    assert.match((await run(['mcp', mcp, '--profile', 'tools'])).stderr, /^--profile goes with --check only/);
  });

  it('asks by a refresh for a token with fewer scopes, where somebody had to sign in', async (test) => {
    const desk = await openDesk();
    test.after(() => desk.close());
    const native = demoProfiles(desk.demo).find(({ id }) => id === desk.demo.clients.native.clientId);
    assert.ok(native);
    const mcp = desk.demo.mcp;
    await desk.addProfiles([
      { ...native, id: 'user', name: 'User', scopes: ['openid', 'mcp:tools'], resource: [mcp] },
    ]);
    const { code, stdout, stderr } = await run(['mcp', mcp, '--check', '--profile', 'user', '--sign-in'], {
      folder: desk.folder,
      environment: { BROWSER: desk.browser },
    });
    assert.equal(code, 0, stdout + stderr);
    assert.match(stdout, /Pass +A token without the scope is refused/);
  });

  it('writes and keeps a contract of a server, and ends with 1 when it is broken', async (test) => {
    const folder = await mkdtemp(join(tmpdir(), 'oe-mcp-'));
    test.after(() => rm(folder, { recursive: true }));
    const origin = await serve(test, documents, challenge);
    const check = (args: readonly string[], url = `${origin}/mcp`) =>
      run(['mcp', url, '--check', ...args], { folder });
    assert.equal((await check(['--write-contract'])).code, 0);
    const kept = await check(['--contract']);
    assert.equal(kept.code, 0, kept.stdout + kept.stderr);
    assert.match(kept.stdout, /\nContract: \d+ of \d+ promises are kept as they stand\.\n/);
    const text = await readFile(join(folder, 'oauth.checks.json'), 'utf8');
    const other = await serve(test, documents);
    await writeFile(join(folder, 'oauth.checks.json'), text.replaceAll(origin, other));
    const broken = await check(['--contract'], `${other}/mcp`);
    assert.equal(broken.code, 1, broken.stdout);
    assert.match(broken.stdout, /\n- broken: .*: pass is promised, and it is fail\.\n/);
    const none = await check(['--contract']);
    assert.deepEqual([none.code, none.stdout], [2, '']);
    assert.match(none.stderr, /promises nothing of “http/);
    assert.match(
      (await run(['mcp', `${origin}/mcp`, '--contract'], { folder })).stderr,
      /^--contract goes with --check/,
    );
  });

  it('writes a token of the URL into no report and no contract', async (test) => {
    const folder = await mkdtemp(join(tmpdir(), 'oe-mcp-'));
    test.after(() => rm(folder, { recursive: true }));
    const origin = await serve(test, documents, challenge);
    const token = 'planted-4c1d09e2b7f3';
    const url = `${origin}/mcp?access_token=${token}&tenant=a`;
    const args = ['mcp', url, '--check', '--write-contract', '--sarif', 'out.sarif'];
    for (const form of [[], ['--json']]) {
      const { stdout, stderr } = await run([...args, ...form], { folder });
      const files = ['oauth.checks.json', 'out.sarif'].map((file) => readFile(join(folder, file), 'utf8'));
      const written = [stdout, stderr, ...(await Promise.all(files))].join('\n');
      assert.ok(
        !written.includes(token),
        written.slice(Math.max(0, written.indexOf(token) - 200)).slice(0, 300),
      );
      assert.ok(written.includes('tenant=a'));
    }
  });

  it('ends when it is interrupted, in the walk as in the checks, with 130', async (test) => {
    const server = createServer(() => undefined);
    const origin = `http://127.0.0.1:${await listen(server, 0)}`;
    test.after(() => close(server));
    const walk = await run(['mcp', `${origin}/mcp`], { interrupt: { after: 'Exploring' } });
    assert.deepEqual([walk.code, walk.stdout], [130, ''], walk.stderr);
    const folder = await mkdtemp(join(tmpdir(), 'oe-mcp-'));
    test.after(() => rm(folder, { recursive: true }));
    const args = ['mcp', `${origin}/mcp`, '--check', '--write-contract', '--sarif', 'out.sarif'];
    const checks = await run(args, { folder, interrupt: { after: '1/' } });
    assert.equal(checks.code, 130, checks.stdout + checks.stderr);
    // What was not found out is promised nowhere.
    assert.deepEqual(
      (await readdir(folder)).filter((name) => name === 'oauth.checks.json'),
      [],
    );
  });

  it('says when nothing could be determined', async () => {
    assert.equal((await run(['mcp', 'http://127.0.0.1:9/mcp', '--check'])).code, 2);
  });

  it('counts warnings and notes when it is told to', async (test) => {
    const server = {
      ...documents['/.well-known/oauth-authorization-server'],
      registration_endpoint: undefined,
    };
    const origin = await serve(
      test,
      { ...documents, '/.well-known/oauth-authorization-server': server },
      challenge,
    );
    assert.equal((await run(['mcp', `${origin}/mcp`])).code, 0);
    assert.equal((await run(['mcp', `${origin}/mcp`, '--fail-on', 'warning'])).code, 1);
  });

  it('lets nothing of a server steer the terminal', async (test) => {
    const evil = {
      ...documents['/.well-known/oauth-protected-resource/mcp'],
      resource: 'https://x.example/\u001b[2J\nerror: no\u202e',
    };
    const origin = await serve(
      test,
      { ...documents, '/.well-known/oauth-protected-resource/mcp': evil },
      challenge,
    );
    for (const format of [[], ['--json']]) {
      const { stdout } = await run(['mcp', `${origin}/mcp`, ...format]);
      // eslint-disable-next-line no-control-regex -- control characters are what is looked for
      assert.doesNotMatch(stdout, /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
      assert.doesNotMatch(stdout, /^error: no/m);
    }
  });

  it('ends with 2 when nobody answers, and for what is no address', async () => {
    const gone = await run(['mcp', 'http://127.0.0.1:9/mcp']);
    assert.deepEqual([gone.code, gone.stdout], [2, '']);
    assert.match(gone.stderr, /127\.0\.0\.1:9/);
    const plain = await run(['mcp', 'http://mcp.example.com/mcp']);
    assert.equal(plain.code, 2, plain.stderr);
    for (const url of ['mcp.example.com', 'file:///etc/passwd', 'x'])
      assert.match((await run(['mcp', url])).stderr, /^The URL must be that of an MCP server/);
  });
});
