import * as vscode from 'vscode';
import {
  addEntries,
  removeEntry,
  replaceEntry,
  saveEntries,
  type SavedProfile,
} from '../core/profile/editEntries.ts';
import type { Variables } from '../core/profile/environments.ts';
import { mergeProfiles, type ProfileList, type StoredProfile } from '../core/profile/mergeProfiles.ts';
import { longestId, longestName } from '../core/profile/fields/naming.ts';
import { parseProfile } from '../core/profile/parseProfile.ts';
import { parseProfiles } from '../core/profile/parseProfiles.ts';
import type { ProfileSource } from '../core/profile/profileSource.ts';
import type { SaveTarget } from '../core/profileForm/state.ts';
import type { Profile } from '../core/profile/profile.ts';
import { serializeProfile } from '../core/profile/serializeProfile.ts';
import { copyId, freeId } from '../core/profile/slug.ts';
import { withVariables } from '../core/profile/variables.ts';
import { productLists } from '../core/productLists.ts';
import { TaskQueue } from '../core/taskQueue.ts';
import {
  isSameSource,
  profileSources,
  readSetting,
  SettingsWriteError,
  writeProfiles,
} from './profileSettings.ts';
import type { Environments } from './environments.ts';
import { onSettingChange } from './settings.ts';

/** Reads the profiles from all settings, and is the only place that writes them. */
export class ProfileStore implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  /** Fires after the setting, the workspace's folders or its trust changed. */
  readonly onDidChange = this.#changed.event;
  readonly #subscriptions: vscode.Disposable;
  readonly #queue = new TaskQueue();
  readonly #userFile: vscode.Uri | undefined;
  /** The environments, which have the values of profiles' variables. */
  readonly environments: Environments;
  /** Lists by environment; that of the environment in force under `undefined`. */
  readonly #lists = new Map<string | undefined, ProfileList>();

  /** @param userFile the probable file of the user's settings, to check that they were written completely */
  constructor(environments: Environments, userFile?: vscode.Uri) {
    this.environments = environments;
    this.#userFile = userFile;
    const changed = () => {
      this.#lists.clear();
      this.#changed.fire();
    };
    const others = () => {
      environments.forget();
      changed();
    };
    this.#subscriptions = vscode.Disposable.from(
      this.#changed,
      environments,
      new vscode.Disposable(environments.changes.on(changed)),
      onSettingChange('profiles', changed),
      vscode.workspace.onDidGrantWorkspaceTrust(others),
      vscode.workspace.onDidChangeWorkspaceFolders(others),
    );
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  /**
   * The profiles in the settings; in an untrusted workspace, only those in the user's own.
   *
   * @param environment the one to resolve their variables in, instead of the one in force
   */
  list(environment?: string): ProfileList {
    const known = this.#lists.get(environment);
    if (known) return known;
    const variables = this.environments.variables(environment);
    const list = mergeProfiles(
      profileSources().map((source) => parseProfiles(readSetting(source, 'profiles'), source, variables)),
    );
    this.#lists.set(environment, list);
    return list;
  }

  /** The usable profiles, resolved in the environment in force. */
  usable(): readonly Profile[] {
    return this.list().profiles.map(({ profile }) => profile);
  }

  get(id: string, environment?: string): StoredProfile | undefined {
    return this.list(environment).profiles.find(({ profile }) => profile.id === id);
  }

  /** The present version of a profile in the settings, resolved in the profile's own environment, whichever is in force. */
  latest({ id, environment }: Pick<Profile, 'id' | 'environment'>): StoredProfile | undefined {
    const found = this.get(id, environment);
    return environment === undefined || found?.profile.environment === environment ? found : undefined;
  }

  /** Ids of all entries, invalid ones included, so that no new profile takes one of them. */
  ids(): readonly string[] {
    const { profiles, invalid } = this.list();
    return [...profiles.map(({ profile }) => profile.id), ...invalid.flatMap(({ id }) => id ?? [])];
  }

  /** Why workspace settings are not read; undefined when they are. */
  workspaceIgnored(): string | undefined {
    if (vscode.workspace.isTrusted) return undefined;
    return vscode.l10n.t('Profiles from workspace settings are ignored until you trust this workspace.');
  }

  /** Why nothing can be saved to workspace settings; undefined when it can. */
  workspaceUnavailable(): string | undefined {
    if ((vscode.workspace.workspaceFolders ?? []).length === 0 && !vscode.workspace.workspaceFile)
      return vscode.l10n.t('No folder or workspace is open.');
    return vscode.workspace.isTrusted ? undefined : vscode.l10n.t('This workspace is not trusted.');
  }

  /**
   * Writes a profile into `target`: in the place of the one with the id `replaces` if that is in the same settings, else at the
   * end, and the replaced one is removed from its settings.
   *
   * @throws SettingsWriteError
   */
  async save(changed: Profile, target: ProfileSource, replaces?: string): Promise<void> {
    const profile = this.#toWrite(changed, replaces);
    const old = replaces === undefined ? undefined : this.get(replaces, changed.environment);
    const taken = this.ids().filter((id) => id !== old?.profile.id);
    if (freeId(profile.id, taken) !== profile.id)
      throw new SettingsWriteError(vscode.l10n.t('There already is a profile with the id {0}.', profile.id));
    if (old && isSameSource(old.source, target))
      return this.#edit(target, (value) => replaceEntry(value, old.profile.id, profile));
    await this.#edit(target, (value) => addEntries(value, profile));
    if (old) await this.#edit(old.source, (value) => removeEntry(value, old.profile.id));
  }

  /** Saves to the target that the user chose; a profile in a folder's settings stays there. @throws SettingsWriteError */
  saveTo(target: SaveTarget, profile: Profile): Promise<void> {
    const old = this.latest(profile);
    const place = old && targetOf(old.source) === target ? old.source : { scope: target };
    return this.save(profile, place, old?.profile.id);
  }

  /**
   * Writes several profiles at once, so that all are saved or none; entries that they replace must be in `target`. @throws
   * SettingsWriteError
   */
  async saveAll(all: readonly SavedProfile[], target: ProfileSource): Promise<void> {
    const written = all.map(({ profile, replaces }) => ({
      profile: this.#toWrite(profile, replaces),
      ...(replaces !== undefined && { replaces }),
    }));
    await this.#edit(target, (value) => saveEntries(value, written));
  }

  /** Writes a changed profile where it is stored; its id stays the same. @throws SettingsWriteError */
  async update(profile: Profile): Promise<void> {
    await this.save(profile, this.#existing(profile.id, profile.environment).source, profile.id);
  }

  /** @throws SettingsWriteError */
  async rename(id: string, name: string): Promise<void> {
    await this.update({ ...this.#existing(id).profile, name });
  }

  /** Writes a copy beside the profile. @returns the copy's id. @throws SettingsWriteError */
  async duplicate(id: string): Promise<string> {
    const stored = this.#existing(id);
    const { profile, source } = stored;
    const written = withVariables(profile, stored);
    const name = copyName(written.name);
    const copy = { ...written, id: copyId(id, this.ids(), longestId), name };
    await this.save(copy, source);
    return copy.id;
  }

  /** Removes a profile's entry, but not its secret and tokens, which are in the vault. @throws SettingsWriteError */
  async delete(id: string): Promise<void> {
    await this.#edit(this.#existing(id).source, (value) => removeEntry(value, id));
  }

  /**
   * The profile to write: with the variables of the stored one, wherever it still has their values. @throws SettingsWriteError
   */
  #toWrite(profile: Profile, replaces: string | undefined): Profile {
    const { environment } = profile;
    const from = environment === undefined ? undefined : this.get(replaces ?? profile.id, environment);
    const written = withVariables(profile, from);
    const wrong = profileProblem(written, this.environments.variables(environment));
    if (wrong === undefined) return written;
    throw new SettingsWriteError(vscode.l10n.t('The profile cannot be saved: {0}', wrong));
  }

  #existing(id: string, environment?: string): StoredProfile {
    const found = this.get(id, environment);
    if (!found) throw new SettingsWriteError(vscode.l10n.t('There is no profile with the id {0}.', id));
    return found;
  }

  /** Makes one change after another, each based on the settings at that time. */
  #edit(source: ProfileSource, change: (value: unknown) => readonly unknown[]): Promise<void> {
    return this.#queue.run('', async () => {
      try {
        await writeProfiles(source, change, this.#userFile);
      } finally {
        this.#lists.clear();
      }
    });
  }
}

/** Why a profile could not be used once it is written; undefined when it could. */
export function profileProblem(profile: Profile, variables: Variables): string | undefined {
  const entry = parseProfile(serializeProfile(profile), productLists, variables);
  return 'problems' in entry ? entry.problems[0]?.message : undefined;
}

/** The save target that stands for the settings of a profile. */
export function targetOf({ scope }: Pick<ProfileSource, 'scope'>): SaveTarget {
  return scope === 'user' ? 'user' : 'workspace';
}

function copyName(name: string): string {
  const named = (start: string) => vscode.l10n.t('{0} (copy)', start);
  const tooMany = named(name).length - longestName;
  if (tooMany <= 0) return named(name);
  // By code points, so that no surrogate pair is cut in half.
  const start = Array.from(name)
    .slice(0, -(tooMany + 1))
    .join('')
    .trimEnd();
  return named(`${start}…`);
}
