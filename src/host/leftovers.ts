import * as vscode from 'vscode';
import { SeenProfiles } from '../core/vault/seenProfiles.ts';
import { dialogs } from './dialogs.ts';
import { lostQuietly } from './lostQuietly.ts';
import type { Services } from './services.ts';

export type ToFindLeftovers = Pick<Services, 'globalState' | 'profiles' | 'tokens'>;

const key = 'vault.profiles';

/** How long a profile must be gone from the settings before it counts as removed, in milliseconds: an edit may take two steps. */
export const settled = 2000;

/** The profiles that ever stood in the settings of this user. */
export function seenProfiles(state: Pick<vscode.Memento, 'get' | 'update'>): SeenProfiles {
  return new SeenProfiles({
    read: () => state.get(key),
    write: (value) => Promise.resolve(state.update(key, value)),
  });
}

/** Remembers profiles, and offers to delete what is stored for one whose entry was removed from the settings by hand. */
export function watchLeftovers(
  services: ToFindLeftovers & Pick<Services, 'run' | 'clock' | 'output'>,
): vscode.Disposable {
  const { profiles, tokens, globalState, clock, output } = services;
  const seen = seenProfiles(globalState);
  const closing = new AbortController();
  let before = new Map<string, string>();
  const note = () => {
    const here = profiles.usable();
    const went = [...before].filter(([id]) => !profiles.ids().includes(id));
    before = new Map(here.map(({ id, name }) => [id, name]));
    lostQuietly(output, seen.note(here));
    for (const [id, name] of went) void offer(id, name);
  };
  const offer = async (id: string, name: string) => {
    try {
      await clock.sleep(settled, closing.signal);
      if (profiles.ids().includes(id) || !(await tokens.keepsAny(id))) return;
    } catch {
      // The window is closing, or the keychain does not answer: the command will find it later.
      return;
    }
    const remove = vscode.l10n.t('Delete Them');
    const answer = await dialogs.showInformationMessage(
      vscode.l10n.t('“{0}” is no longer in the settings. Its secret and tokens are still stored.', name),
      remove,
    );
    if (answer === remove && !profiles.ids().includes(id))
      await services.run('removeLeftovers', { profile: id });
  };
  note();
  const watching = profiles.onDidChange(note);
  return vscode.Disposable.from(watching, { dispose: () => closing.abort() });
}
