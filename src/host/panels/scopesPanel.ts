import * as vscode from 'vscode';
import type { FlowReport } from '../../core/record/report.ts';
import type { Profile } from '../../core/profile/profile.ts';
import { ScopesController } from '../../core/scopes/scopesController.ts';
import { parseScopesIntent } from '../../core/scopes/scopesView.ts';
import type { ScopesViewModel } from '../../shared/views/scopesView.ts';
import { ViewPanel } from './viewPanel.ts';

export interface ScopesPanelDeps {
  readonly extensionUri: vscode.Uri;
  /** Runs the client credentials grant with the scopes of `profile`; the token must not be stored. */
  run(profile: Profile, signal: AbortSignal): Promise<FlowReport>;
  save(profile: Profile): Promise<boolean>;
  getToken(profile: string): unknown;
}

/** The scopes views: one tab for each profile. */
export class ScopesPanels implements vscode.Disposable {
  readonly #deps: ScopesPanelDeps;
  readonly #open = new Map<string, ViewPanel<ScopesViewModel, unknown>>();

  constructor(deps: ScopesPanelDeps) {
    this.#deps = deps;
  }

  /**
   * Shows the plan for a profile; nothing is sent before the user starts it.
   *
   * @param supported the scopes the server's metadata lists
   */
  show(profile: Profile, supported: readonly string[]): void {
    const open = this.#open.get(profile.id);
    if (open) {
      open.reveal();
      return;
    }
    const deps = this.#deps;
    const panel = new ViewPanel<ScopesViewModel, unknown>({
      extensionUri: deps.extensionUri,
      name: 'scopes',
      title: vscode.l10n.t('Scopes: {0}', profile.name),
      icon: new vscode.ThemeIcon('checklist'),
      onIntent: (message) => {
        const intent = parseScopesIntent(message);
        return intent && controller.handle(intent);
      },
      onDispose: () => {
        controller.dispose();
        this.#open.delete(profile.id);
      },
    });
    const draw = (model: ScopesViewModel) => panel.show(model);
    const controller = new ScopesController(profile, supported, {
      draw,
      run: (one, signal) => deps.run(one, signal),
      save: (changed) => deps.save(changed),
      getToken: (id) => deps.getToken(id),
    });
    this.#open.set(profile.id, panel);
  }

  dispose(): void {
    for (const panel of [...this.#open.values()]) panel.dispose();
  }
}
