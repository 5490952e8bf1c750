import assert from 'node:assert/strict';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as vscode from 'vscode';
import { compose } from '../../src/host/compose.ts';
import type { Services } from '../../src/host/services.ts';
import { FlowsTree } from '../../src/host/trees/flowsTree.ts';
import { ProfilesTree } from '../../src/host/trees/profilesTree.ts';
import { storageUri } from './storageUri.ts';
import { test } from './suite.ts';

function memento(): vscode.Memento & { setKeysForSync: () => void } {
  const values = new Map<string, unknown>();
  return {
    keys: () => [...values.keys()],
    get: (key: string, otherwise?: unknown): unknown => values.get(key) ?? otherwise,
    update: (key: string, value: unknown) => Promise.resolve(void values.set(key, value)),
    setKeysForSync: () => undefined,
  } as vscode.Memento & { setKeysForSync: () => void };
}

/** The extension's services as `activate` makes them, with a state of their own; the keychain and all of VS Code are the real ones. */
async function makeServices(): Promise<{ readonly services: Services; readonly dispose: () => void }> {
  const extension = vscode.extensions.getExtension('oauth-explorer.oauth-explorer');
  assert.ok(extension);
  const subscriptions: vscode.Disposable[] = [];
  const secrets = new Map<string, string>();
  const { extensionUri, extensionPath } = extension;
  const context: Partial<vscode.ExtensionContext> = {
    extension,
    extensionUri,
    extensionPath,
    globalStorageUri: await storageUri(),
    subscriptions,
    globalState: memento(),
    workspaceState: memento(),
    secrets: {
      get: (key) => Promise.resolve(secrets.get(key)),
      store: (key, value) => Promise.resolve(void secrets.set(key, value)),
      delete: (key) => Promise.resolve(void secrets.delete(key)),
      onDidChange: new vscode.EventEmitter<vscode.SecretStorageChangeEvent>().event,
    },
  };
  const services = await compose(context as vscode.ExtensionContext, {
    profiles: new ProfilesTree(() => Promise.resolve([])),
    flows: new FlowsTree(() => Promise.resolve([])),
    say: () => undefined,
  });
  // VS Code has one log channel for this name, which is the extension's own too.
  const owned = subscriptions.filter((one) => !Object.is(one, services.output));
  return { services, dispose: () => void vscode.Disposable.from(...owned).dispose() };
}

/** Sets the user's profiles, or takes the setting away, and waits until the services know. */
export async function setProfiles(
  { profiles }: Services,
  value: readonly { readonly id: string }[] | undefined,
): Promise<void> {
  const settings = vscode.workspace.getConfiguration('oauthExplorer', null);
  await settings.update('profiles', value, vscode.ConfigurationTarget.Global);
  await eventually(() => profiles.ids().join() === (value ?? []).map(({ id }) => id).join());
}

/** Declares a test with the services; the user's profiles, their secrets and tokens, and open editors are gone afterwards. */
export function servicesTest(name: string, body: (services: Services) => Promise<void>): void {
  test(name, async () => {
    const { services, dispose } = await makeServices();
    try {
      await body(services);
    } finally {
      for (const { profile } of services.profiles.list().profiles)
        await services.tokens.deleteProfile(profile);
      await setProfiles(services, undefined);
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
      dispose();
    }
  });
}

/** Waits until `holds`, at most a minute; what is asserted afterwards says what did not. */
export async function eventually(holds: () => boolean): Promise<void> {
  for (let tries = 0; tries < 1200 && !holds(); tries++)
    await new Promise((resolve) => setTimeout(resolve, 50));
}

export interface TokenServer {
  readonly origin: string;
  /** How often it was asked. */
  readonly asked: () => number;
  readonly close: () => Promise<void>;
}

/** A token endpoint on loopback that issues `TOKEN-<client id>-<n>`; `answer` may do otherwise. */
export async function tokenServer(
  answer?: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<TokenServer> {
  let asked = 0;
  const server = createServer((request, response) => {
    asked++;
    if (answer) {
      answer(request, response);
      return;
    }
    const basic = Buffer.from((request.headers.authorization ?? '').slice('Basic '.length), 'base64');
    const client = basic.toString().split(':')[0] ?? '';
    request.resume();
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(
      JSON.stringify({ access_token: `TOKEN-${client}-${asked}`, token_type: 'Bearer', expires_in: 3600 }),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked: () => asked,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

/** A client-credentials profile at a token server, as the settings have it. */
export function entryAt(origin: string, id: string, over: object = {}) {
  return {
    id,
    name: id,
    grant: 'client_credentials',
    tokenEndpoint: `${origin}/token`,
    clientId: id,
    ...over,
  };
}
