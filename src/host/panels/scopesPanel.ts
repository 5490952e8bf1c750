import * as vscode from 'vscode';
import type { Profile } from '../../core/profile/profile.ts';
import { ScopesController } from '../../core/scopes/scopesController.ts';
import { readIntent } from '../../shared/intents.ts';
import { scopesIntents, type ScopesViewIntent, type ScopesViewModel } from '../../shared/views/scopesView.ts';
import { saved } from '../hostFixes.ts';
import type { Services } from '../services.ts';
import { Panels } from './tabs.ts';

type Needed = Pick<Services, 'extensionUri' | 'profiles' | 'run' | 'runner'>;

/** The scopes views: one tab for each profile. */
export class ScopesPanels extends Panels<Needed, ScopesViewModel, ScopesViewIntent, ScopesController> {
  constructor(services: Needed) {
    super(services, { name: 'scopes', parse: (message) => readIntent(scopesIntents, message) });
  }

  /**
   * Shows the plan for a profile; nothing is sent before the user starts it.
   *
   * @param supported the scopes the server's metadata lists
   */
  show(profile: Profile, supported: readonly string[]): void {
    const services = this.services;
    if (this.tabs.reveal(profile.id)) return;
    this.tabs.open(
      profile.id,
      vscode.l10n.t('Scopes: {0}', profile.name),
      (panel) =>
        new ScopesController(profile, supported, {
          draw: (model) => panel.show(model),
          run: (one, signal) => services.runner.run({ kind: one.grant, profile: one, signal }),
          save: (changed) => saved(services, changed),
          getToken: (id) => services.run('getToken', { profile: id }),
        }),
    );
  }
}
