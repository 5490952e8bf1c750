import { parseProfile } from '../profile/parseProfile.ts';
import type { Profile } from '../profile/profile.ts';
import { shownHost } from '../http/urlHost.ts';
import { isLoopbackHost } from '../profile/loopbackHost.ts';
import { profileFields } from '../profile/fields/all.ts';
import { FreeIds, slug } from '../profile/slug.ts';
import { DistinctNames, eachUpdatedOnce, updateOf, type Update } from './alreadyThere.ts';
import type { ImportedProfile, ImportResult, InEnvironment } from './imported.ts';
import { profileIn } from './intoEnvironments.ts';

/** A profile that can be saved as it is. */
export interface ReadyImport {
  readonly kind: 'ready';
  readonly profile: Profile;
  readonly secret?: string;
  readonly notes: readonly string[];
  /** Hosts (with port) that it sends requests or the user to, as a list shows them. */
  readonly hosts: readonly string[];
  /** The only host that its secret is sent to; absent without a secret. */
  readonly secretHost?: string;
  /** The file it is from, when there are several. */
  readonly file?: string;
  /** What it would make of the profile that is there for the same client. */
  readonly update?: Update;
  /** What it is in each environment, when there are variables in its fields; each secret is of one of them. */
  readonly environments?: readonly (InEnvironment & { readonly profile: Profile })[];
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

/** What is there before an import. */
export interface There {
  /** The names of all profiles. */
  readonly names: readonly string[];
  /** Those that an import may change, as they are in the environment in force. */
  readonly profiles: readonly Profile[];
}

const nothingThere: There = { names: [], profiles: [] };

/** What importing would do: each profile gets an id and a name that nobody has, `taken` ids and those before it included. */
export function planImport(
  { profiles }: ImportResult,
  taken: readonly string[],
  there = nothingThere,
): readonly PlannedImport[] {
  const ids = new FreeIds(taken);
  const names = new DistinctNames(
    there.names,
    there.profiles.flatMap((one) => hostsOf({ ...one })),
  );
  const plan = profiles.map((one): PlannedImport => {
    const { secret, notes, problems: known = [], file, environments = [] } = one;
    const called = typeof one.entry['name'] === 'string' ? one.entry['name'] : '';
    const name = called === '' ? '' : names.next(called, hostsOf(one.entry)[0]);
    const entry = called === '' ? one.entry : { ...one.entry, name };
    const wanted =
      typeof entry['id'] === 'string' && entry['id'] !== '' ? entry['id'] : slug(called) || 'profile';
    const id = ids.free(wanted);
    const places = environments.flatMap((one) => {
      const read = profileIn({ ...entry, id }, one);
      return read === undefined ? [] : [{ ...one, ...read }];
    });
    const [first] = places;
    if (first !== undefined) {
      ids.take(id);
      const secretHosts = places.flatMap((one) =>
        one.secret === undefined ? [] : secretHostOf(one.profile),
      );
      return {
        // In an environment, so that it can be saved where none is chosen yet.
        ...{
          kind: 'ready',
          profile: { ...first.written, environment: first.name },
          notes,
          environments: places,
        },
        hosts: [...new Set(places.flatMap((one) => hostsOf({ ...one.profile })))],
        ...(file !== undefined && { file }),
        ...(secretHosts.length > 0 && { secretHost: [...new Set(secretHosts)].join(', ') }),
      };
    }
    const result = parseProfile({ ...entry, id });
    const hosts = hostsOf(entry);
    const [secretHost] = secretHostOf(entry);
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
    ids.take(id);
    const update = updateOf(result.profile, one, there.profiles);
    return { ...common, kind: 'ready', profile: result.profile, ...(update && { update }) };
  });
  return withoutOtherUpdates(plan);
}

/** Two that were found are not made of one that is there: the one that changes it more stands beside it. */
function withoutOtherUpdates(plan: readonly PlannedImport[]): readonly PlannedImport[] {
  const kept = eachUpdatedOnce(plan.map((one) => (one.kind === 'ready' ? one : {})));
  return plan.map((one) => {
    if (one.kind !== 'ready' || one.update === undefined || kept.has(one.update)) return one;
    const { update: _, ...beside } = one;
    return beside;
  });
}

/** Every host in an entry's addresses, each once. */
function hostsOf(entry: ImportedProfile['entry']): readonly string[] {
  const addresses = Object.entries(entry).filter(
    ([field]) => ['issuer', 'jwksUri'].includes(field) || field.endsWith('Endpoint'),
  );
  return [...new Set(addresses.flatMap(([, value]) => hostOf(value)))];
}

/** Where else than to servers requests, the user, tokens or codes may go. */
const places: readonly string[] = [
  'resource',
  'audience',
  ...profileFields.filter(({ kind }) => kind === 'url').map(({ name }) => name),
];

/** Every host (with port) of a planned import, in any of its environments; what stays on this computer, as most redirects do, only for its servers. */
export function everyHost(planned: PlannedImport): readonly string[] {
  const { environments = [] } = planned.kind === 'ready' ? planned : {};
  const entries: readonly ImportedProfile['entry'][] =
    planned.kind === 'open'
      ? [planned.entry]
      : [planned, ...environments].map(({ profile }) => ({ ...profile }));
  const given = entries.flatMap((entry) => places.flatMap((field) => entry[field] ?? []));
  const urls = given.flatMap((url) =>
    typeof url === 'string' && /^https?:/i.test(url) && URL.canParse(url) ? [new URL(url)] : [],
  );
  const away = urls.filter(({ hostname }) => !isLoopbackHost(hostname)).map(({ host }) => shownHost(host));
  return [...new Set([...planned.hosts, ...away])];
}

function secretHostOf({ issuer, tokenEndpoint }: ImportedProfile['entry']): readonly string[] {
  return [issuer, tokenEndpoint].flatMap(hostOf).slice(0, 1);
}

function hostOf(value: unknown): readonly string[] {
  return typeof value === 'string' && URL.canParse(value) ? [shownHost(new URL(value).host)] : [];
}
