import { parseProfile } from '../profile/parseProfile.ts';
import type { Profile } from '../profile/profile.ts';
import { freeId, slug } from '../profile/slug.ts';
import type { ImportedProfile, ImportResult } from './imported.ts';

/** A profile that can be saved as it is. */
export interface ReadyImport {
  readonly kind: 'ready';
  readonly profile: Profile;
  readonly secret?: string;
  readonly notes: readonly string[];
  /** Hosts (with port) that it sends requests or the user to. */
  readonly hosts: readonly string[];
  /** The only host that its secret is sent to; absent without a secret. */
  readonly secretHost?: string;
  /** The file it is from, when there are several. */
  readonly file?: string;
}

/** One that is not complete: it opens in the profile editor. */
export interface OpenImport {
  readonly kind: 'open';
  readonly name: string;
  readonly entry: ImportedProfile['entry'];
  readonly secret?: string;
  /** What is missing or wrong, as sentences. */
  readonly problems: readonly string[];
  readonly notes: readonly string[];
  readonly hosts: readonly string[];
  readonly secretHost?: string;
  /** The file it is from, when there are several. */
  readonly file?: string;
}

export type PlannedImport = ReadyImport | OpenImport;

/** What importing would do: each profile gets an id that nobody has, `taken` ids and those before it included. */
export function planImport({ profiles }: ImportResult, taken: readonly string[]): readonly PlannedImport[] {
  const used = [...taken];
  return profiles.map(({ entry, secret, notes, problems: known = [], file }) => {
    const name = typeof entry['name'] === 'string' ? entry['name'] : '';
    const wanted =
      typeof entry['id'] === 'string' && entry['id'] !== '' ? entry['id'] : slug(name) || 'profile';
    const id = freeId(wanted, used);
    const result = parseProfile({ ...entry, id });
    const hosts = hostsOf(entry);
    const [secretHost] = [entry['issuer'], entry['tokenEndpoint']].flatMap(hostOf);
    const common = {
      notes,
      hosts,
      ...(file !== undefined && { file }),
      ...(secret !== undefined && { secret, ...(secretHost !== undefined && { secretHost }) }),
    };
    if ('problems' in result || known.length > 0) {
      const found = 'problems' in result ? result.problems.map(({ message }) => message) : [];
      return { ...common, kind: 'open', name: name || id, entry, problems: [...known, ...found] };
    }
    used.push(id);
    return { ...common, kind: 'ready', profile: result.profile };
  });
}

/** Every host in an entry's addresses, each once. */
function hostsOf(entry: ImportedProfile['entry']): readonly string[] {
  const addresses = Object.entries(entry).filter(
    ([field]) => ['issuer', 'jwksUri'].includes(field) || field.endsWith('Endpoint'),
  );
  return [...new Set(addresses.flatMap(([, value]) => hostOf(value)))];
}

function hostOf(value: unknown): readonly string[] {
  return typeof value === 'string' && URL.canParse(value) ? [new URL(value).host] : [];
}
