import * as vscode from 'vscode';
import type { OAuthExplorerApi } from '../shared/api.ts';
import { member } from '../shared/json.ts';
import { once } from '../shared/once.ts';
import { settingsSection } from '../shared/settings.ts';
import { toolNames } from '../shared/toolNames.ts';
import { sessionIds } from './agents/sessionIds.ts';
import type { Services } from './services.ts';
import { onSettingChange } from './settings.ts';

/**
 * Registers everything by which callers other than the user reach the extension: chat tools, authentication sessions, MCP
 * servers that get their tokens from profiles, the public API, and the contract in the workspace. All of it is loaded on first
 * use.
 */
export function registerAgents(
  services: () => Promise<Services>,
  state: vscode.Memento,
): {
  readonly api: OAuthExplorerApi;
  readonly registered: readonly vscode.Disposable[];
} {
  return {
    api: publicApi(services),
    registered: [
      ...toolNames.map((name) => chatTool(name, services)),
      sessions(services, state),
      mcpServers(services),
      contract(services),
    ],
  };
}

function chatTool(name: (typeof toolNames)[number], services: () => Promise<Services>): vscode.Disposable {
  return vscode.lm.registerTool(name, {
    prepareInvocation: async ({ input }) => {
      const { prepareTool } = await import('./agents/chatTools.ts');
      return prepareTool(await services(), name, input);
    },
    invoke: async ({ input }, cancellation) => {
      const { invokeTool } = await import('./agents/chatTools.ts');
      return invokeTool(await services(), name, input, cancellation);
    },
  });
}

function sessions(services: () => Promise<Services>, state: vscode.Memento): vscode.Disposable {
  const changed = new vscode.EventEmitter<vscode.AuthenticationProviderAuthenticationSessionsChangeEvent>();
  const made = once(async () => {
    const { TokenSessions } = await import('./agents/tokenSessions.ts');
    return new TokenSessions(await services(), (change) => changed.fire(change));
  });
  const provider: vscode.AuthenticationProvider = {
    onDidChangeSessions: changed.event,
    // VS Code asks when a window starts: nothing is loaded as long as no session was ever created.
    getSessions: async (scopes) => (sessionIds(state).length === 0 ? [] : (await made()).getSessions(scopes)),
    createSession: async (scopes) => (await made()).createSession(scopes),
    removeSession: async (id) => (await made()).removeSession(id),
  };
  const options = { supportsMultipleAccounts: true };
  return vscode.Disposable.from(
    changed,
    vscode.authentication.registerAuthenticationProvider(
      'oauth-explorer',
      'OAuth Explorer',
      provider,
      options,
    ),
  );
}

function mcpServers(services: () => Promise<Services>): vscode.Disposable {
  const changed = new vscode.EventEmitter<void>();
  const made = once(async () => {
    const { McpServers } = await import('./agents/mcpServers.ts');
    begun.dispose();
    return new McpServers(await services(), () => changed.fire());
  });
  // Until `McpServers` is loaded, only this notices the first profile with an MCP server.
  const begun = onSettingChange('profiles', () => {
    if (feedsServers()) changed.fire();
  });
  return vscode.Disposable.from(
    changed,
    begun,
    vscode.lm.registerMcpServerDefinitionProvider('oauthExplorer.mcp', {
      onDidChangeMcpServerDefinitions: changed.event,
      // VS Code asks when a window starts: nothing is loaded for users whose profiles have no MCP server.
      provideMcpServerDefinitions: async () => (feedsServers() ? (await made()).provide() : []),
      resolveMcpServerDefinition: async (definition, cancellation) =>
        definition instanceof vscode.McpHttpServerDefinition
          ? (await made()).resolve(definition, cancellation)
          : undefined,
    }),
  );
}

/** Whether any settings have an entry with an MCP server; whether the entry is valid is checked later. */
function feedsServers(): boolean {
  const resources = [null, ...(vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri)];
  return resources.some((resource) => {
    const values = vscode.workspace.getConfiguration(settingsSection, resource).inspect<unknown>('profiles');
    return [values?.globalValue, values?.workspaceValue, values?.workspaceFolderValue].some(
      (value) => Array.isArray(value) && value.some((entry) => member(entry, 'mcpServer') !== undefined),
    );
  });
}

function contract(services: () => Promise<Services>): vscode.Disposable {
  const changed = new vscode.EventEmitter<void>();
  const made = once(async () => {
    const [{ ContractFeatures }, all] = await Promise.all([
      import('./agents/contractFeatures.ts'),
      services(),
    ]);
    const features = new ContractFeatures(all, () => changed.fire());
    all.own(features);
    return features;
  });
  const selector = { pattern: '**/oauth.checks.json' };
  return vscode.Disposable.from(
    changed,
    vscode.languages.registerCodeLensProvider(selector, {
      onDidChangeCodeLenses: changed.event,
      provideCodeLenses: async (document) => (await made()).lenses(document),
    }),
  );
}

function publicApi(services: () => Promise<Services>): OAuthExplorerApi {
  const api = once(async () => {
    const { publicApi: make } = await import('./agents/publicApi.ts');
    return make(await services());
  });
  return {
    apiVersion: 1,
    getToken: async (...asked) => (await api()).getToken(...asked),
    explainFailure: async (...asked) => (await api()).explainFailure(...asked),
    runChecks: async (...asked) => (await api()).runChecks(...asked),
  };
}
