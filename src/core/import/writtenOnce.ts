import type { ImportedProfile } from './imported.ts';

/** The hosts, with port, that a secret would go to. */
function serversOf({ entry }: ImportedProfile): readonly string[] {
  const addresses = [entry['issuer'], entry['tokenEndpoint']];
  return addresses.flatMap((one) =>
    typeof one === 'string' && URL.canParse(one) ? [new URL(one).host] : [],
  );
}

/** Whether two profiles have no server in common. */
function isElsewhere(one: ImportedProfile, other: ImportedProfile): boolean {
  const [own, others] = [serversOf(one), serversOf(other)];
  return own.length > 0 && others.length > 0 && !own.some((host) => others.includes(host));
}

/** A profile without the secret, where the same is that of one of these at another server; it is asked for when it is needed. */
export function withoutSecretOf(one: ImportedProfile, others: readonly ImportedProfile[]): ImportedProfile {
  const { secret, ...rest } = one;
  const elsewhere = others.filter((other) => other.secret === secret && isElsewhere(one, other));
  if (secret === undefined || elsewhere.length === 0) return one;
  const hosts = [...new Set(elsewhere.flatMap((other) => serversOf(other)))].join(', ').slice(0, 200);
  const note = `The secret stands there for ${hosts}, too: it was not taken, and is asked for when it is needed.`;
  return { ...rest, notes: [...one.notes, note] };
}

/**
 * A secret belongs to one client at one server: where several profiles of a text would send one to different servers, none has it,
 * however often it stands there: one of the places may be a comment, or that of something else.
 */
export function eachItsOwn(profiles: readonly ImportedProfile[]): readonly ImportedProfile[] {
  const bySecret = new Map<string, ImportedProfile[]>();
  for (const one of profiles) {
    if (one.secret === undefined) continue;
    const all = bySecret.get(one.secret) ?? [];
    bySecret.set(one.secret, all);
    all.push(one);
  }
  const left = new Map<ImportedProfile, ImportedProfile>();
  for (const all of bySecret.values()) {
    const apart = eachServer(all);
    if (apart.length > 1)
      for (const one of all) left.set(one, withoutSecretOf(one, apart.slice(0, mostNamed)));
  }
  return left.size === 0 ? profiles : profiles.map((one) => left.get(one) ?? one);
}

/** Most servers that are looked at to name one: of two, one is another's. */
const mostNamed = 5;

/** The first profile of each server. */
function eachServer(all: readonly ImportedProfile[]): readonly ImportedProfile[] {
  const known = new Set<string>();
  return all.filter((one) => {
    const hosts = serversOf(one);
    const isNew = hosts.length > 0 && !hosts.some((host) => known.has(host));
    for (const host of hosts) known.add(host);
    return isNew;
  });
}
