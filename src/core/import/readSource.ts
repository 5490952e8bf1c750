import type { Scope } from './imported.ts';
import type { Source } from './reader.ts';
import { codeSteps, isCode } from './codeObjects.ts';
import { withArrays } from './commandLines.ts';
import { beginsWithSection } from './iniSections.ts';
import { readJson } from './readJson.ts';
import { readProperties, withoutJaas, withoutTwice } from './readProperties.ts';
import { heading, readVariables } from './readVariables.ts';
import { yamlSteps } from './readYaml.ts';
import { toItsEnd, type Steps } from './steps.ts';
import { objectOf } from '../../shared/json.ts';

/** The longest text looked at, in characters. */
const longestText = 40_000_000;

/** What belongs to a text that is imported. */
export interface SourceOptions {
  /** Text of the `http-client.private.env.json` that belongs to it. */
  readonly companion?: string;
  /** The file it is from: a name or a path. */
  readonly fileName?: string;
  /** Variables of other files that belong to it. */
  readonly scope?: Scope;
}

const alone: Scope = { under: [], over: [] };

/** A text as readers take it; `twice` are names with two values, as sentences. */
export interface ReadSource {
  readonly source: Source;
  readonly twice: readonly string[];
}

/** What stands before the JSON of a response that was copied whole. */
const headOfAnswer =
  /^\s{0,99}HTTP\/[\d.]{1,3} \d{3}[^\n]{0,100}\n(?:[\w-]{1,60}:[^\n]{0,4000}\n){0,60}\s{0,9}(?=[{[])/;

/** Reads a text as far as all readers need it, or says why it cannot be read. */
export const readSource = (text: string, options: SourceOptions) => toItsEnd(sourceSteps(text, options));

/** The same, a step at a time. */
export function* sourceSteps(
  whole: string,
  { companion = '', fileName = '', scope = alone }: SourceOptions,
): Steps<ReadSource | { readonly problem: string }> {
  if (whole.length > longestText) return { problem: 'The text is too long to be read (more than 40 MB).' };
  if (/\.paw$/i.test(fileName))
    return {
      problem: 'A collection of Paw is not read: export it there as OpenAPI or for Postman, and import that.',
    };
  const text = withArrays(whole.replace(/^\ufeff/, '').replace(headOfAnswer, '')).trim();
  if (text === '') return { problem: 'There is nothing to import.' };
  if (/[\0\ufffd]{2}|\0/.test(text.slice(0, 4096)))
    return {
      problem: 'The text is not readable text. If it is UTF-16 or another encoding, save it as UTF-8.',
    };
  const name = fileName.replace(/^.*[/\\]/, '').toLowerCase();
  const beside = readJson(companion);
  const source = {
    text,
    fileName: name,
    documents: [],
    variables: [],
    companion: objectOf('value' in beside ? beside.value : {}),
    scope,
  };
  if (isCode.test(name))
    return { source: { ...source, documents: [yield* codeSteps(text, name)] }, twice: [] };
  if (/^(?:[[{]|\/[/*])/.test(text) && !/^\[[\w.]+\]::/.test(text)) {
    const whole = readJson(text);
    // Several of them behind each other, as of a list without its brackets.
    const read =
      'value' in whole || !/\}\s{0,99},\s{0,99}\{/.test(text)
        ? whole
        : readJson(`[${text.replace(/,$/, '')}]`);
    if ('value' in read) return { source: { ...source, documents: [read.value] }, twice: read.twice };
    if (/^[{[]/.test(text) && !beginsWithSection(text))
      return {
        problem: `The text begins like JSON but cannot be read as JSON: it is broken or cut off at line ${read.line + 1}.`,
      };
  }
  if (looksYaml(text, name)) {
    const read = yield* yamlSteps(text);
    // Words below each other are a text, not a list of them.
    const isSettings = (document: unknown): boolean =>
      Array.isArray(document) ? document.some(isSettings) : Object.keys(objectOf(document)).length > 0;
    if ('documents' in read && read.documents.some(isSettings))
      return { source: { ...source, documents: read.documents }, twice: read.twice };
    if ('problem' in read && /\.ya?ml$/.test(name)) return read;
    // A text that only looks like YAML may still be lines of variables; what would swell is none.
    if ('problem' in read && /swell|too long/.test(read.problem)) return read;
  }
  const looksProperties = /^[ \t]*(?:spring\.security|(?:[\w.]{1,80}\.)?sasl)\./m.test(text);
  const isProperties = name.endsWith('.properties') || looksProperties;
  if (!isProperties) return { source: { ...source, variables: readVariables(text) }, twice: [] };
  if (parts.test(text)) {
    const read = text.split(parts).map((part) => withoutTwice(readProperties(part)));
    const documents = read.map(({ list }) => Object.fromEntries(list));
    return { source: { ...source, documents }, twice: read.flatMap(({ twice }) => twice) };
  }
  // With a heading it is YAML that is broken, or has the wrong name.
  const isYaml = !name.endsWith('.properties') || /^[\w.-]{1,100}:[ \t\r]*\n[ \t]+[\w"'-]/m.test(text);
  const isBroken = isYaml && heading.test(text);
  const { list, twice } = withoutTwice(
    isBroken ? readVariables(text) : readProperties(text).flatMap(withoutJaas),
  );
  return { source: { ...source, variables: list }, twice };
}

/**
 * What parts documents in a `.properties` file.
 *
 * @see https://docs.spring.io/spring-boot/reference/features/external-config.html#features.external-config.files.multi-document
 */
const parts = /^[#!]---[ \t]*\r?$/m;

/** Whether a text is rather YAML than lines of variables, a command or blocks in braces. */
function looksYaml(text: string, fileName: string): boolean {
  if (/\.ya?ml$/.test(fileName)) return true;
  if (/\.(bru|env|properties|sh|cmd|ps1|http|rest)$|^\.env/.test(fileName)) return false;
  const start = text.slice(0, 20_000);
  if (/^(?:---|%YAML)/.test(start)) return true;
  if (/^[\w:-]{1,80} ?[{[]\s*$/m.test(start)) return false;
  return (
    /^[ \t]*(?:- )?['"]?[\w.$<-][\w .$/<-]{0,100}['"]?:(?:[ \t]|$)/m.test(start) &&
    // Further in, such a line stands in a text that is a value.
    !/^(?:export )?[\w.-]{1,100}[ \t]*=/m.test(start)
  );
}
