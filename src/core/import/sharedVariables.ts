import { looksSecret } from '../profile/names.ts';
import { variablePart } from './fields.ts';
import type { VariableList, Variables } from './imported.ts';

/** What makes a client another one, or its server another one. */
const identity: ReadonlySet<string | undefined> = new Set(['clientId', 'tokenEndpoint', 'issuer']);

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
      return known === undefined || known.value === value ? [] : [group];
    }),
  );
  const isOthers = (name: string) => looksSecret(name) && others.has(groupOf(name));
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
        return before === undefined || before === value ? [] : [group];
      }),
    );
    return others.has(groupOf(name));
  };
  return {
    get: (name) => own.get(name) ?? (looksSecret(name) && isOthers(name) ? undefined : under.get(name)),
  };
}

/** A variable that names a client or a server. */
interface Identity {
  readonly one: string;
  readonly value: string;
  /** What stands before and behind the part. */
  readonly group: string;
}

/** An environment lies over the variables of each request: it is looked through once. */
const seen = new WeakMap<ReadonlyMap<string, string>, readonly Identity[]>();

function namesIn(own: ReadonlyMap<string, string>): readonly Identity[] {
  const before = seen.get(own);
  if (before !== undefined) return before;
  const names = [...own].flatMap(([one, value]): readonly Identity[] => {
    const { part, group = '' } = variablePart(one) ?? {};
    return identity.has(part) ? [{ one, value, group: group.toLowerCase() }] : [];
  });
  seen.set(own, names);
  return names;
}

/** The clients and servers that variables name, by what stands before and behind the part. */
function identities(list: VariableList) {
  return new Map(
    list.flatMap(([name, value]) => {
      const { part, group = '' } = variablePart(name) ?? {};
      return identity.has(part)
        ? [[`${group} ${String(part)}`, { group: group.toLowerCase(), value }] as const]
        : [];
    }),
  );
}

const groupOf = (name: string) => (variablePart(name)?.group ?? '').toLowerCase();
