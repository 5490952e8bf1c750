import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as vscode from 'vscode';
import { applyFix } from '../../src/core/diagnose/failureController.ts';
import { secretPlace, type Profile } from '../../src/core/profile/profile.ts';
import { EnvironmentStatus } from '../../src/host/environmentStatus.ts';
import { hostFixes } from '../../src/host/hostFixes.ts';
import { watchRenamed } from '../../src/host/renamedEnvironment.ts';
import { withServices, type Fixture } from './services.ts';
import { test, until } from './suite.ts';

/** A token endpoint that keeps what it was sent, and waits with its answers while it is told to. */
interface TokenServer {
  readonly host: string;
  /** `<client>:<secret>` of each request. */
  readonly seen: string[];
  hold: boolean;
  /** Answers what waits. */
  release: () => void;
  close: () => Promise<void>;
}

async function tokenServer(name: string): Promise<TokenServer> {
  const seen: string[] = [];
  const waiting: ServerResponse[] = [];
  const answer = (response: ServerResponse) => {
    const token = `${name}-token-${seen.length}`;
    response.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-store' });
    response.end(JSON.stringify({ access_token: token, token_type: 'Bearer', expires_in: 3600 }));
  };
  const server = createServer((request, response) => {
    request.resume();
    const { authorization = '' } = request.headers;
    seen.push(Buffer.from(authorization.replace('Basic ', ''), 'base64').toString());
    if (made.hold) waiting.push(response);
    else answer(response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const made: TokenServer = {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    hold: false,
    release: () => waiting.splice(0).forEach(answer),
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return made;
}

const configure = (key: string, value: unknown) =>
  vscode.workspace
    .getConfiguration('oauthExplorer', null)
    .update(key, value, vscode.ConfigurationTarget.Global);

const entry = {
  ...{ id: 'orders', name: 'Orders', grant: 'client_credentials', clientId: '${client}' },
  tokenEndpoint: 'http://${host}/token',
};

/** Two environments, each with a server of its own, and one profile with variables; the settings are empty after it. */
async function withEnvironments(
  body: (fixture: Fixture, dev: TokenServer, prod: TokenServer) => Promise<void>,
): Promise<void> {
  const [dev, prod] = [await tokenServer('dev'), await tokenServer('prod')];
  try {
    await withServices(async (fixture) => {
      const { profiles } = fixture.services;
      const environments = {
        dev: { host: dev.host, client: 'dev-client' },
        prod: { host: prod.host, client: 'prod-client' },
      };
      await configure('environments', environments);
      await configure('profiles', [entry]);
      await until('the settings', () => {
        profiles.environments.forget();
        return profiles.environments.list().environments.length === 2 && profiles.ids().length === 1;
      });
      await body(fixture, dev, prod);
    });
  } finally {
    await configure('environments', undefined);
    await Promise.all([dev.close(), prod.close()]);
  }
}

function effective({ profiles }: Fixture['services']): Profile {
  const found = profiles.get('orders')?.profile;
  assert.ok(found, JSON.stringify(profiles.list().invalid));
  return found;
}

const switchTo = ({ services }: Fixture, environment: string) =>
  services.run('switchEnvironment', { environment });
const getToken = ({ services }: Fixture) => services.run('getToken', { profile: 'orders' });

test('secrets and tokens of two environments do not mix, and the command switches between them', () =>
  withEnvironments(async (fixture, dev, prod) => {
    const { services, user } = fixture;
    // None is guessed of two, and nothing is sent.
    assert.match(services.profiles.list().invalid[0]?.problems[0]?.message ?? '', /choose an environment/);
    await switchTo(fixture, 'dev');
    assert.equal(effective(services).tokenEndpoint, `http://${dev.host}/token`);
    assert.equal(effective(services).name, 'Orders (dev)');
    user.types.push('secret-of-dev');
    await getToken(fixture);
    assert.deepEqual([dev.seen, prod.seen], [['dev-client:secret-of-dev'], []]);

    await switchTo(fixture, 'prod');
    assert.equal(await services.tokens.get(effective(services)), undefined);
    user.types.push('secret-of-prod');
    await getToken(fixture);
    assert.match(user.heard.join(' | '), /client secret of “Orders \(prod\)”/i);
    assert.deepEqual([dev.seen.length, prod.seen], [1, ['prod-client:secret-of-prod']]);
    assert.equal((await services.tokens.get(effective(services)))?.access_token, 'prod-token-1');

    await switchTo(fixture, 'dev');
    assert.equal((await services.tokens.get(effective(services)))?.access_token, 'dev-token-1');
    await services.session.fresh(effective(services), new AbortController().signal);
    assert.deepEqual(dev.seen, ['dev-client:secret-of-dev', 'dev-client:secret-of-dev']);
    assert.equal(prod.seen.length, 1);
  }));

test('what is under way when the environment is switched ends in its own', () =>
  withEnvironments(async (fixture, dev, prod) => {
    const { services, user } = fixture;
    await switchTo(fixture, 'dev');
    const inDev = effective(services);
    user.types.push('secret-of-dev');
    dev.hold = true;
    const flow = services.session.fresh(inDev, new AbortController().signal);
    await until('the request', () => dev.seen.length === 1);
    await switchTo(fixture, 'prod');
    dev.release();
    assert.equal((await flow).kind, 'token');
    assert.equal(await services.tokens.get(effective(services)), undefined);
    assert.equal((await services.tokens.get(inDev))?.access_token, 'dev-token-1');
    assert.deepEqual(prod.seen, []);
    assert.equal(services.profiles.latest(inDev)?.profile.tokenEndpoint, `http://${dev.host}/token`);
  }));

test('what is run again runs in its own environment, and fixes of an old run change no other', () =>
  withEnvironments(async (fixture, dev, prod) => {
    const { services, user, ran } = fixture;
    await switchTo(fixture, 'dev');
    user.types.push('secret-of-dev');
    await getToken(fixture);
    const inDev = effective(services);
    const [run] = services.flows.entries;
    assert.ok(run);
    await switchTo(fixture, 'prod');
    await services.run('runFlowAgain', { flow: run.flow.id });
    assert.deepEqual(
      dev.seen,
      ['dev-client:secret-of-dev', 'dev-client:secret-of-dev'],
      user.heard.join(' | '),
    );
    assert.deepEqual([prod.seen, ran.length], [[], 2]);
    // A secret that its page asks for is that of its environment.
    user.types.push('new-secret-of-dev');
    const deps = hostFixes(services);
    assert.equal((await applyFix({ kind: 'enter_secret' }, inDev, deps))?.done, true);
    assert.equal(await services.secrets.get(secretPlace(inDev)), 'new-secret-of-dev');
    assert.equal(await services.secrets.get(secretPlace(effective(services))), undefined);
    // Gone from the settings, it can be run in no other.
    await configure('environments', { prod: { host: prod.host, client: 'prod-client' } });
    await until('the settings', () => services.profiles.environments.list().environments.length === 1);
    await services.run('runFlowAgain', { flow: run.flow.id });
    assert.match(user.heard.join(' | '), /cannot be run again: its profile/);
    assert.deepEqual([dev.seen.length, prod.seen.length], [2, 0]);
  }));

test('what is saved of a profile in an environment keeps its variables', () =>
  withEnvironments(async (fixture) => {
    const { services } = fixture;
    await switchTo(fixture, 'prod');
    await services.profiles.rename('orders', 'Renamed');
    const stored = () => vscode.workspace.getConfiguration('oauthExplorer', null).get('profiles');
    await until('the settings', () => effective(services).name === 'Renamed (prod)');
    assert.deepEqual(stored(), [{ ...entry, name: 'Renamed' }]);
    // A fix on the page of a run in the other environment, which is not in force any more.
    const inDev = services.profiles.get('orders', 'dev')?.profile;
    assert.ok(inDev);
    await services.profiles.update({ ...inDev, scopes: ['more'] });
    await until('the scope', () => effective(services).scopes.length === 1);
    assert.deepEqual(stored(), [{ ...entry, name: 'Renamed', scopes: ['more'] }]);
    const copy = await services.profiles.duplicate('orders');
    await until('the copy', () => services.profiles.get(copy) !== undefined);
    assert.equal(services.profiles.get(copy)?.written?.tokenEndpoint, entry.tokenEndpoint);
  }));

test('an environment that is renamed in the settings takes its secrets and tokens along with one click', () =>
  withEnvironments(async (fixture, dev, prod) => {
    const { services, user } = fixture;
    const watch = watchRenamed(services);
    try {
      await switchTo(fixture, 'dev');
      user.types.push('secret-of-dev');
      await getToken(fixture);
      await services.tokens.flush();
      user.presses.push('Carry Over');
      await configure('environments', {
        stage: { host: dev.host, client: 'dev-client' },
        prod: { host: prod.host, client: 'prod-client' },
      });
      await until('the offer', () => user.presses.length === 0);
      assert.match(user.heard.join(' | '), /“dev” is gone from the settings, and “stage” is new/);
      await until('the environment', () => services.profiles.environments.active === 'stage');
      assert.equal(effective(services).name, 'Orders (stage)');
      assert.equal(services.tokens.peek(effective(services))?.access_token, 'dev-token-1');
      // Nothing is asked for: the secret is there.
      await getToken(fixture);
      assert.deepEqual([dev.seen.length, prod.seen.length], [2, 0]);
    } finally {
      watch.dispose();
    }
  }));

test('the status bar names the environment, and has no item while there is none', () => {
  const shown: vscode.StatusBarItem[] = [];
  const { createStatusBarItem } = vscode.window;
  const replaced = (...given: [string, vscode.StatusBarAlignment, number]) => {
    const item = createStatusBarItem(...given);
    shown.push(item);
    return item;
  };
  Object.assign(vscode.window, { createStatusBarItem: replaced });
  const status = new EnvironmentStatus();
  const one = { name: 'dev', source: { scope: 'user' }, values: new Map(), refused: new Map() } as const;
  try {
    status.show({ active: undefined, list: () => ({ environments: [], problems: [] }) });
    assert.equal(shown.length, 0);
    status.show({ active: 'dev', list: () => ({ environments: [one], problems: [] }) });
    assert.deepEqual(
      shown.map(({ text, command }) => [text, command]),
      [['$(layers) dev', 'oauthExplorer.switchEnvironment']],
    );
    status.show({ active: undefined, list: () => ({ environments: [one], problems: [] }) });
    assert.ok(shown[0]?.backgroundColor);
  } finally {
    status.dispose();
    Object.assign(vscode.window, { createStatusBarItem });
  }
});
