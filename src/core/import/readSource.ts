import type { Scope } from './imported.ts';
import type { Source } from './reader.ts';
import { codeSteps, isCode } from './codeObjects.ts';
import { withArrays, withInput } from './commandLines.ts';
import { beginsWithSection } from './iniSections.ts';
import { readJson } from './readJson.ts';
import { readProperties, withoutJaas, withoutTwice } from './readProperties.ts';
import { heading, readVariables, variableSteps } from './readVariables.ts';
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
): Steps<ReadSource | Problem> {
  if (whole.length > longestText) return { problem: 'The text is too long to be read (more than 40 MB).' };
  const name = fileName.replace(/^.*[/\\]/, '').toLowerCase();
  if (name.endsWith('.paw'))
    return {
      problem: 'A collection of Paw is not read: export it there as OpenAPI or for Postman, and import that.',
    };
  const text = withInput(withArrays(whole.replace(/^\ufeff/, '').replace(headOfAnswer, ''))).trim();
  if (text === '') return { problem: 'There is nothing to import.' };
  if (/[\0\ufffd]{2}|\0/.test(text.slice(0, 4096)))
    return {
      problem: 'The text is not readable text. If it is UTF-16 or another encoding, save it as UTF-8.',
    };
  const content = yield* contentSteps(text, name);
  if ('problem' in content) return content;
  const beside = readJson(companion);
  const { documents = [], variables = [], twice } = content;
  return {
    source: {
      ...{ text, fileName: name, documents, variables, scope },
      companion: objectOf('value' in beside ? beside.value : {}),
    },
    twice,
  };
}

interface Problem {
  readonly problem: string;
}

/** What a text holds, by its language. */
type Content = Partial<Pick<Source, 'documents' | 'variables'>> & Pick<ReadSource, 'twice'>;

function* contentSteps(text: string, name: string): Steps<Content | Problem> {
  if (isCode.test(name)) return { documents: [yield* codeSteps(text, name)], twice: [] };
  const json = jsonIn(text);
  if (json !== undefined) return json;
  const yaml = looksYaml(text, name) ? yield* yamlIn(text, name) : undefined;
  return yaml ?? propertiesIn(text, name) ?? { variables: yield* variableSteps(text), twice: [] };
}

/** Absent for what is not JSON, though it may begin like it. */
function jsonIn(text: string): Content | Problem | undefined {
  if (!/^(?:[[{]|\/[/*])/.test(text) || /^\[[\w.]+\]::/.test(text)) return undefined;
  const whole = readJson(text);
  // Several of them behind each other, as of a list without its brackets.
  const isList = !('value' in whole) && /\}\s{0,99},\s{0,99}\{/.test(text);
  const read = isList ? readJson(`[${text.replace(/,$/, '')}]`) : whole;
  if ('value' in read) return { documents: [read.value], twice: read.twice };
  if (text.startsWith('/') || beginsWithSection(text)) return undefined;
  return {
    problem: `The text begins like JSON but cannot be read as JSON: it is broken or cut off at line ${read.line + 1}.`,
  };
}

/** Absent for what only looks like YAML, and may still be lines of variables. */
function* yamlIn(text: string, name: string): Steps<Content | Problem | undefined> {
  const read = yield* yamlSteps(text);
  // What would swell is none.
  if ('problem' in read)
    return /\.ya?ml$/.test(name) || /swell|too long/.test(read.problem) ? read : undefined;
  // Words below each other are a text, not a list of them.
  const isSettings = (document: unknown): boolean =>
    Array.isArray(document) ? document.some(isSettings) : Object.keys(objectOf(document)).length > 0;
  return read.twice.length > 0 || read.documents.some(isSettings) ? read : undefined;
}

/** Absent for what is not written as `.properties` are. */
function propertiesIn(text: string, name: string): Content | undefined {
  const isNamed = name.endsWith('.properties');
  if (!isNamed && !/^[ \t]*(?:spring\.security|(?:[\w.]{1,80}\.)?sasl)\./m.test(text)) return undefined;
  if (parts.test(text)) {
    const read = text.split(parts).map((part) => withoutTwice(readProperties(part)));
    const documents = read.map(({ list }) => Object.fromEntries(list));
    return { documents, twice: read.flatMap(({ twice }) => twice) };
  }
  // With a heading it is YAML that is broken, or has the wrong name.
  const isYaml = !isNamed || /^[\w.-]{1,100}:[ \t\r]*\n[ \t]+[\w"'-]/m.test(text);
  const isBroken = isYaml && heading.test(text);
  const { list, twice } = withoutTwice(
    isBroken ? readVariables(text) : readProperties(text).flatMap(withoutJaas),
  );
  return { variables: list, twice };
}

/** What parts documents in a `.properties` file. @see https://docs.spring.io/spring-boot/reference/features/external-config.html#features.external-config.files.multi-document */
const parts = /^[#!]---[ \t]*\r?$/m;

/** Whether a text is rather YAML than lines of variables, a command or blocks in braces. */
function looksYaml(text: string, fileName: string): boolean {
  if (/\.ya?ml$/.test(fileName)) return true;
  if (/\.(bru|env|properties|sh|cmd|ps1|http|rest|mdx?|markdown)$|^\.env/.test(fileName)) return false;
  const start = text.slice(0, 20_000);
  if (/^(?:---|%YAML)/.test(start)) return true;
  if (/^[\w:-]{1,80} ?[{[]\s*$/m.test(start)) return false;
  // Of Python, whose annotations look like it.
  if (/^(?:class|(?:async )?def) \w[^\n]{0,500}:[ \t\r]*$/m.test(start)) return false;
  return (
    /^[ \t]*(?:- )?['"]?[\w.$<-][\w .$/<-]{0,100}['"]?:(?:[ \t]|$)/m.test(start) &&
    // Further in, such a line stands in a text that is a value.
    !/^(?:(?:export|pub|const|static|let) ){0,3}[\w.-]{1,100}[ \t]*(?:: &?[A-Za-z][\w.]{0,60}(?:\[[\w., |]{0,60}\])? )?=/m.test(
      start,
    )
  );
}
