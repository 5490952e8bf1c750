import { isAlias, isMap, isScalar, isSeq, Scalar, visit, type Document, type YAMLMap } from 'yaml';
import { isSecretName } from '../secretNames.ts';
import { variablePart, type PartName } from './fields.ts';
import { isMergeKey } from './yamlAliases.ts';

/** What makes a client another one, or its server another one. */
const identity: ReadonlySet<PartName> = new Set<PartName>(['clientId', 'tokenEndpoint', 'issuer']);

/**
 * A mapping that merges another (`<<`) and names a client or a server of its own does not take over the other's secret: it becomes a
 * placeholder, which opens the form.
 *
 * @see https://yaml.org/type/merge.html
 */
export function leaveSecretsOfOthers(document: Document.Parsed): void {
  visit(document, {
    Map: (_key, map) => {
      const merged = mergedInto(map, document, 0);
      if (merged.length === 0) return;
      const own = new Map(scalarsOf(map));
      const isOther = merged.some(([name, value]) => {
        const part = variablePart(name)?.part;
        return part !== undefined && identity.has(part) && own.has(name) && own.get(name) !== value;
      });
      if (!isOther) return;
      for (const name of new Set(merged.map(([one]) => one)))
        if (!own.has(name) && isSecretName(name))
          map.set(name, new Scalar('${the secret of what is merged here}'));
    },
  });
}

type Named = readonly (readonly [name: string, value: unknown])[];

/** What a mapping takes over from others, and they from others; `tieAliases` has bounded how much that is. */
function mergedInto(map: YAMLMap, document: Document.Parsed, depth: number): Named {
  if (depth > 10) return [];
  return map.items.flatMap((item): Named => {
    if (!isMergeKey(item.key)) return [];
    return (isSeq(item.value) ? item.value.items : [item.value]).flatMap((one) => {
      const target: unknown = isAlias(one) ? one.resolve(document) : one;
      return isMap(target) ? [...scalarsOf(target), ...mergedInto(target, document, depth + 1)] : [];
    });
  });
}

function scalarsOf(map: YAMLMap): Named {
  return map.items.flatMap(({ key, value }) =>
    isScalar(key) && typeof key.value === 'string'
      ? [[key.value, isScalar(value) ? value.value : value] as const]
      : [],
  );
}
