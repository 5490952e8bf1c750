import { listOf, textsOf, type Found, type VariableList } from '../imported.ts';
import type { Reader } from '../reader.ts';
import { variableGroups } from '../variableGroups.ts';
import { objectOf } from '../../../shared/json.ts';

/** Deepest object looked into. */
const deepest = 12;

/** Settings of a tool that is not known: only what stands in the same object belongs together. */
export const looseObjects: Reader = {
  name: 'settings',
  recognises: ({ documents }) => documents.length > 0,
  read: function* ({ documents }) {
    const whole: Found[] = [];
    const halves: Found[] = [];
    for (const found of visit(documents)) {
      if (found !== undefined) (isWhole(found) ? whole : halves).push(found);
      yield undefined;
    }
    yield* whole.length > 0 ? whole : halves;
  },
};

function isWhole(found: Found): boolean {
  if (typeof found === 'string') return true;
  const { entry, problems } = found;
  return problems !== undefined || 'tokenEndpoint' in entry || 'issuer' in entry;
}

function* visit(documents: readonly unknown[]): Iterable<Found | undefined> {
  const todo = documents.map((value) => ({ value, name: 'Imported', depth: 0 })).toReversed();
  for (let next = todo.pop(); next; next = todo.pop()) {
    const { value, name, depth } = next;
    yield* variableGroups(scalars(value), name);
    yield undefined;
    if (depth >= deepest) continue;
    const inner = Array.isArray(value)
      ? listOf(value).map((item) => ({ value: item, name, depth: depth + 1 }))
      : Object.entries(objectOf(value)).map(([key, item]) => ({ value: item, name: key, depth: depth + 1 }));
    todo.push(...inner.filter((one) => typeof one.value === 'object' && one.value !== null).toReversed());
  }
}

/** The texts of an object, and its lists of texts. */
function scalars(value: unknown): VariableList {
  return Object.entries(objectOf(value)).flatMap(([name, item]) => {
    if (typeof item === 'object' && !Array.isArray(item)) return [];
    const texts = textsOf(item) ?? [];
    return texts.length === 0 ? [] : [[name, texts.join(' ')] as const];
  });
}
