import type * as vscode from 'vscode';
import { once } from '../shared/once.ts';
import type { TokenPanels } from './panels/tokenPanel.ts';
import type { Services, Views } from './services.ts';

/** Loads each view when it is first opened. */
export class LazyViews implements Views, vscode.Disposable {
  readonly #services: () => Services;
  readonly #made: vscode.Disposable[] = [];
  #tokens: TokenPanels | undefined;

  /** @param services called when a view is first opened, since services and views need each other */
  constructor(services: () => Services) {
    this.#services = services;
  }

  readonly flow = this.#lazy(async (of) => new (await import('./panels/flowPanel.ts')).FlowPanels(of));
  readonly failure = this.#lazy(
    async (of) => new (await import('./panels/failurePanel.ts')).FailurePanels(of),
  );
  readonly api = this.#lazy(async (of) => new (await import('./panels/apiPanel.ts')).ApiPanels(of));
  readonly scopes = this.#lazy(async (of) => new (await import('./panels/scopesPanel.ts')).ScopesPanels(of));
  readonly profile = this.#lazy(
    async (of) => new (await import('./panels/profilePanel.ts')).ProfilePanels(of),
  );
  readonly token = this.#lazy(async (services) => {
    const { TokenPanels } = await import('./panels/tokenPanel.ts');
    return (this.#tokens = new TokenPanels(services));
  });

  readonly checks = this.#lazy(async (of) => new (await import('./panels/checksPanel.ts')).ChecksPanels(of));
  readonly mcp = this.#lazy(async (of) => new (await import('./panels/mcpPanel.ts')).McpPanels(of));
  readonly texts = this.#lazy(async () => new (await import('./shownTexts.ts')).ShownTexts());

  /** Registers, on first use, the provider through which VS Code opens runs as documents. */
  readonly flowDocuments = this.#lazy(async ({ flows }) =>
    (await import('./flowDocuments.ts')).flowDocuments(flows),
  );

  /** Redraws a profile's token view after its token changed, if the view is open. */
  async tokenChanged(profileId: string): Promise<void> {
    if (!this.#tokens) return;
    const services = this.#services();
    const profile = services.profiles.get(profileId)?.profile;
    if (profile) await (await import('./showToken.ts')).updateToken(services, profile);
    else this.#tokens.close(profileId);
  }

  /** Redraws the open token views after profiles changed: a changed profile may have another token, or none. */
  async profilesChanged(): Promise<void> {
    const open = this.#tokens?.profiles() ?? [];
    await Promise.all(open.map((id) => this.tokenChanged(id)));
  }

  dispose(): void {
    for (const view of this.#made) view.dispose();
  }

  #lazy<View extends vscode.Disposable>(make: (services: Services) => Promise<View>): () => Promise<View> {
    return once(async () => {
      const view = await make(this.#services());
      this.#made.push(view);
      return view;
    });
  }
}
