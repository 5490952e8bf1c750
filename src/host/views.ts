import type * as vscode from 'vscode';
import type { FlowPanels } from './panels/flowPanel.ts';
import type { ProfilePanels } from './panels/profilePanel.ts';
import type { TokenPanels } from './panels/tokenPanel.ts';
import { networkFetch } from './network.ts';
import type { Parts } from './parts.ts';
import { setting } from './settings.ts';

/** The views, each loaded and made when it is first opened. */
export class Views implements vscode.Disposable {
  readonly #parts: () => Parts;
  readonly #made: vscode.Disposable[] = [];
  #flow: Promise<FlowPanels> | undefined;
  #token: Promise<TokenPanels> | undefined;
  #profile: Promise<ProfilePanels> | undefined;

  /** @param parts asked for when a view is first opened, since parts and views need each other. */
  constructor(parts: () => Parts) {
    this.#parts = parts;
  }

  flow(): Promise<FlowPanels> {
    return (this.#flow ??= this.#make(async () => {
      const { FlowPanels } = await import('./panels/flowPanel.ts');
      const parts = this.#parts();
      return new FlowPanels({
        extensionUri: parts.context.extensionUri,
        flows: parts.flows,
        run: (command, argument) => parts.run(command, argument),
      });
    }));
  }

  profile(): Promise<ProfilePanels> {
    return (this.#profile ??= this.#make(async () => {
      const [{ ProfilePanels }, { profilePanelDeps }] = await Promise.all([
        import('./panels/profilePanel.ts'),
        import('./profilePanelDeps.ts'),
      ]);
      return new ProfilePanels(profilePanelDeps(this.#parts()));
    }));
  }

  token(): Promise<TokenPanels> {
    return (this.#token ??= this.#make(async () => {
      const { TokenPanels } = await import('./panels/tokenPanel.ts');
      const parts = this.#parts();
      return new TokenPanels({
        extensionUri: parts.context.extensionUri,
        clock: parts.clock,
        fetch: networkFetch,
        metadata: parts.runner.metadata,
        timeout: () => setting('requestTimeout') * 1000,
        run: (action, profile) => parts.run(action === 'settings' ? 'editProfile' : action, { profile }),
      });
    }));
  }

  dispose(): void {
    for (const view of this.#made) view.dispose();
  }

  async #make<View extends vscode.Disposable>(make: () => Promise<View>): Promise<View> {
    const view = await make();
    this.#made.push(view);
    return view;
  }
}
