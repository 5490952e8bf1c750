import { listOf, textOf, textsOf, type Found, type ImportedProfile, type VariableList } from '../imported.ts';
import { environmentOf, filesNamedBy, secretData } from '../containers.ts';
import { readSource } from '../readSource.ts';
import type { Reader } from '../reader.ts';
import { sameOnce } from '../sameOnce.ts';
import { groupsUnlessOff, variableGroups, withoutServer } from '../variableGroups.ts';
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
    const asides = new Set<string>();
    for (const found of visit(documents, asides)) {
      if (found !== undefined) (isWhole(found) ? whole : halves).push(found);
      yield undefined;
    }
    if (whole.length === 0) yield* sameOnce(halves);
    else {
      yield* sameOnce(whole.filter((one) => !isTemplate(one, whole)));
      for (const one of halves)
        if (typeof one !== 'string' && one.secret !== undefined)
          yield withoutServer(String(one.entry['name']));
    }
    if (whole.length + halves.length > 0) yield* asides;
  },
};

function isWhole(found: Found): boolean {
  if (typeof found === 'string') return true;
  const { entry, problems } = found;
  return problems !== undefined || 'tokenEndpoint' in entry || 'issuer' in entry;
}

/** Whether it lacks but the secret of another one, as what is merged into services does. */
function isTemplate(found: Found, all: readonly Found[]): boolean {
  if (typeof found === 'string' || found.secret !== undefined) return false;
  const key = withoutSecret(found);
  return all.some(
    (other) => typeof other !== 'string' && other.secret !== undefined && withoutSecret(other) === key,
  );
}

function withoutSecret({ entry }: ImportedProfile): string {
  return JSON.stringify({ ...entry, name: '', clientAuthentication: '' });
}

/** Names of what only holds the settings of what it stands in. */
const places =
  /^(?:env|environment|environmentVariables|variables|data|stringData|values|auth|oauth2?|spec|template)$/i;

interface Node {
  readonly value: unknown;
  readonly name: string;
  readonly depth: number;
}

/** @param asides what is to be said if there is a client at all. */
function* visit(documents: readonly unknown[], asides: Set<string>): Iterable<Found | undefined> {
  const todo: Node[] = documents.map((value) => ({ value, name: 'Imported', depth: 0 })).toReversed();
  for (let next = todo.pop(); next; next = todo.pop()) {
    const { value, depth } = next;
    const object = objectOf(value);
    const name = textOf(object['name']) ?? textOf(objectOf(object['metadata'])['name']) ?? next.name;
    const { list, notBase64 } = secretData(object);
    for (const one of notBase64)
      asides.add(`“${one.slice(0, 60)}” of “${name.slice(0, 60)}” is no base64; it was left out.`);
    for (const file of filesNamedBy(object))
      asides.add(
        `“${name.slice(0, 60)}” takes variables from ${file.slice(0, 100)}, too, which was not read.`,
      );
    if ('encryptedData' in object)
      asides.add(`“${name.slice(0, 60)}” is sealed: only the cluster can read it; it was left out.`);
    yield* groupsUnlessOff(scalars(value), name);
    yield* variableGroups([...list, ...environmentOf(object)], name);
    yield undefined;
    if (depth >= deepest) continue;
    const isSecret = list.length > 0;
    const inner = Array.isArray(value)
      ? listOf(value).map((item) => ({ value: item, name, depth: depth + 1 }))
      : Object.entries(object)
          .filter(([key]) => key !== 'encryptedData' && !(isSecret && /^(?:data|stringData)$/.test(key)))
          .map(([key, item]) => ({ value: item, name: places.test(key) ? name : key, depth: depth + 1 }));
    todo.push(...inner.filter((one) => typeof one.value === 'object' && one.value !== null).toReversed());
    for (const [key, text] of [...list, ...scalars(value)])
      if (key.includes('.') && text.includes('\n')) yield* fromFile(key, text, { name, depth }, todo);
  }
}

/** A whole file that is a value, as in a ConfigMap. */
function* fromFile(
  fileName: string,
  text: string,
  { name, depth }: Omit<Node, 'value'>,
  todo: Node[],
): Iterable<Found> {
  const read = readSource(text, { fileName });
  if ('problem' in read) return;
  yield* variableGroups(read.source.variables, name);
  todo.push(...read.source.documents.map((value) => ({ value, name, depth: depth + 1 })));
}

/** The texts of an object, its lists of texts, and what is written `{ value: … }`. */
function scalars(value: unknown): VariableList {
  return Object.entries(objectOf(value)).flatMap(([name, item]) => {
    if (typeof item === 'object' && !Array.isArray(item) && !('value' in objectOf(item))) return [];
    const texts = textsOf(item) ?? [];
    return texts.length === 0 ? [] : [[name, texts.join(' ')] as const];
  });
}
