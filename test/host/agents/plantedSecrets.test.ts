import assert from 'node:assert/strict';
import { tokensOf } from '../tokensOf.ts';
import { randomBytes } from 'node:crypto';
import { inspect } from 'node:util';
import * as vscode from 'vscode';
import { CheckTests } from '../../../src/host/agents/checkTests.ts';
import { ContractFeatures } from '../../../src/host/agents/contractFeatures.ts';
import { publicApi } from '../../../src/host/agents/publicApi.ts';
import { TokenSessions } from '../../../src/host/agents/tokenSessions.ts';
import { toolPorts } from '../../../src/host/agents/toolPorts.ts';
import { commands } from '../../../src/shared/commands.ts';
import { machineProfile, userProfile } from '../../support/profiles.ts';
import { startStandIn, type SeenRequest, type StandIn } from '../../support/servers/standIn.ts';
import { workspaceFolder } from '../editor/fixture.ts';
import { withServices, type Fixture } from '../services.ts';
import { test, until } from '../suite.ts';

const plant = () => randomBytes(24).toString('base64url');

/** What must never be said. */
interface Planted {
  readonly secret: string;
  readonly access: string;
  readonly refresh: string;
  readonly cookie: string;
}

/** What the server does at its token endpoint. */
type Mode = 'tokens' | 'echo' | 'page';

interface Canary extends Fixture {
  readonly planted: Planted;
  readonly server: StandIn;
  /** How the token endpoint answers from now on. */
  readonly answer: (mode: Mode) => void;
  /** What went to the output channel. */
  readonly logged: readonly string[];
}

/** Services with a client whose secret, tokens and cookies its server says again wherever an answer has room. */
async function withCanary(body: (canary: Canary) => Promise<void>): Promise<void> {
  const planted = { secret: plant(), access: plant(), refresh: plant(), cookie: plant() };
  const heard: string[] = [];
  let mode: Mode = 'tokens';
  const server = await startStandIn((request, origin) => {
    heard.push(...saidBy(request));
    return hostile({ request, origin, mode, planted, told: heard.slice(-12).join(' ') });
  });
  try {
    await withServices(async (fixture) => {
      const logged: string[] = [];
      const log = (line: string) => void logged.push(line);
      Object.assign(fixture.services.output, { info: log, warn: log, error: log });
      await fixture.add(machineProfile({ issuer: server.origin }), planted.secret);
      await body({ ...fixture, planted, server, logged, answer: (next) => (mode = next) });
      assertClean([...logged, ...fixture.user.heard], planted, 'the output channel and messages');
    });
  } finally {
    await server.close();
  }
}

function saidBy({ headers, body }: SeenRequest): readonly string[] {
  const { authorization = '' } = headers;
  return [body, authorization, Buffer.from(authorization.split(' ')[1] ?? '', 'base64').toString()];
}

function hostile(given: {
  readonly request: SeenRequest;
  readonly origin: string;
  readonly mode: Mode;
  readonly planted: Planted;
  readonly told: string;
}) {
  const { request, origin, mode, planted, told } = given;
  if (request.path.startsWith('/.well-known/'))
    return {
      status: 200,
      body: {
        ...{ issuer: origin, token_endpoint: `${origin}/token`, revocation_endpoint: `${origin}/revoke` },
        ...{ authorization_endpoint: `${origin}/auth`, response_types_supported: ['code'] },
      },
    };
  if (request.path === '/token' && mode === 'tokens')
    return {
      status: 200,
      headers: { 'set-cookie': `s=${planted.cookie}` },
      body: {
        ...{ access_token: planted.access, refresh_token: planted.refresh, token_type: 'Bearer' },
        ...{ expires_in: 3600, note: told },
      },
    };
  if (mode === 'page')
    return { status: 500, headers: { 'content-type': 'text/html' }, body: `<!doctype html><p>${told}</p>` };
  return {
    status: 400,
    headers: { 'www-authenticate': `Basic realm="${told}"`, 'set-cookie': `s=${planted.cookie}` },
    body: { error: 'invalid_client', error_description: told, error_uri: told },
  };
}

