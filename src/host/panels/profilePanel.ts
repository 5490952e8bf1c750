import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import type { Catalogue } from '../../core/diagnose/catalogue.ts';
import { emptyDraft, type ProfileDraft } from '../../core/profileForm/draft.ts';
import type { ProfileFormPorts } from '../../core/profileForm/formPorts.ts';
import { ProfileFormSession } from '../../core/profileForm/formSession.ts';
import { openForm, type ProfileFormContext, type SettingsEntry } from '../../core/profileForm/state.ts';
import type { ProfileFormModel } from '../../shared/views/profileForm.ts';
import { freePort } from '../../demo/listen.ts';
import { askSecret } from '../clientSecrets.ts';
import { readServer } from '../readServer.ts';
import type { OpenProfilePanel, Services } from '../services.ts';
import { askToTrust } from '../trustCertificate.ts';
import { targetOf } from '../profileStore.ts';
import { Panels, type Tab, type TabContent } from './tabs.ts';
import type { ViewPanel } from './viewPanel.ts';
import { dialogs } from '../dialogs.ts';

type Needed = Pick<Services, 'clock' | 'extensionUri' | 'profiles' | 'run' | 'runner' | 'secrets'>;

interface OpenForm extends TabContent<unknown> {
  readonly session: ProfileFormSession;
}

type Stored = Omit<Extract<SettingsEntry, { kind: 'profile' }>, 'kind'>;
type FormTab = Tab<ProfileFormModel, OpenForm>;

/** The profile forms: one tab for each profile, one for a new one. */
export class ProfilePanels extends Panels<Needed, ProfileFormModel, unknown, OpenForm> {
  /** Drafts that were closed unsaved, by profile id; in memory only. */
  readonly #abandoned = new Map<string, ProfileDraft>();
  readonly #listeners: vscode.Disposable;

  constructor(services: Needed) {
    super(services, { name: 'profile', parse: (message) => message });
    const profiles = services.profiles.onDidChange(() => {
      for (const { content } of this.tabs.all()) content.session.refresh();
    });
    const dispose = services.secrets.changes.on((place) => {
      for (const { content } of this.tabs.all()) void content.session.secretChanged(place);
    });
    this.#listeners = vscode.Disposable.from(profiles, { dispose });
  }

  /** Opens the form of a profile or of a new one, or brings it to the front. */
  async open({ profileId = '', draft, secret, field }: OpenProfilePanel = {}): Promise<void> {
    const open = this.#find(profileId);
    if (open && draft === undefined) {
      open.panel.reveal();
      if (field !== undefined) open.content.session.tell({ type: 'focus', field });
      return;
    }
    const catalogue = await this.services.runner.catalogue();
    const existing = profileId === '' ? undefined : this.#stored(profileId);
    if (existing) open?.panel.dispose();
    const { session } = this.#create(catalogue, existing, this.#draftFor(profileId, draft)).content;
    if (draft) session.tell({ type: 'restore' });
    if (secret !== undefined) session.takeSecret(secret);
    if (field !== undefined) session.tell({ type: 'focus', field });
  }

  #draftFor(id: string, draft: Partial<ProfileDraft> | undefined): ProfileDraft | null {
    const abandoned = this.#abandoned.get(id) ?? null;
    if (draft) return { ...emptyDraft, ...draft };
    this.#abandoned.delete(id);
    return abandoned;
  }

  override dispose(): void {
    this.#listeners.dispose();
    super.dispose();
  }

  #create(catalogue: Catalogue, existing: Stored | undefined, abandoned: ProfileDraft | null): FormTab {
    const context = (): ProfileFormContext => this.#context(catalogue);
    const begin = (panel: ViewPanel<ProfileFormModel>) =>
      new ProfileFormSession(
        {
          ...hostPorts(this.services),
          context,
          entry: (id) => this.#entry(id),
          end: () => panel.dispose(),
          show: (model) => {
            panel.title = titleOf(existing || model.heading !== 'New profile' ? model.heading : undefined);
            panel.show(model);
          },
        },
        openForm(context(), existing, abandoned),
      );
    // A random key, as saving may change the profile's id.
    return this.tabs.open(randomUUID(), titleOf(existing?.profile.name), (panel) => {
      const session = begin(panel);
      return {
        session,
        handle: (intent) => session.handle(intent),
        dispose: () => this.#closed(session),
      };
    });
  }

  /** Finds the form of a profile; once it was saved, that of a new profile is found, too. */
  #find(id: string): FormTab | undefined {
    return this.tabs.all().find(({ content }) => (content.session.state.original?.id ?? '') === id);
  }

  #entry(id: string): SettingsEntry {
    const found = this.#stored(id);
    if (found) return { kind: 'profile', ...found };
    return { kind: this.services.profiles.ids().includes(id) ? 'unreadable' : 'removed' };
  }

  /** A profile as the settings have it, before its variables were resolved. */
  #stored(id: string): Stored | undefined {
    const stored = this.services.profiles.get(id);
    return stored && { profile: stored.written ?? stored.profile, target: targetOf(stored.source) };
  }

  #context(catalogue: Catalogue): ProfileFormContext {
    const { profiles } = this.services;
    const workspaceUnavailable = profiles.workspaceUnavailable();
    return {
      catalogue,
      takenIds: profiles.ids(),
      variables: profiles.environments.variables(),
      editor: { scheme: vscode.env.uriScheme, remote: vscode.env.remoteName !== undefined },
      ...(workspaceUnavailable !== undefined && { workspaceUnavailable }),
    };
  }

  #closed(session: ProfileFormSession): void {
    const draft = session.close();
    if (draft === undefined) return;
    const id = session.state.original?.id ?? '';
    this.#abandoned.set(id, draft);
    void this.#offerToGoOn(id, draft.name.trim());
  }

  /** Offers to open the form again: a webview cannot be kept from closing, so its unsaved draft is kept. */
  async #offerToGoOn(id: string, name: string): Promise<void> {
    const goOn = vscode.l10n.t('Continue Editing');
    const message =
      name === ''
        ? vscode.l10n.t('The new profile was closed without being saved.')
        : vscode.l10n.t('The profile “{0}” was closed without being saved.', name);
    if ((await dialogs.showWarningMessage(message, goOn)) !== goOn) return;
    const draft = this.#abandoned.get(id);
    this.#abandoned.delete(id);
    await this.open({ profileId: id, ...(draft && { draft }) });
  }
}

function titleOf(name: string | undefined): string {
  return name === undefined ? vscode.l10n.t('New Profile') : vscode.l10n.t('Profile: {0}', name);
}

function hostPorts(services: Needed): Omit<ProfileFormPorts, 'context' | 'end' | 'entry' | 'show'> {
  const { clock, profiles, run, secrets } = services;
  return {
    ...{ askSecret, askToTrust, clock, freePort },
    discover: (request) => readServer(services, request),
    hasSecret: async (place) => (await secrets.get(place)) !== undefined,
    storeSecret: (place, secret) => secrets.set(place, secret),
    saveProfile: (profile, target) => profiles.saveTo(target, profile),
    getToken: async (profile) => {
      await run('getToken', { profile });
    },
    copy: async (text) => vscode.env.clipboard.writeText(text),
    openLink: async (url) => {
      await vscode.env.openExternal(vscode.Uri.parse(url));
    },
  };
}
