import type { Found, ImportedProfile } from './imported.ts';
import type { Reader, Source } from './reader.ts';
import { withoutSecretOf } from './writtenOnce.ts';

/** Most environments of a file that are tried. */
const most = 20;

/**
 * What a reader finds in a file that holds several environments itself: where they make a difference, a profile for each, that says
 * which gave it its values; elsewhere one. All are read side by side, so that what is the same place of the file is known.
 */
export function* eachEnvironment(reader: Reader, source: Source): Iterable<Found | undefined> {
  const { base, names } = reader.choices?.(source) ?? { names: [] };
  const [only] = names;
  if (only === undefined || names.length === 1) {
    yield* only === undefined ? reader.read(source) : inOnly(reader, source, { chosen: only, base });
    return;
  }
  if (names.length > most) yield `Of ${names.length} environments, the first ${most} were tried.`;
  const tried = names.slice(0, most).map((name) => {
    const steps = reader.read({ ...source, chosen: name })[Symbol.iterator]();
    return { name, next: () => steps.next().value as Found | undefined };
  });
  let at = 0;
  for (const without of reader.read(source)) {
    const found = tried.map(({ name, next }) => ({ name, one: next() }));
    const others = found.filter(({ one }) => one !== undefined && keyOf(one) !== keyOf(without));
    const place = { of: String(at++), many: others.length > 1 || base !== undefined };
    const whole = typeof without === 'object' && without.problems === undefined ? without : undefined;
    const beneath = whole === undefined ? [] : [whole];
    if (others.length === 0) yield without;
    else if (whole) yield base === undefined ? whole : ofEnvironment(whole, base, place);
    const profiles = others.flatMap(({ one }) => (typeof one === 'object' ? [one] : []));
    for (const { name, one } of others)
      yield typeof one === 'object' ? ofEnvironment(ownSecret(one, profiles, beneath), name, place) : one;
  }
}

/** What makes a client another one, or its server. */
const identity = ['clientId', 'issuer', 'tokenEndpoint'];

/** What is found in the only environment; of another client or server than without it, not with that one's secret, and beside that one. */
function* inOnly(
  reader: Reader,
  source: Source,
  { chosen, base }: { readonly chosen: string; readonly base: string | undefined },
): Iterable<Found | undefined> {
  const without = reader.read(source)[Symbol.iterator]();
  let at = 0;
  for (const one of reader.read({ ...source, chosen })) {
    const before = without.next().value as Found | undefined;
    const whole = typeof before === 'object' && before.problems === undefined ? before : undefined;
    const place = { of: String(at++), many: true };
    const own = typeof one === 'object' ? ownSecret(one, [], whole === undefined ? [] : [whole]) : one;
    const isOther =
      whole !== undefined &&
      typeof own === 'object' &&
      identity.some((field) => whole.entry[field] !== own.entry[field]);
    if (isOther && base !== undefined) {
      yield ofEnvironment(whole, base, place);
      yield ofEnvironment(own, chosen, place);
    } else yield own;
  }
}

/**
 * A profile that an environment gave its values.
 *
 * @param place `of` is the same for what is the same place of a collection; with `many` the name says which environment it is.
 */
export function ofEnvironment(
  one: ImportedProfile,
  environment: string,
  { of, many }: { readonly of: string; readonly many: boolean },
): ImportedProfile {
  const { name } = one.entry;
  const called = many ? `${String(name).slice(0, 70)} (${environment.slice(0, 26)})` : name;
  return { ...one, entry: { ...one.entry, name: called }, origin: { environment, of, name } };
}

/**
 * Without the secret, where another client has the same in another environment, or beneath it: whose it is, the file leaves open.
 *
 * @param beneath what is found without the environment, where the secret may be written beside its server: it goes to no other.
 */
export function ownSecret(
  one: ImportedProfile,
  inEnvironments: readonly ImportedProfile[],
  beneath: readonly ImportedProfile[],
): ImportedProfile {
  const { secret, ...rest } = one;
  if (secret === undefined) return one;
  const isAnothers = [...beneath, ...inEnvironments].some(
    ({ secret: its, entry: { clientId } }) =>
      its === secret && clientId !== undefined && clientId !== one.entry['clientId'],
  );
  if (!isAnothers) return withoutSecretOf(one, beneath);
  const problem =
    'The secret is the same for other clients of these files; whose it is cannot be known, and it was not taken.';
  return { ...rest, problems: [...(one.problems ?? []), problem] };
}

/** What is the same for what is found with the same values. */
export function keyOf(one: Found | undefined): string {
  return typeof one === 'object' ? JSON.stringify([one.entry, one.secret, one.problems]) : String(one);
}
