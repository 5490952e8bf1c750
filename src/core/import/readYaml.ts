import { Composer, isMap, isScalar, Lexer, LineCounter, Parser, Scalar, visit, type Document } from 'yaml';
import { deepestJson } from '../http/jsonDepth.ts';
import { matters, twoValues } from './readJson.ts';
import { leaveSecretsOfOthers } from './mergedSecrets.ts';
import { pauseNow, toItsEnd, type Steps } from './steps.ts';
import { SwellsError, tieAliases } from './yamlAliases.ts';

/** The longest YAML text that is read, in characters and in words and signs: of many short ones, a character takes a hundred bytes. */
const [longestYaml, mostSigns] = [10_500_000, 3_000_000];

const tooLong = {
  problem:
    'The YAML text is too long to be read (more than 10 MB, or too many short values). Import it as JSON, or in parts.',
};

/** YAML documents, or a sentence that says why it cannot be read. */
export type ReadYaml =
  | { readonly documents: readonly unknown[]; readonly twice: readonly string[] }
  | { readonly problem: string };

/** Reads YAML with merge keys, bounded in length and in aliases; a name of OAuth's, or of mappings, with two values in one is taken out. */
export const readYaml = (text: string): ReadYaml => toItsEnd(yamlSteps(text));

/** The same, a step at a time. */
export function* yamlSteps(text: string): Steps<ReadYaml> {
  if (text.length > longestYaml) return tooLong;
  const twice: string[] = [];
  try {
    const lineCounter = new LineCounter();
    const composer = new Composer({ uniqueKeys: false, merge: true, logLevel: 'silent' });
    const documents = yield* documentsIn(text, composer, lineCounter);
    const error = documents.flatMap(({ errors }) => errors)[0];
    if (error)
      return {
        problem: `The text cannot be read as YAML: it is broken or cut off at line ${lineCounter.linePos(error.pos[0]).line || 1}.`,
      };
    const values: unknown[] = [];
    for (const document of documents) {
      const takeTwice = () => removeTwice(document, lineCounter, twice);
      for (const pass of [markTagged, takeTwice, tieAliases, leaveSecretsOfOthers]) {
        pass(document);
        yield pauseNow;
      }
      // `tieAliases` has weighed them.
      values.push(document.toJS({ maxAliasCount: -1 }));
      yield pauseNow;
    }
    return { documents: values, twice };
  } catch (thrown) {
    if (thrown instanceof TooLong) return tooLong;
    if (thrown instanceof TooDeep)
      return { problem: `The YAML text is nested more than ${deepestJson} levels deep. Nothing was read.` };
    const swells = thrown instanceof SwellsError;
    return {
      problem: swells
        ? 'The YAML text refers to itself so often that it would swell when it is read. Nothing was read.'
        : 'The text cannot be read as YAML.',
    };
  }
}

class TooDeep extends Error {}

class TooLong extends Error {}

/**
 * The documents, as `parseAllDocuments` reads them, while they are not nested too deep: what is made of them is made by recursion,
 * and a regular expression that V8 compiles at the end of the stack ends the process, which nothing catches.
 */
function* documentsIn(
  text: string,
  composer: Composer,
  lineCounter: LineCounter,
): Steps<readonly Document.Parsed[]> {
  const parser = new Parser(lineCounter.addNewLine);
  lineCounter.addNewLine(0);
  const documents: Document.Parsed[] = [];
  let signs = 0;
  for (const lexeme of new Lexer().lex(text)) {
    if (++signs > mostSigns) throw new TooLong();
    for (const token of parser.next(lexeme)) documents.push(...composer.next(token));
    // A pair in a list is two levels of the parser's.
    if (parser.stack.length > 2 * deepestJson) throw new TooDeep();
    yield 0;
  }
  for (const token of parser.end()) documents.push(...composer.next(token));
  documents.push(...composer.end());
  return documents;
}

/** What a tag of an application's own says where to take from (`!secret x`, `!vault …`, `!Ref x`) is not a value: it becomes a placeholder. */
function markTagged(document: Document.Parsed): void {
  visit(document, {
    Scalar: (_key, scalar) => {
      if (isOwnTag(scalar.tag)) scalar.value = named(scalar.tag, String(scalar.value));
    },
    // `!reference [.shared, variables, X]`, `!GetAtt [a, b]`
    Seq: (_key, { tag, items }) =>
      isOwnTag(tag) && items.every((item) => isScalar(item))
        ? new Scalar(named(tag, items.map(String).join(' ')))
        : undefined,
  });
}

function isOwnTag(tag: string | undefined): tag is string {
  return tag !== undefined && /^!(?!!)/.test(tag);
}

function named(tag: string, value: string): string {
  const words = value.replace(/[{}\s]+/g, ' ').trim();
  return `\${${tag.slice(1, 40)} ${words.slice(0, 60)}}`;
}

function removeTwice(document: Document.Parsed, lines: LineCounter, twice: string[]): void {
  visit(document, {
    Map: (_key, map) => {
      const first = new Map<string, unknown>();
      const gone = new Set<string>();
      for (const { key, value } of map.items) {
        if (!isScalar(key) || typeof key.value !== 'string') continue;
        const plain = isScalar(value) ? value.value : value;
        const before = first.get(key.value);
        if (before === undefined) first.set(key.value, plain);
        else if (
          before !== plain &&
          !gone.has(key.value) &&
          (matters(key.value) || isMap(before) || isMap(plain))
        ) {
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
