import { otherClients } from '../core/checks/otherClients.ts';
import type { StoredProfile } from '../core/profile/mergeProfiles.ts';
import { quoted } from '../core/profile/problem.ts';
import type { AuthorizationCodeProfile, Profile } from '../core/profile/profile.ts';
import type { Standing } from '../core/vault/secretBinding.ts';
import type { Arguments } from './command.ts';
import { Refusal } from './exit.ts';
import { profileNamed, unwrittenClient } from './named.ts';
import { placeOf, readProfiles, standingOf, type FoundProfiles } from './profiles.ts';
import type { Terminal } from './terminal.ts';

/** What is checked. */
export interface Subject {
  readonly profile: Profile;
  readonly standing: Standing;
  /** Other clients of the same server. */
  readonly others: readonly AuthorizationCodeProfile[];
  /** Where the profile is written. */
  readonly place: { readonly file: string; readonly line: number };
}

/** What is to be checked, and the entries that would be if they could. */
export interface Subjects {
  readonly subjects: readonly Subject[];
  /** A sentence for each. */
  readonly unusable: readonly string[];
}

/** The profiles that ids or issuers name, or all there are. @throws Refusal */
export async function subjectsOf(args: Arguments, terminal: Terminal): Promise<Subjects> {
  const client = unwrittenClient(args);
  if (client !== undefined) return { subjects: [unwritten(client)], unusable: [] };
  const found = await readProfiles(args, terminal);
  const { profiles, invalid } = found.list;
  const named = args.operands.map((one) => profileNamed(one, found));
  const all = args.has('all');
  const stored = all ? profiles : [...new Set(named)];
  if (stored.length === 0 && invalid.length === 0) throw new Refusal('There are no profiles to check.');
  return {
    subjects: stored.map((one) => subjectOf(one, found)),
    unusable: (all ? invalid : []).map(
      ({ id, problems }) =>
        `${id === undefined ? 'An entry without an id' : `The profile ${quoted(id)}`} cannot be used. ${problems.map(({ message }) => message).join(' ')}`,
    ),
  };
}

function subjectOf(stored: StoredProfile, found: FoundProfiles): Subject {
  const all = found.list.profiles.map(({ profile }) => profile);
  return {
    profile: stored.profile,
    standing: standingOf(stored),
    others: otherClients(stored.profile, all),
    place: placeOf(stored, found),
  };
}

function unwritten(profile: Profile): Subject {
  return { profile, standing: 'user', others: [], place: { file: '.vscode/settings.json', line: 1 } };
}
