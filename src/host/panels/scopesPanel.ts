import * as vscode from 'vscode';
import type { FlowReport } from '../../core/record/report.ts';
import type { Profile } from '../../core/profile/profile.ts';
import { ScopesController } from '../../core/scopes/scopesController.ts';
import { parseScopesIntent } from '../../core/scopes/scopesView.ts';
import type { ScopesViewIntent, ScopesViewModel } from '../../shared/views/scopesView.ts';
import { Tabs } from './tabs.ts';

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
  readonly #tabs: Tabs<ScopesViewModel, ScopesViewIntent, ScopesController>;

  constructor(deps: ScopesPanelDeps) {
    this.#deps = deps;
    this.#tabs = new Tabs({ extensionUri: deps.extensionUri, name: 'scopes', parse: parseScopesIntent });
  }

  /**
   * Shows the plan for a profile; nothing is sent before the user starts it.
   *
   * @param supported the scopes the server's metadata lists
   */
  show(profile: Profile, supported: readonly string[]): void {
    const deps = this.#deps;
    if (this.#tabs.reveal(profile.id)) return;
    this.#tabs.open(
      profile.id,
      vscode.l10n.t('Scopes: {0}', profile.name),
      (panel) =>
        new ScopesController(profile, supported, {
          draw: (model) => panel.show(model),
          run: (one, signal) => deps.run(one, signal),
          save: (changed) => deps.save(changed),
          getToken: (id) => deps.getToken(id),
        }),
    );
  }

  dispose(): void {
    this.#tabs.dispose();
  }
}