/** Nothing planted, nor more than its last characters, in whatever was said. */
function assertClean(said: unknown, planted: Planted, where: string): void {
  const text = typeof said === 'string' ? said : inspect(said, { depth: 20, maxArrayLength: 5000 });
  for (const [name, secret] of Object.entries(planted) as [string, string][])
    for (const part of [
      secret,
      secret.slice(-12),
      secret.slice(0, 16),
      Buffer.from(`machine-client:${secret}`).toString('base64').slice(0, -2),
    ]) {
      const at = text.indexOf(part);
      assert.ok(at < 0, `${name} in ${where}: ${text.slice(Math.max(0, at - 300), at + 60)}`);
    }
}

/** What is thrown, with everything that hangs on it. */
async function thrownBy(call: () => unknown): Promise<Error> {
  try {
    await call();
  } catch (thrown) {
    assert.ok(thrown instanceof Error, inspect(thrown));
    return thrown;
  }
  return assert.fail('Nothing was thrown.');
}

/** What callers might give in place of a profile's id. */
const hostileIds = ({ secret, access }: Planted): readonly unknown[] => [
  ...[secret, access, `profile:${secret}`, `Bearer ${access}`],
  ...[null, 7, [secret], { profile: secret }, { toString: () => secret }],
];

test('canary: the public API refuses and throws without what was planted', () =>
  withCanary(async ({ services, planted, answer, user }) => {
    const api = publicApi(services);
    for (const id of hostileIds(planted)) {
      assertClean(await thrownBy(() => api.getToken(id as string)), planted, 'getToken of no profile');
      assertClean(await thrownBy(() => api.runChecks(id as string)), planted, 'runChecks of no profile');
      assertClean(
        await thrownBy(() => api.explainFailure('{"error":"invalid_grant"}', { profile: id as string })),
        planted,
        'explainFailure of no profile',
      );
    }
    assertClean(await thrownBy(() => api.getToken('machine')), planted, 'getToken that is not allowed');
    await services.access.allows('extension', tokensOf(services, 'machine'), () =>
      Promise.resolve('session'),
    );
    for (const mode of ['echo', 'page'] as const) {
      answer(mode);
      assertClean(await thrownBy(() => api.getToken('machine')), planted, `getToken where it is ${mode}`);
    }
    answer('tokens');
    const { accessToken, ...rest } = await api.getToken('machine');
    assert.equal(accessToken, planted.access);
    assertClean(rest, planted, 'what getToken gives besides');
    for (const only of [[planted.secret], [planted.access, 'client']])
      assertClean(await thrownBy(() => api.runChecks('machine', { only })), planted, 'unknown checks');
    for (const mode of ['tokens', 'echo', 'page'] as const) {
      answer(mode);
      user.presses.push('Run Checks');
      const results = await api.runChecks('machine');
      assert.ok(results.length > 5);
      assertClean(results, planted, `runChecks where it is ${mode}`);
    }
  }));

test('canary: the public API explains an answer without what is secret in it', () =>
  withCanary(async ({ services, planted }) => {
    const api = publicApi(services);
    const { secret, access, refresh, cookie } = planted;
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    // What no field names is known by its form.
    const jwt = `${part({ alg: 'HS256' })}.${part({ sub: 'alice' })}.${access}`;
    const head = 'HTTP/1.1 400 Bad Request\r\nContent-Type: application/json\r\n';
    for (const answer of [
      `${head}Set-Cookie: s=${cookie}\r\n\r\n{"error":"invalid_client","client_secret":"${secret}"}`,
      `${head}\r\n{"error":"invalid_grant","refresh_token":"${refresh}","error_description":"no ${refresh}"}`,
      `HTTP/1.1 401 No\r\nWWW-Authenticate: Bearer error="invalid_token"\r\nAuthorization: Bearer ${access}\r\n\r\n`,
      `https://app.example.com/cb?error=server_error&client_secret=${secret}&code=${access}`,
      `HTTP/1.1 200 OK\r\n\r\n{"access_token":"${access}"}`,
      `nothing of the kind`,
      `HTTP/1.1 500 Oops\r\n\r\nno ${jwt} here`,
      `${head}\r\n{"error":"invalid_grant","error_description":"no ${jwt}"}`,
      '',
    ])
      for (const options of [{}, { profile: 'machine' }, { profile: 'machine', status: 401 }, { status: 0 }])
        assertClean(
          await api.explainFailure(answer, options).catch((thrown: unknown) => thrown),
          planted,
          `explainFailure ${answer.slice(0, 30)}`,
        );
  }));

