import * as vscode from 'vscode';
import type { Profile } from '../core/profile/profile.ts';
import type { StoredProfile } from '../core/profile/mergeProfiles.ts';
import type { ProfileSource } from '../core/profile/profileSource.ts';
import { arrangeProfiles, parseArrangement, type Arrangement } from '../core/session/arrangeProfiles.ts';
import { profileLine } from '../core/session/profilesTree.ts';
import type { Services } from './services.ts';
import type { ProfilesTreeLine } from './trees/profilesTree.ts';

const key = 'profiles.arrangement';

/** The user's arrangement of the list of profiles, the same in all windows. */
export function arrangementOf({ globalState }: Pick<Services, 'globalState'>): Arrangement {
  return parseArrangement(globalState.get(key));
}

export async function keepArrangement(
  { globalState }: Pick<Services, 'globalState'>,
  arrangement: Arrangement,
): Promise<void> {
  await globalState.update(key, arrangement);
}

/** The lines of the Profiles tree: the usable profiles in the user's arrangement, then the invalid entries. */
export async function profileLines(
  services: Pick<Services, 'profiles' | 'tokens' | 'clock' | 'activeProfile' | 'globalState' | 'runner'>,
): Promise<readonly ProfilesTreeLine[]> {
  const { profiles, invalid } = services.profiles.list();
  const { problems } = services.profiles.environments.list();
  // A keychain that does not answer must not keep the tree empty; when it answers later, the tree is redrawn.
  const warm = services.tokens.warm(profiles.map(({ profile }) => profile));
  await Promise.race([warm, services.clock.sleep(300)]);
  const now = services.clock.now();
  const activeId = services.activeProfile()?.id;
  const arrangement = arrangementOf(services);
  const differs = arrangement.groups !== 'settings' && new Set(profiles.map(placeOf)).size > 1;
  const lineOf = (stored: StoredProfile): ProfilesTreeLine => {
    const { profile } = stored;
    const line = profileLine(profile, services.tokens.peek(profile), now, {
      active: profile.id === activeId,
      ...serverOf(services, profile),
      place: { name: placeOf(stored), differs },
    });
    return { ...line, tooltip: [...line.tooltip, ...notes(stored)] };
  };
  const { compare } = new Intl.Collator(vscode.env.language, { numeric: true });
  const groups = arrangeProfiles(profiles, arrangement, placeOf, compare);
  return [
    ...groups.flatMap(({ name, items }): ProfilesTreeLine[] =>
      name === undefined
        ? items.map(lineOf)
        : [{ id: `group ${name}`, label: name, children: items.map(lineOf) }],
    ),
    ...invalid.map((entry, index) => ({
      id: `invalid ${index}`,
      label: entry.name ?? entry.id ?? vscode.l10n.t('Entry {0}', entry.index + 1),
      problems: entry.problems.map(({ message }) => message),
      entry,
    })),
    ...(problems.length === 0
      ? []
      : [
          {
            // With a space, which no profile’s ID contains.
            id: 'invalid environments',
            label: vscode.l10n.t('Environments'),
            problems: problems.map(({ message }) => message),
            entry: 'environments',
          },
        ]),
  ];
}

function serverOf({ runner }: Pick<Services, 'runner'>, { issuer }: Profile) {
  const server = runner.metadata.last(issuer);
  return server && { server };
}

function placeOf({ source }: { readonly source: ProfileSource }): string {
  if (source.scope !== 'folder') return source.scope;
  const folder = vscode.workspace.getWorkspaceFolder(vscode.Uri.parse(source.folder, true));
  return folder?.name ?? source.scope;
}

/** Remarks about a profile's entry in the settings. */
function notes({ hints, overrides }: StoredProfile): readonly string[] {
  const hidden = overrides && vscode.l10n.t('Replaces the profile with this id in wider settings.');
  return [...(hidden === undefined ? [] : [hidden]), ...hints.map(({ message }) => message)];
}
