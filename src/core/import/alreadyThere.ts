import { isDeepStrictEqual } from 'node:util';
import { longestName } from '../profile/fields/naming.ts';
import { authenticationNamed } from '../productLists.ts';
import { parseProfile } from '../profile/parseProfile.ts';
import type { Profile } from '../profile/profile.ts';
import { serializeProfile } from '../profile/serializeProfile.ts';
import { FreeIds } from '../profile/slug.ts';
import type { ImportedProfile } from './imported.ts';

/** What an import makes of a profile that is there. */
export interface Update {
  /** With its id, its name, and what the import says nothing of. */
  readonly profile: Profile;
  /** Fields that change; with none, there is nothing to import but a secret. */
  readonly fields: readonly string[];
}

/**
 * The profile for the same client of the same server by the same grant, as it were with what was found: of several, the one that it
 * changes least, or that is called like it; absent where that leaves open which one is meant.
 */
export function updateOf(
  found: Profile,
  one: ImportedProfile,
  there: readonly Profile[],
): Update | undefined {
  const updates = there
    .filter((other) => isSame(found, other))
    .flatMap((before) => {
      const update = withFound(before, one);
      const isCalledSo = before.name.toLowerCase() === String(one.entry['name']).toLowerCase();
      return update === undefined
        ? []
        : [{ ...update, rank: update.fields.length * 2 - (isCalledSo ? 1 : 0) }];
    })
    .toSorted((a, b) => a.rank - b.rank);
  const [best, next] = updates;
  if (best === undefined) return undefined;
  const isOpen = best.rank === next?.rank && best.fields.length > 0;
  return isOpen ? undefined : { profile: best.profile, fields: best.fields };
}

function withFound(before: Profile, one: ImportedProfile): Update | undefined {
  const { id: _, name: __, clientAuthentication, ...entry } = one.entry;
  const old = serializeProfile(before);
  // How the client proves itself is only assumed without a secret, and where nothing says how it shows the one that it has.
  const isAssumed =
    one.secret === undefined ||
    (one.assumesAuthentication === true && authenticationNamed(before.clientAuthentication).usesSecret);
  const proof = isAssumed ? {} : { clientAuthentication };
  // The same address may be spelled as its server spells it.
  const spelled = Object.fromEntries(
    Object.entries(entry).map(([name, value]) => [name, isSameAddress(value, old[name]) ? old[name] : value]),
  );
  const read = parseProfile({ ...old, ...spelled, ...proof });
  if ('problems' in read) return undefined;
  // With variables, it is that of one environment.
  const profile = {
    ...read.profile,
    ...(before.environment !== undefined && { environment: before.environment }),
  };
  const now = serializeProfile(profile);
  const names = [...new Set([...Object.keys(old), ...Object.keys(now)])];
  return { profile, fields: names.filter((name) => !isDeepStrictEqual(old[name], now[name])) };
}

/** The updates by which none is made of two that differ: of several, that which changes least. */
export function eachUpdatedOnce(all: readonly { readonly update?: Update }[]): ReadonlySet<Update> {
  const updates = all
    .flatMap(({ update }) => update ?? [])
    .toSorted((a, b) => a.fields.length - b.fields.length);
  const byId = new Map<string, Update>();
  for (const update of updates) if (!byId.has(update.profile.id)) byId.set(update.profile.id, update);
  return new Set(byId.values());
}

function isSame(one: Profile, other: Profile): boolean {
  if (one.clientId !== other.clientId || one.grant !== other.grant) return false;
  return isSameAddress(one.issuer, other.issuer) || isSameAddress(one.tokenEndpoint, other.tokenEndpoint);
}

/** Whether two addresses lead to the same place: a slash at their end makes no other server of it. */
function isSameAddress(one: unknown, other: unknown): boolean {
  const [plain, also] = [one, other].map((value) =>
    typeof value === 'string' && URL.canParse(value) ? new URL(value).href.replace(/\/$/, '') : undefined,
  );
  return plain !== undefined && plain === also;
}

/** Names by which profiles are told apart in a list: what is called like another one is called after its server, too, or has a number. */
export class DistinctNames {
  readonly #names: FreeIds;
  /** Servers that tell nothing apart. */
  readonly #hosts: ReadonlySet<string>;

  constructor(taken: readonly string[], hosts: readonly string[]) {
    this.#names = new FreeIds(taken, (name, n) => `${name} (${n})`);
    this.#hosts = new Set(hosts);
  }

  next(wanted: string, host = ''): string {
    const short = wanted.slice(0, longestName - 50).trim();
    const tells = host !== '' && !this.#hosts.has(host) && !wanted.includes(host);
    const called = [wanted, ...(tells ? [`${short} (${host.slice(0, 40)})`] : [])];
    const name = called.find((one) => !this.#names.has(one)) ?? this.#names.free(short);
    this.#names.take(name);
    return name;
  }
}
