import * as vscode from 'vscode';
import {
  addEntry,
  removeEntry,
  replaceEntry,
  saveEntries,
  type SavedProfile,
} from '../core/profile/editEntries.ts';
import { mergeProfiles, type ProfileList, type StoredProfile } from '../core/profile/mergeProfiles.ts';
import { longestId, longestName } from '../core/profile/fields/naming.ts';
import { parseProfile } from '../core/profile/parseProfile.ts';
import { parseProfiles, type ProfileSource } from '../core/profile/parseProfiles.ts';
import type { Profile } from '../core/profile/profile.ts';
import { serializeProfile } from '../core/profile/serializeProfile.ts';
import { copyId, freeId } from '../core/profile/slug.ts';
import { TaskQueue } from '../core/vault/taskQueue.ts';
import {
  isSameSource,
  profileSources,
  readProfiles,
  SettingsWriteError,
  writeProfiles,
} from './profileSettings.ts';
import { onSettingChange } from './settings.ts';

/** The profiles of all settings in force, and the one place that writes them. */
export class ProfileStore implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  /** Fires after the setting, the workspace's folders or its trust changed. */
  readonly onDidChange = this.#changed.event;
  readonly #subscriptions: vscode.Disposable;
  readonly #queue = new TaskQueue();
  readonly #userFile: vscode.Uri | undefined;
  #list: ProfileList | undefined;

  /** @param userFile where the user's settings are thought to be, so that one can see whether they were written to their end. */
  constructor(userFile?: vscode.Uri) {
    this.#userFile = userFile;
    const changed = () => {
      this.#list = undefined;
      this.#changed.fire();
    };
    this.#subscriptions = vscode.Disposable.from(
      this.#changed,
      onSettingChange('profiles', changed),
      vscode.workspace.onDidGrantWorkspaceTrust(changed),
      vscode.workspace.onDidChangeWorkspaceFolders(changed),
    );
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  /** What the settings hold now; in an untrusted workspace, what the user's own hold. */
  list(): ProfileList {
    this.#list ??= mergeProfiles(
      profileSources().map((source) => parseProfiles(readProfiles(source), source)),
    );
    return this.#list;
  }

  get(id: string): StoredProfile | undefined {
    return this.list().profiles.find(({ profile }) => profile.id === id);
  }

  /** Ids of all entries, invalid ones included, so that a new profile takes none of them. */
  ids(): readonly string[] {
    const { profiles, invalid } = this.list();
    return [...profiles.map(({ profile }) => profile.id), ...invalid.flatMap(({ id }) => id ?? [])];
  }

  /** Why workspace settings are not read; absent when they are. */
  workspaceIgnored(): string | undefined {
    if (vscode.workspace.isTrusted) return undefined;
    return vscode.l10n.t('Profiles from workspace settings are ignored until you trust this workspace.');
  }

  /** Why nothing can be saved to workspace settings; absent when it can. */
  workspaceUnavailable(): string | undefined {
    if ((vscode.workspace.workspaceFolders ?? []).length === 0 && !vscode.workspace.workspaceFile)
      return vscode.l10n.t('No folder or workspace is open.');
    return vscode.workspace.isTrusted ? undefined : vscode.l10n.t('This workspace is not trusted.');
  }

  /**
   * Writes a profile: in the place of the one called `replaces` where that stands in the same settings, else at their end (and
   * the replaced one is removed from where it stood).
   *
   * @throws SettingsWriteError
   */
  async save(profile: Profile, target: ProfileSource, replaces?: string): Promise<void> {
    refuseUnusable(profile);
    const old = replaces === undefined ? undefined : this.get(replaces);
    const taken = this.ids().filter((id) => id !== old?.profile.id);
    if (freeId(profile.id, taken) !== profile.id)
      throw new SettingsWriteError(vscode.l10n.t('There is already a profile with the id {0}.', profile.id));
    if (old && isSameSource(old.source, target))
      return this.#edit(target, (value) => replaceEntry(value, old.profile.id, profile));
    await this.#edit(target, (value) => addEntry(value, profile));
    if (old) await this.#edit(old.source, (value) => removeEntry(value, old.profile.id));
  }

  /** Writes several at once, so that all are there or none; what they replace must stand in `target`. @throws SettingsWriteError */
  async saveAll(all: readonly SavedProfile[], target: ProfileSource): Promise<void> {
    for (const { profile } of all) refuseUnusable(profile);
    await this.#edit(target, (value) => saveEntries(value, all));
  }

  /** Writes a changed profile where it stands; its id stays. @throws SettingsWriteError */
  async update(profile: Profile): Promise<void> {
    await this.save(profile, this.#existing(profile.id).source, profile.id);
  }

  /** @throws SettingsWriteError */
  async rename(id: string, name: string): Promise<void> {
    await this.update({ ...this.#existing(id).profile, name });
  }

  /** Writes a copy beside the profile. @returns the copy's id. @throws SettingsWriteError */
  async duplicate(id: string): Promise<string> {
    const { profile, source } = this.#existing(id);
    const copy = { ...profile, id: copyId(id, this.ids(), longestId), name: copyName(profile.name) };
    await this.save(copy, source);
    return copy.id;
  }

  /** Removes a profile's entry; its secret and tokens are the vault's. @throws SettingsWriteError */
  async delete(id: string): Promise<void> {
    await this.#edit(this.#existing(id).source, (value) => removeEntry(value, id));
  }

  #existing(id: string): StoredProfile {
    const found = this.get(id);
    if (!found) throw new SettingsWriteError(vscode.l10n.t('There is no profile with the id {0}.', id));
    return found;
  }

  /** One change after the other, each from what the settings hold then. */
  #edit(source: ProfileSource, change: (value: unknown) => readonly unknown[]): Promise<void> {
    return this.#queue.run('', async () => {
      try {
        await writeProfiles(source, change, this.#userFile);
      } finally {
        this.#list = undefined;
      }
    });
  }
}

function refuseUnusable(profile: Profile): void {
  const wrong = profileProblem(profile);
  if (wrong !== undefined)
    throw new SettingsWriteError(vscode.l10n.t('The profile cannot be saved: {0}', wrong));
}

/** What would make the profile's entry unusable, were it written; absent when nothing would. */
export function profileProblem(profile: Profile): string | undefined {
  const entry = parseProfile(serializeProfile(profile));
  return 'problems' in entry ? entry.problems[0]?.message : undefined;
}

function copyName(name: string): string {
  const named = (start: string) => vscode.l10n.t('{0} (copy)', start);
  const tooMany = named(name).length - longestName;
  if (tooMany <= 0) return named(name);
  // Whole characters, so that no half of one is left at the cut.
  const start = Array.from(name)
    .slice(0, -(tooMany + 1))
    .join('')
    .trimEnd();
  return named(`${start}…`);
}
