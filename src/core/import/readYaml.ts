import { isMap, isScalar, LineCounter, parseAllDocuments, visit, type Document } from 'yaml';
import { matters, twoValues } from './readJson.ts';

/** The longest YAML text that is read, in characters: its grammar takes some thirty times as long as JSON's. */
const longestYaml = 6_000_000;

/** Most aliases that are followed: more is a text that swells when it is read. */
const mostAliases = 100;

/** YAML documents, or a sentence that says why it cannot be read. */
export type ReadYaml =
  | { readonly documents: readonly unknown[]; readonly twice: readonly string[] }
  | { readonly problem: string };

/** Reads YAML with merge keys, bounded in length and in aliases; a name of OAuth's with two values in one mapping is taken out. */
export function readYaml(text: string): ReadYaml {
  if (text.length > longestYaml) return { problem: 'The YAML text is too long to be read (more than 6 MB).' };
  const twice: string[] = [];
  try {
    const lineCounter = new LineCounter();
    const parsed = parseAllDocuments(text, {
      lineCounter,
      uniqueKeys: false,
      merge: true,
      logLevel: 'silent',
      prettyErrors: true,
    });
    const documents = Array.isArray(parsed) ? parsed : [];
    const error = documents.flatMap(({ errors }) => errors)[0];
    if (error)
      return {
        problem: `The text cannot be read as YAML: it is broken or cut off at line ${error.linePos?.[0].line ?? 1}.`,
      };
    const values = documents.map((document) => {
      removeTwice(document, lineCounter, twice);
      return document.toJS({ maxAliasCount: mostAliases }) as unknown;
    });
    return { documents: values, twice };
  } catch (thrown) {
    const swells = thrown instanceof ReferenceError;
    return {
      problem: swells
        ? 'The YAML text refers to itself so often that it would swell when it is read. Nothing was read.'
        : 'The text cannot be read as YAML.',
    };
  }
}

function removeTwice(document: Document.Parsed, lines: LineCounter, twice: string[]): void {
  visit(document, {
    Map: (_key, map) => {
      const first = new Map<string, unknown>();
      const gone = new Set<string>();
      for (const { key, value } of map.items) {
        if (!isScalar(key) || typeof key.value !== 'string' || !matters(key.value)) continue;
        const plain = isScalar(value) ? value.value : value;
        if (!first.has(key.value)) first.set(key.value, plain);
        else if (first.get(key.value) !== plain && !gone.has(key.value)) {
          gone.add(key.value);
          twice.push(twoValues(key.value, lines.linePos(key.range?.[0] ?? 0).line));
        }
      }
      if (gone.size > 0 && isMap(map))
        map.items = map.items.filter(
          ({ key }) => !(isScalar(key) && typeof key.value === 'string' && gone.has(key.value)),
        );
    },
  });
}
