import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { registerAgents } from '../../../src/host/registerAgents.ts';
import { test } from '../suite.ts';

/** What VS Code asks of every window as it starts. */
interface Asked {
  mcp?: vscode.McpServerDefinitionProvider;
  sessions?: vscode.AuthenticationProvider;
}

/** Registers everything for others with `kept` in the global state; gives what VS Code would ask, and how often anything was loaded. */
async function registered(
  kept: Readonly<Record<string, unknown>>,
  body: (asked: Asked, loads: () => number) => Promise<void>,
): Promise<void> {
  const { lm, authentication, languages } = vscode;
  const before = {
    registerTool: Reflect.get(lm, 'registerTool') as unknown,
    registerMcpServerDefinitionProvider: Reflect.get(lm, 'registerMcpServerDefinitionProvider') as unknown,
  };
  const registerAuthenticationProvider = Reflect.get(
    authentication,
    'registerAuthenticationProvider',
  ) as unknown;
  const registerCodeLensProvider = Reflect.get(languages, 'registerCodeLensProvider') as unknown;
  const asked: Asked = {};
  const nothing = () => new vscode.Disposable(() => undefined);
  Object.assign(lm, {
    registerTool: nothing,
    registerMcpServerDefinitionProvider: (_: string, provider: vscode.McpServerDefinitionProvider) => {
      asked.mcp = provider;
      return nothing();
    },
  });
  Object.assign(authentication, {
    registerAuthenticationProvider: (_: string, __: string, provider: vscode.AuthenticationProvider) => {
      asked.sessions = provider;
      return nothing();
    },
  });
  Object.assign(languages, { registerCodeLensProvider: nothing });
  let loads = 0;
  const state = {
    get: (key: string) => kept[key],
    update: () => Promise.resolve(),
    keys: () => [],
    setKeysForSync: nothing,
  };
  const { registered: all } = registerAgents(() => {
    loads++;
    return Promise.reject(new Error('loaded'));
  }, state as vscode.Memento);
  try {
    await body(asked, () => loads);
  } finally {
    for (const one of all) one.dispose();
    Object.assign(lm, before);
    Object.assign(authentication, { registerAuthenticationProvider });
    Object.assign(languages, { registerCodeLensProvider });
  }
}

const none = new vscode.CancellationTokenSource().token;

async function withProfiles(profiles: readonly object[], body: () => Promise<void>): Promise<void> {
  const settings = () => vscode.workspace.getConfiguration('oauthExplorer');
  await settings().update('profiles', profiles, vscode.ConfigurationTarget.Global);
  try {
    await body();
  } finally {
    await settings().update('profiles', undefined, vscode.ConfigurationTarget.Global);
  }
}

const machine = {
  id: 'machine',
  grant: 'client_credentials',
  issuer: 'https://as.example.com',
  clientId: 'c',
};

test('nothing is loaded for what VS Code asks of every window, while no profile feeds a server and no session was made', () =>
  withProfiles([machine], () =>
    registered({}, async ({ mcp, sessions }, loads) => {
      assert.deepEqual(await mcp?.provideMcpServerDefinitions(none), []);
      assert.deepEqual(await sessions?.getSessions(undefined, {}), []);
      assert.deepEqual(await sessions?.getSessions(['profile:machine'], {}), []);
      assert.equal(loads(), 0);
    }),
  ));

test('a profile that feeds a server is told of, and so is a session that was made', () =>
  withProfiles([machine, { ...machine, id: 'fed', mcpServer: 'https://mcp.example.com/mcp' }], () =>
    registered({ 'sessions.profiles': ['machine'] }, async ({ mcp, sessions }, loads) => {
      await assert.rejects(async () => mcp?.provideMcpServerDefinitions(none), /loaded/);
      await assert.rejects(async () => sessions?.getSessions(undefined, {}), /loaded/);
      assert.equal(loads(), 2);
    }),
  ));
