import {
  mergeEnvironments,
  parseEnvironments,
  variablesOf,
  type EnvironmentList,
  type Variables,
} from '../core/profile/environments.ts';
import { locateEntry } from '../core/profile/locateEntry.ts';
import { nearNames } from '../core/profile/names.ts';
import { mergeProfiles, type ProfileList, type StoredProfile } from '../core/profile/mergeProfiles.ts';
import { parseProfiles } from '../core/profile/parseProfiles.ts';
import type { ProfileSource } from '../core/profile/profileSource.ts';
import { oneOf, quoted, unknownName } from '../core/profile/problem.ts';
import { longestSettings, readSettings } from '../core/profile/readSettings.ts';
import type { Standing } from '../core/vault/secretBinding.ts';
import type { Arguments } from './command.ts';
import { Refusal } from './exit.ts';
import { readUtf8File } from './readInput.ts';
import type { Terminal } from './terminal.ts';

/** Profiles, and the files they stand in. */
export interface FoundProfiles {
  readonly list: ProfileList;
  readonly files: readonly ReadFile[];
}

interface ReadFile {
  /** As it was named. */
  readonly file: string;
  readonly text: string;
  readonly source: ProfileSource;
}

const standardFile = '.vscode/settings.json';

/** The files that profiles are read from. */
export function profileFiles(args: Arguments): readonly string[] {
  const named = args.values('profiles');
  return named.length > 0 ? named : [standardFile];
}

/** The profiles of the files that `--profiles` names, a later file's before an earlier one's. @throws Refusal */
export async function readProfiles(args: Arguments, terminal: Terminal): Promise<FoundProfiles> {
  const named = args.values('profiles');
  const sources: { readonly value: unknown; readonly source: ProfileSource }[] = [];
  const environments: EnvironmentList[] = [];
  const files: ReadFile[] = [];
  for (const file of profileFiles(args)) {
    const text = await readSettingsFile(terminal, file, named.length > 0);
    const read = readSettings(text);
    if ('problem' in read) throw new Refusal(`${quoted(file)} cannot be read: ${read.problem}.`);
    if (read.value === undefined && named.length > 0)
      throw new Refusal(`${quoted(file)} has no profiles: there is no oauthExplorer.profiles in it.`);
    const source = sourceOf(file);
    files.push({ file, text, source });
    sources.push({ value: read.value, source });
    const others = readSettings(text, 'oauthExplorer.environments');
    environments.push(parseEnvironments('value' in others ? others.value : undefined, source));
  }
  const variables = variablesNamed(args.value('environment'), mergeEnvironments(environments));
  const lists = sources.map(({ value, source }) => parseProfiles(value, source, variables));
  return { list: mergeProfiles(lists), files };
}

/** What `--environment` names. @throws Refusal when there is no such environment */
function variablesNamed(name: string | undefined, list: EnvironmentList): Variables {
  const variables = variablesOf(list, name);
  if (name === undefined || variables.environment?.name.toLowerCase() === name.toLowerCase())
    return variables;
  const { names } = variables;
  throw new Refusal(
    `There is no environment ${quoted(name)}. ` +
      (names.length === 0
        ? 'Add it to oauthExplorer.environments in the settings.'
        : `There ${names.length === 1 ? 'is' : 'are'} ${oneOf(names.map(quoted)).replace(' or ', ' and ')}.`),
  );
}

async function readSettingsFile(terminal: Terminal, file: string, named: boolean): Promise<string> {
  try {
    return await readUtf8File(terminal, file, longestSettings);
  } catch (thrown) {
    if (named || !(thrown instanceof Refusal)) throw thrown;
    throw new Refusal(
      `There are no profiles: ${thrown.message} Run it in the folder of your workspace, or name a file with --profiles.`,
    );
  }
}

/** A workspace's settings come along with what was checked out; any other file was named by the user. */
function sourceOf(file: string): ProfileSource {
  const isWorkspace = /(^|[\\/])\.vscode[\\/][^\\/]+$|\.code-workspace$/.test(file);
  return isWorkspace ? { scope: 'folder', folder: file } : { scope: 'user' };
}

/** Whose profile it is, as far as a stored secret is concerned. */
export function standingOf({
  source,
  valuesFrom = source,
}: Pick<StoredProfile, 'source' | 'valuesFrom'>): Standing {
  return source.scope === 'user' && valuesFrom.scope === 'user' ? 'user' : 'workspace';
}

/**
 * The profile called `id`.
 *
 * @throws Refusal that says which there are, or what is wrong with its entry
 */
export function profileCalled(id: string, { list, files }: FoundProfiles): StoredProfile {
  const found = list.profiles.find(({ profile }) => profile.id.toLowerCase() === id.toLowerCase());
  if (found !== undefined) return found;
  const where = files.map(({ file }) => quoted(file)).join(', ');
  const invalid = list.invalid.find((entry) => entry.id?.toLowerCase() === id.toLowerCase());
  if (invalid !== undefined)
    throw new Refusal(
      `The profile ${quoted(id)} in ${where} cannot be used. ${invalid.problems.map(({ message }) => message).join(' ')}`,
    );
  // What cannot be used, as without an environment, says why when it is named.
  const ids = [
    ...list.profiles.map(({ profile }) => profile.id),
    ...list.invalid.flatMap((entry) => entry.id ?? []),
  ];
  const near = nearNames(id, ids);
  const meant = near.length === 0 ? '' : ` Did you mean ${oneOf(near)}?`;
  const broken = list.invalid.flatMap(({ problems }) => problems.slice(0, 1).map(({ message }) => message));
  const others =
    ids.length > 0
      ? `There ${ids.length === 1 ? 'is' : 'are'} ${oneOf(shortened(ids)).replace(' or ', ' and ')}.`
      : 'There is none in it.';
  const why = list.profiles.length > 0 ? [] : broken.slice(0, 3);
  throw new Refusal(
    `There is no profile ${unknownName(id)} in ${where}.${meant} ${[others, ...why].join(' ')}`,
  );
}

/** Most names of a list in a sentence. */
const mostNames = 20;

function shortened(names: readonly string[]): readonly string[] {
  const more = names.length - mostNames;
  return more < 1 ? names : [...names.slice(0, mostNames), `${more} more`];
}

/** The file and the line, from 1, in which a profile's entry begins. */
export function placeOf(
  { source, index }: Pick<StoredProfile, 'source' | 'index'>,
  { files }: FoundProfiles,
): { readonly file: string; readonly line: number } {
  const read = files.find((one) => one.source === source);
  if (read === undefined) return { file: standardFile, line: 1 };
  const { offset } = locateEntry(read.text, index) ?? { offset: 0 };
  return { file: read.file, line: read.text.slice(0, offset).split('\n').length };
}