test('canary: sessions have ids, labels, scopes and errors without what was planted', () =>
  withCanary(async ({ services, planted, answer }) => {
    const told: vscode.AuthenticationProviderAuthenticationSessionsChangeEvent[] = [];
    const sessions = new TokenSessions(services, (changed) => told.push(changed));
    for (const id of hostileIds(planted))
      assertClean(
        await thrownBy(() => sessions.createSession([`profile:${String(id)}`])),
        planted,
        'createSession',
      );
    assertClean(
      await thrownBy(() => sessions.createSession([planted.secret, planted.access])),
      planted,
      'scopes',
    );
    for (const mode of ['echo', 'page'] as const) {
      answer(mode);
      assertClean(await thrownBy(() => sessions.createSession(['profile:machine'])), planted, mode);
    }
    answer('tokens');
    const { accessToken, ...session } = await sessions.createSession(['profile:machine']);
    assert.equal(accessToken, planted.access);
    assertClean(session, planted, 'a session but for its token');
    // The server refuses the revocation, and says again what it was sent.
    answer('echo');
    await sessions.removeSession(session.id);
    const events = told.flatMap(({ added = [], changed = [], removed = [] }) =>
      [...added, ...changed, ...removed].map(({ id, account, scopes }) => ({ id, account, scopes })),
    );
    assert.ok(events.length > 1);
    assertClean(events, planted, 'events');
    assertClean(
      services.globalState.keys().map((key) => services.globalState.get(key)),
      planted,
      'the state of VS Code',
    );
  }));

test('canary: a terminal has the token in its variable only, a task has an error without it', () =>
  withCanary(async ({ services, planted, answer, user }) => {
    for (const id of hostileIds(planted).filter((one) => typeof one === 'string')) {
      const thrown = await thrownBy(() => services.run('accessToken', { profile: id }));
      assertClean(thrown, planted, 'accessToken of no profile');
      const real = await thrownBy(() =>
        vscode.commands.executeCommand(commands.accessToken, { profile: id }),
      );
      assertClean(real, planted, 'accessToken as a task asks for it');
      await services.run('openTerminal', { profile: id, variable: 'TOKEN_A' });
    }
    assertClean(
      await thrownBy(() => services.run('accessToken', { profile: 'machine' })),
      planted,
      'refused',
    );
    for (const who of ['command', 'terminal'] as const)
      await services.access.allows(who, tokensOf(services, 'machine'), () => Promise.resolve('session'));
    for (const mode of ['echo', 'page'] as const) {
      answer(mode);
      assertClean(
        await thrownBy(() => services.run('accessToken', { profile: 'machine' })),
        planted,
        `accessToken where it is ${mode}`,
      );
    }
    await services.run('openTerminal', { profile: 'machine', variable: 'TOKEN_A' });
    answer('tokens');
    await services.run('openTerminal', { profile: 'machine', variable: `${planted.secret}-` });
    await services.run('openTerminal', { profile: 'machine', variable: 'TOKEN_A' });
    const [terminal, ...more] = vscode.window.terminals.filter(({ name }) => name.startsWith('Token: '));
    try {
      assert.ok(terminal !== undefined && more.length === 0);
      const { env, ...options } = terminal.creationOptions as vscode.TerminalOptions;
      assert.deepEqual(env, { TOKEN_A: planted.access });
      assertClean([terminal.name, options], planted, 'a terminal but for its variable');
      assertClean(
        services.workspaceState.keys().map((key) => services.workspaceState.get(key)),
        planted,
        'the state of the workspace',
      );
      assert.ok(user.heard.length > 0);
    } finally {
      terminal?.dispose();
      await until('the terminal to close', () => !vscode.window.terminals.some((one) => one === terminal));
    }
  }));

