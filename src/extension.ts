import * as vscode from 'vscode';
import { registerAgents } from './host/registerAgents.ts';
import { registerEditor } from './host/editor/registerEditor.ts';
import { dropToImport } from './host/trees/dropToImport.ts';
import { FlowsTree } from './host/trees/flowsTree.ts';
import { pressedOn } from './host/trees/pressedOn.ts';
import { ProfilesTree } from './host/trees/profilesTree.ts';
import type { Composed } from './host/compose.ts';
import type { OAuthExplorerApi } from './shared/api.ts';
import { commands, type CommandName } from './shared/commands.ts';
import { once } from './shared/once.ts';
import { views } from './shared/trees.ts';

/** What is still to be done when the window closes; VS Code's interface for that has no other place to keep it. */
let close: () => Promise<void> = () => Promise.resolve();

/** VS Code waits for this before it ends the extension host. */
export function deactivate(): Promise<void> {
  return close();
}

/**
 * Registers everything and builds nothing: the services come to life when one of them is first asked for,
 * so that opening an `.http` file costs the user no wait.
 *
 * @returns what other extensions may ask for
 */
export function activate(context: vscode.ExtensionContext): OAuthExplorerApi {
  const profiles = new ProfilesTree(async () => (await services()).profileLines());
  const flows = new FlowsTree(async () => (await services()).flowLines());
  const profilesView = vscode.window.createTreeView(views.profiles, {
    treeDataProvider: profiles,
    dragAndDropController: dropToImport,
  });
  const flowsView = vscode.window.createTreeView(views.flows, { treeDataProvider: flows });
  const say = (sentence: string | undefined) => {
    profilesView.message = sentence ?? '';
  };
  const services: () => Promise<Composed> = once(async () => {
    const { compose } = await import('./host/compose.ts');
    const made = await compose(context, { profiles, flows, say });
    close = () => made.close();
    return made;
  });

  for (const name of Object.keys(commands) as CommandName[])
    context.subscriptions.push(
      vscode.commands.registerCommand(commands[name], async (...args: unknown[]) => {
        const { handle } = await import('./host/commands/handle.ts');
        const meant = pressedOn(args, { profiles: profilesView, flows: flowsView });
        return meant && handle(await services(), name, meant);
      }),
    );
  const { api, registered } = registerAgents(services, context.globalState);
  context.subscriptions.push(
    vscode.window.registerUriHandler({
      handleUri: async (uri) => {
        const { takeRedirect } = await import('./host/takeRedirect.ts');
        await takeRedirect(await services(), uri);
      },
    }),
    ...registered,
    registerEditor(async () => (await services()).editor()),
    profilesView,
    flowsView,
  );
  return api;
}
