import { isAlias, isMap, isScalar, isSeq, Scalar, visit, type Document, type YAMLMap } from 'yaml';
import { isSecretName } from '../secretNames.ts';
import { variablePart, type PartName } from './fields.ts';
import { isMergeKey } from './yamlAliases.ts';

/** What makes a client another one, or its server another one. */
const identity: ReadonlySet<PartName> = new Set<PartName>(['clientId', 'tokenEndpoint', 'issuer']);

/**
 * A mapping that merges others (`<<`) does not take over the secret of one whose client or server it does not take over, too: it becomes
 * a placeholder, which opens the form.
 *
 * @see https://yaml.org/type/merge.html
 */
export function leaveSecretsOfOthers(document: Document.Parsed): void {
  visit(document, {
    Map: (_key, map) => {
      const merged = mergedInto(map, document, 0);
      if (merged.length === 0) return;
      const own = scalarsOf(map);
      for (const name of new Set(merged.flatMap((one) => [...one.keys()]))) {
        if (own.has(name) || !isSecretName(name)) continue;
        const from = merged.slice(merged.findIndex((one) => one.has(name)));
        if (isOfAnother(from, [own, ...merged]))
          map.set(name, new Scalar('${the secret of what is merged here}'));
      }
    },
  });
}

/** Texts of a mapping; of several, the first with a name says its value. */
type Named = ReadonlyMap<string, unknown>;

/** Whether what a secret is from, with what that merges, names another client or server than the whole. */
function isOfAnother(from: readonly Named[], whole: readonly Named[]): boolean {
  const valueIn = (all: readonly Named[], name: string) => all.find((one) => one.has(name))?.get(name);
  return from.some((one) =>
    [...one.keys()].some((name) => {
      const part = variablePart(name)?.part;
      return part !== undefined && identity.has(part) && valueIn(from, name) !== valueIn(whole, name);
    }),
  );
}

/** What a mapping takes over from others, and they from others; `tieAliases` has bounded how much that is. */
function mergedInto(map: YAMLMap, document: Document.Parsed, depth: number): readonly Named[] {
  if (depth > 10) return [];
  return map.items.flatMap((item): readonly Named[] => {
    if (!isMergeKey(item.key)) return [];
    return (isSeq(item.value) ? item.value.items : [item.value]).flatMap((one) => {
      const target: unknown = isAlias(one) ? one.resolve(document) : one;
      return isMap(target) ? [scalarsOf(target), ...mergedInto(target, document, depth + 1)] : [];
    });
  });
}

function scalarsOf(map: YAMLMap): Named {
  return new Map(
    map.items.flatMap(({ key, value }) =>
      isScalar(key) && typeof key.value === 'string'
        ? [[key.value, isScalar(value) ? value.value : value] as const]
        : [],
    ),
  );
}
