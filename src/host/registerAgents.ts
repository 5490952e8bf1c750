import * as vscode from 'vscode';
import type { OAuthExplorerApi } from '../shared/api.ts';
import { once } from '../shared/once.ts';
import { toolNames } from '../shared/toolNames.ts';
import type { Services } from './services.ts';

/**
 * Registers what others than the user reach the extension by: chat tools, sessions, the public API, and the contract in the
 * workspace. All of it is loaded when it is first asked for.
 */
export function registerAgents(services: () => Promise<Services>): {
  readonly api: OAuthExplorerApi;
  readonly registered: readonly vscode.Disposable[];
} {
  return {
    api: publicApi(services),
    registered: [
      ...toolNames.map((name) => chatTool(name, services)),
      sessions(services),
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

function sessions(services: () => Promise<Services>): vscode.Disposable {
  const changed = new vscode.EventEmitter<vscode.AuthenticationProviderAuthenticationSessionsChangeEvent>();
  const made = once(async () => {
    const { TokenSessions } = await import('./agents/tokenSessions.ts');
    return new TokenSessions(await services(), (change) => changed.fire(change));
  });
  const provider: vscode.AuthenticationProvider = {
    onDidChangeSessions: changed.event,
    getSessions: async (scopes) => (await made()).getSessions(scopes),
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
