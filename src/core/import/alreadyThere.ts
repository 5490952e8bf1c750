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

/** The profile for the same client of the same server by the same grant, as it were with what was found. */
export function updateOf(
  found: Profile,
  one: ImportedProfile,
  there: readonly Profile[],
): Update | undefined {
  const before = there.find((other) => isSame(found, other));
  if (before === undefined) return undefined;
  const { id: _, name: __, clientAuthentication, ...entry } = one.entry;
  const old = serializeProfile(before);
  // How the client proves itself is only assumed without a secret, and where nothing says how it shows the one that it has.
  const isAssumed =
    one.secret === undefined ||
    (one.assumesAuthentication === true && authenticationNamed(before.clientAuthentication).usesSecret);
  const proof = isAssumed ? {} : { clientAuthentication };
  const read = parseProfile({ ...old, ...entry, ...proof });
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

function isSame(one: Profile, other: Profile): boolean {
  if (one.clientId !== other.clientId || one.grant !== other.grant) return false;
  const isEither = (name: 'issuer' | 'tokenEndpoint') => one[name] !== undefined && one[name] === other[name];
  return isEither('issuer') || isEither('tokenEndpoint');
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
