import type * as vscode from 'vscode';
import type { ProfileFormIntent, ProfileFormModel } from '../../shared/views/profileForm.ts';
import type { Catalogue } from '../../core/diagnose/catalogue.ts';
import type { ProfileDraft } from '../../core/profileForm/draft.ts';
import type { ProfileFormPorts } from '../../core/profileForm/formPorts.ts';
import type { SaveTarget } from '../../core/profileForm/state.ts';
import type { Profile } from '../../core/profile/profile.ts';
import type { ViewPanel } from './viewPanel.ts';

/** What the profile editor needs besides VS Code itself. */
export interface ProfilePanelDeps extends Pick<
  ProfileFormPorts,
  'clock' | 'discover' | 'hasSecret' | 'storeSecret' | 'askToTrust' | 'saveProfile' | 'getToken'
> {
  readonly extensionUri: vscode.Uri;
  readonly catalogue: () => Promise<Catalogue>;
  readonly profiles: {
    find(id: string): { readonly profile: Profile; readonly target: SaveTarget } | undefined;
    /** Ids of all profiles, unreadable ones included. */
    ids(): readonly string[];
    /** Why nothing can be saved to workspace settings; absent when it can. */
    workspaceUnavailable(): string | undefined;
    readonly onDidChange: vscode.Event<void>;
  };
}

export interface OpenProfilePanel {
  /** Absent for a new profile. */
  readonly profileId?: string;
  /** What a new profile's form is filled with, such as an imported one. */
  readonly draft?: Partial<ProfileDraft>;
  /** The field to begin at. */
  readonly field?: string;
}

/** The profile editor's tabs: one for each profile, one for a new one. */
export class ProfilePanels implements vscode.Disposable {
  readonly #deps: ProfilePanelDeps;
  readonly #open = new Map<string, ViewPanel<ProfileFormModel, ProfileFormIntent>>();

  constructor(deps: ProfilePanelDeps) {
    this.#deps = deps;
  }

  /** Opens the form, or brings it to the front. */
  async open({ profileId = '' }: OpenProfilePanel = {}): Promise<void> {
    const open = this.#open.get(profileId);
    if (open) {
      open.reveal();
      return;
    }
    await this.#deps.catalogue();
  }

  dispose(): void {
    for (const panel of this.#open.values()) panel.dispose();
  }
}
