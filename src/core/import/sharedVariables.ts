import { mostVariables } from '../profile/environments.ts';
import { isSecretName } from '../secretNames.ts';
import { ownSecret } from './eachEnvironment.ts';
import { variablePart } from './fields.ts';
import type { Found, ImportedProfile, VariableList, Variables } from './imported.ts';

/**
 * As many environments as the settings take; fewer, where each is read with much that all of them share.
 *
 * @returns also what is to be said of it.
 */
export function fewEnough<One>(
  all: readonly One[],
  shared: number,
): { readonly few: readonly One[]; readonly said: readonly string[] } {
  const most = Math.ceil(Math.min(mostVariables, mostShared / (shared + 1)));
  const said = all.length > most ? [`Of ${all.length} environments, the first ${most} were read.`] : [];
  return { few: all.slice(0, most), said };
}

/** Most values that environments may have of what they share, all together. */
const mostShared = 20_000;

/** What makes a client another one, or its server another one. */
const identity: ReadonlySet<string> = new Set(['clientId', 'tokenEndpoint', 'issuer']);

/**
 * An environment's variables with those that all environments share: its own win. Where it names another client or another server,
 * the shared secret is not its own: a placeholder opens the form.
 */
export function withShared(own: VariableList, shared: VariableList): VariableList {
  const mine = new Map(own);
  const before = identities(shared);
  const others = new Set(
    [...identities(own)].flatMap(([part, { group, value }]) => {
      const known = before.get(part);
      return known === undefined || known.value === value ? [] : [group.toLowerCase()];
    }),
  );
  const isOthers = (name: string) => isSecretName(name) && others.has(groupOf(name));
  return [
    ...shared
      .filter(([name]) => !mine.has(name))
      .map(([name, value]) => [name, isOthers(name) ? '${the secret of what is shared}' : value] as const),
    ...own,
  ];
}

/**
 * Variables over others, which are not copied: a collection may have many of them, and many requests. The secret below is not that of
 * another client, or for another server, which those above name.
 */
export function layered(under: Variables, own: ReadonlyMap<string, string>): Variables {
  if (own.size === 0) return under;
  let others: ReadonlySet<string> | undefined;
  const isOthers = (name: string) => {
    others ??= new Set(
      namesIn(own).flatMap(({ one, value, group }) => {
        const before = under.get(one);
        return before === undefined || before === value ? [] : [group.toLowerCase()];
      }),
    );
    return others.has(groupOf(name));
  };
  return {
    get: (name) => own.get(name) ?? (isSecretName(name) && isOthers(name) ? undefined : under.get(name)),
    under,
  };
}

/** What is read with layers of variables, however they are called: where it is another client than without the upper ones, it does not have that one's secret. */
export function readLayered<One extends Found | undefined>(
  variables: Variables,
  read: (variables: Variables) => One,
): One | ImportedProfile {
  const used = new Set<string>();
  const one = read({
    get: (name) => {
      used.add(name);
      return variables.get(name);
    },
  });
  if (variables.under === undefined || secretOf(one) === undefined) return one;
  // Written beside the client itself, it is that one's.
  if (secretOf(read(none)) === secretOf(one)) return one;
  let over = variables;
  const beneath: ImportedProfile[] = [];
  for (const below of layersUnder(variables)) {
    const isSame = isSameIn(used, below, over);
    over = below;
    // Most layers say nothing of what is used.
    if (isSame) continue;
    const other = read(below);
    if (typeof other === 'object') beneath.push(other);
  }
  return typeof one === 'object' ? ownSecret(one, [], beneath) : one;
}

function isSameIn(names: ReadonlySet<string>, one: Variables, other: Variables): boolean {
  return [...names].every((name) => one.get(name) === other.get(name));
}

function layersUnder({ under }: Variables): readonly Variables[] {
  return under === undefined ? [] : [under, ...layersUnder(under)];
}

const none: Variables = new Map();

const secretOf = (one: Found | undefined) => (typeof one === 'object' ? one.secret : undefined);

/** Variables of an environment over others, as its tool has them: for what `readLayered` reads. */
export function above(under: Variables, own: ReadonlyMap<string, string>): Variables {
  return own.size === 0 ? under : { get: (name) => own.get(name) ?? under.get(name), under };
}

/** Variables of other files, each list over those before it. */
export function stacked(lists: readonly VariableList[]): Variables {
  return lists.reduce((under: Variables, own) => above(under, new Map(own)), none);
}

/** A variable that names a client or a server. */
interface Identity {
  readonly one: string;
  readonly value: string;
  readonly part: string;
  /** What stands before and behind the part. */
  readonly group: string;
}

function identitiesIn(variables: Iterable<readonly [string, string]>): readonly Identity[] {
  return [...variables].flatMap(([one, value]) => {
    const { part, group = '' } = variablePart(one) ?? {};
    return part !== undefined && identity.has(part) ? [{ one, value, part, group }] : [];
  });
}

/** An environment lies over the variables of each request: it is looked through once. */
const seen = new WeakMap<ReadonlyMap<string, string>, readonly Identity[]>();

function namesIn(own: ReadonlyMap<string, string>): readonly Identity[] {
  const names = seen.get(own) ?? identitiesIn(own);
  seen.set(own, names);
  return names;
}

/** The clients and servers that variables name, by what stands before and behind the part. */
function identities(list: VariableList): ReadonlyMap<string, Identity> {
  return new Map(identitiesIn(list).map((one) => [`${one.group} ${one.part}`, one]));
}

const groupOf = (name: string) => (variablePart(name)?.group ?? '').toLowerCase();
