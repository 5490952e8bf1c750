import type * as vscode from 'vscode';
import type { ApiPanels } from './panels/apiPanel.ts';
import type { FailurePanels } from './panels/failurePanel.ts';
import type { ChecksPanels } from './panels/checksPanel.ts';
import type { FlowPanels } from './panels/flowPanel.ts';
import type { McpPanels } from './panels/mcpPanel.ts';
import type { ProfilePanels } from './panels/profilePanel.ts';
import type { ScopesPanels } from './panels/scopesPanel.ts';
import type { TokenPanels } from './panels/tokenPanel.ts';
import type { ExplainDeps } from './explainRun.ts';
import { networkFetch } from '../adapters/network.ts';
import type { ShownTexts } from './shownTexts.ts';
import type { Services, Views } from './services.ts';
import { setting } from './settings.ts';

/** The views, each loaded and made when it is first opened. */
export class LazyViews implements Views, vscode.Disposable {
  readonly #services: () => Services;
  readonly #made: vscode.Disposable[] = [];
  #failure: Promise<FailurePanels> | undefined;
  #api: Promise<ApiPanels> | undefined;
  #scopes: Promise<ScopesPanels> | undefined;
  #flowDocuments: Promise<vscode.Disposable> | undefined;
  #texts: Promise<ShownTexts> | undefined;
  #flow: Promise<FlowPanels> | undefined;
  #token: Promise<TokenPanels> | undefined;
  #profile: Promise<ProfilePanels> | undefined;
  #checks: Promise<ChecksPanels> | undefined;
  #mcp: Promise<McpPanels> | undefined;

  /** @param services asked for when a view is first opened, since services and views need each other. */
  constructor(services: () => Services) {
    this.#services = services;
  }

  flow(): Promise<FlowPanels> {
    return (this.#flow ??= this.#make(async () => {
      const { FlowPanels } = await import('./panels/flowPanel.ts');
      const services = this.#services();
      return new FlowPanels({
        extensionUri: services.extensionUri,
        flows: services.flows,
        run: (command, argument) => services.run(command, argument),
      });
    }));
  }

  failure(): Promise<FailurePanels> {
    return (this.#failure ??= this.#make(async () => {
      const [{ FailurePanels }, { fixDeps }] = await Promise.all([
        import('./panels/failurePanel.ts'),
        import('./fixDeps.ts'),
      ]);
      const services = this.#services();
      return new FailurePanels({
        ...fixDeps(services),
        extensionUri: services.extensionUri,
        ...explainDeps(services),
      });
    }));
  }

  api(): Promise<ApiPanels> {
    return (this.#api ??= this.#make(async () => {
      const [{ ApiPanels }, { fixDeps }, { sendAndShow }] = await Promise.all([
        import('./panels/apiPanel.ts'),
        import('./fixDeps.ts'),
        import('./sendRequest.ts'),
      ]);
      const services = this.#services();
      return new ApiPanels({
        ...fixDeps(services),
        extensionUri: services.extensionUri,
        ...explainDeps(services),
        open: async (name, text) => (await this.texts()).show(name, text),
        sendAgain: ({ report, request }) =>
          sendAndShow(services, services.profiles.latest(report.profile)?.profile ?? report.profile, request),
      });
    }));
  }

  scopes(): Promise<ScopesPanels> {
    return (this.#scopes ??= this.#make(async () => {
      const [{ ScopesPanels }, { fixDeps }] = await Promise.all([
        import('./panels/scopesPanel.ts'),
        import('./fixDeps.ts'),
      ]);
      const services = this.#services();
      return new ScopesPanels({
        extensionUri: services.extensionUri,
        run: (profile, signal) => services.runner.run({ kind: profile.grant, profile, signal }),
        save: (profile) => fixDeps(services).save(profile),
        getToken: (profile) => services.run('getToken', { profile }),
      });
    }));
  }

  profile(): Promise<ProfilePanels> {
    return (this.#profile ??= this.#make(async () => {
      const [{ ProfilePanels }, { profilePanelDeps }] = await Promise.all([
        import('./panels/profilePanel.ts'),
        import('./profilePanelDeps.ts'),
      ]);
      return new ProfilePanels(profilePanelDeps(this.#services()));
    }));
  }

  token(): Promise<TokenPanels> {
    return (this.#token ??= this.#make(async () => {
      const { TokenPanels } = await import('./panels/tokenPanel.ts');
      const services = this.#services();
      return new TokenPanels({
        extensionUri: services.extensionUri,
        clock: services.clock,
        fetch: (profile) => (profile ? services.runner.fetchFor(profile) : networkFetch),
        metadata: services.runner.metadata,
        timeout: () => setting('requestTimeout') * 1000,
        open: async (name, text) => (await this.texts()).show(name, text),
        run: (action, profile) => services.run(action === 'settings' ? 'editProfile' : action, { profile }),
      });
    }));
  }

  checks(): Promise<ChecksPanels> {
    return (this.#checks ??= this.#make(async () => {
      const [{ ChecksPanels }, { checksPanelDeps }] = await Promise.all([
        import('./panels/checksPanel.ts'),
        import('./checksPanelDeps.ts'),
      ]);
      return new ChecksPanels(checksPanelDeps(this.#services()));
    }));
  }

  mcp(): Promise<McpPanels> {
    return (this.#mcp ??= this.#make(async () => {
      const [{ McpPanels }, { mcpPanelDeps }] = await Promise.all([
        import('./panels/mcpPanel.ts'),
        import('./mcpPanelDeps.ts'),
      ]);
      return new McpPanels(mcpPanelDeps(this.#services()));
    }));
  }

  texts(): Promise<ShownTexts> {
    return (this.#texts ??= this.#make(async () => new (await import('./shownTexts.ts')).ShownTexts()));
  }

  /** From the first comparison on, VS Code can open runs as documents. */
  flowDocuments(): Promise<vscode.Disposable> {
    return (this.#flowDocuments ??= this.#make(async () => {
      const { flowDocuments } = await import('./flowDocuments.ts');
      return flowDocuments(this.#services().flows);
    }));
  }

  /** Redraws what is open of a profile after its token changed; opens nothing. */
  async tokenChanged(profileId: string): Promise<void> {
    if (!this.#token) return;
    const profile = this.#services().profiles.get(profileId)?.profile;
    if (!profile) {
      (await this.#token).close(profileId);
      return;
    }
    const { updateToken } = await import('./showToken.ts');
    await updateToken(this.#services(), profile);
  }

  /** Redraws what is open of any profile after profiles changed: another set-up has another token, or none. */
  async profilesChanged(): Promise<void> {
    const open = (await this.#token)?.profiles() ?? [];
    await Promise.all(open.map((id) => this.tokenChanged(id)));
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

/** What is known around a run in this session. */
export function explainDeps({
  runner,
  flows,
  clock,
}: Pick<Services, 'runner' | 'flows' | 'clock'>): ExplainDeps {
  return {
    catalogue: () => runner.catalogue(),
    earlier: () => flows.ended().reverse(),
    metadata: ({ issuer }) =>
      issuer === undefined ? undefined : runner.metadata.get(issuer, clock.now())?.server,
  };
}