test('canary: the Test Explorer has labels, messages and output without what was planted', () =>
  withCanary(async ({ services, planted, answer, add, server }) => {
    await add(
      userProfile({ issuer: server.origin, mcpServer: `${server.origin}/mcp?api_key=${planted.secret}` }),
    );
    const controller = vscode.tests.createTestController('oauthExplorerCanary', 'Canary');
    const said: unknown[] = [];
    const say = (...all: unknown[]) => void said.push(...all.map(spelt));
    const run: Partial<vscode.TestRun> = {
      ...{ enqueued: say, started: say, passed: say, failed: say, skipped: say, errored: say },
      ...{ appendOutput: say, end: say },
    };
    controller.createTestRun = (...all) => {
      say(...all.slice(1));
      return run as vscode.TestRun;
    };
    try {
      const tests = new CheckTests(services, controller);
      for (const mode of ['tokens', 'echo', 'page'] as const) {
        answer(mode);
        await tests.resolve(undefined);
        await tests.run(new vscode.TestRunRequest(), false, new vscode.CancellationTokenSource().token);
      }
      controller.items.forEach((item) => {
        say(item);
        item.children.forEach(say);
      });
      assert.ok(said.length > 100, String(said.length));
      assertClean(said, planted, 'the Test Explorer');
      // Nothing answers any more: every test of a run ends with why.
      await server.close();
      await tests.run(new vscode.TestRunRequest(), false, new vscode.CancellationTokenSource().token);
      assertClean(said, planted, 'the Test Explorer without a server');
    } finally {
      controller.dispose();
    }
  }));

/** What VS Code shows of an item or a message. */
function spelt(one: unknown): unknown {
  if (one instanceof vscode.TestMessage) {
    const { message, expectedOutput, actualOutput } = one;
    return [message, expectedOutput, actualOutput];
  }
  if (typeof one !== 'object' || one === null || !('label' in one)) return one;
  const { id, label, description, error } = one as vscode.TestItem;
  return { id, label, description, error };
}

test('canary: diagnostics and lenses of a contract repeat nothing that stands in it', () =>
  withCanary(async ({ services, planted }) => {
    const { secret, access } = planted;
    // After those of this folder that write it too (`contract.test.ts`): VS Code keeps what it has read of it for minutes.
    const uri = vscode.Uri.joinPath(workspaceFolder(), 'oauth.checks.json');
    const features = new ContractFeatures(services, () => undefined);
    try {
      for (const promised of [
        { profiles: { machine: { checks: { [secret]: 'pass', [`${secret}.plain`]: 'pass' } } } },
        {
          profiles: { machine: { checks: { 'pkce.plain': secret, pkce: { verdict: secret, [secret]: 1 } } } },
        },
        { profiles: { machine: { [secret]: {}, lifetimes: { [secret]: 1 }, scopes: { [secret]: access } } } },
        { profiles: { [secret]: { register: access } }, [secret]: 1 },
        {
          servers: {
            [secret]: {},
            [`https://x.example/mcp?api_key=${secret}`]: { checks: { [access]: 'pass' } },
          },
        },
        secret,
      ]) {
        await vscode.workspace.fs.writeFile(uri, Buffer.from(JSON.stringify(promised, undefined, 1)));
        const document = await vscode.workspace.openTextDocument(uri);
        await until('the text', () => document.getText().includes(secret));
        await until('the diagnostics', () => vscode.languages.getDiagnostics(uri).length > 0);
        const ours = vscode.languages.getDiagnostics(uri).filter(({ source }) => source === 'OAuth Explorer');
        assertClean(
          [...ours, ...features.lenses(document)].map((one) =>
            'message' in one ? one.message : one.command?.title,
          ),
          planted,
          'what is said of a contract',
        );
      }
    } finally {
      features.dispose();
      await vscode.workspace.fs.delete(uri);
    }
  }));

test('canary: what nobody foresaw is logged without its message', () =>
  withCanary(async ({ services, planted, logged }) => {
    toolPorts(services).unexpected(new Error(`read ${planted.access}\n    at ${planted.secret}`));
    toolPorts(services).unexpected(`read ${planted.access}`);
    Object.assign(services, {
      profiles: {
        latest: () => {
          throw new TypeError(`no ${planted.secret}`);
        },
      },
    });
    await services.run('copyToken', { profile: 'machine' });
    assert.ok(
      logged.length >= 3 && logged.some((line) => /^copyToken: TypeError\n\s+at /.test(line)),
      logged.join('\n'),
    );
  }));
