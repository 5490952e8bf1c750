import { readers } from './all.ts';
import { productLists } from '../productLists.ts';
import { eachEnvironment } from './eachEnvironment.ts';
import { isCode } from './codeObjects.ts';
import { variablePart } from './fields.ts';
import type { Found, ImportedProfile, ImportResult } from './imported.ts';
import type { Reader, Source } from './reader.ts';
import { markdownOf } from './htmlPage.ts';
import { sameOnce } from './sameOnce.ts';
import { objectOf } from '../../shared/json.ts';
import { dotenv } from './readers/dotenv.ts';
import { looseObjects, withoutTemplates } from './readers/looseObjects.ts';
import { script } from './readers/script.ts';
import { spring } from './readers/spring.ts';
import { readSource, sourceSteps, type SourceOptions } from './readSource.ts';
import { longText, pauseNow, stepIn, toItsEnd, type Steps } from './steps.ts';
import { eachItsOwn } from './writtenOnce.ts';

/** How a long text is read: step by step, with a pause between them. */
export interface ImportProgress {
  /** Lets others run; called after reading the text and after each few thousand steps. */
  readonly pause: () => Promise<void>;
  /** Ends the reading; what was found by then is dropped. */
  readonly signal?: AbortSignal;
  /** Profiles found so far. */
  readonly onProgress?: (profiles: number) => void;
}

/**
 * Finds profiles in a text, whatever tool it is from (see `all.ts`). Never throws.
 *
 * @param companion the `http-client.private.env.json` that belongs to it, when there is one.
 * @param fileName the file it is from, which settles what a text alone leaves open.
 */
export function importText(text: string, companion?: string, fileName?: string): ImportResult {
  return toItsEnd(
    importSteps(text, {
      ...(companion !== undefined && { companion }),
      ...(fileName !== undefined && { fileName }),
    }),
  );
}

/**
 * The same for a long text, with pauses.
 *
 * @throws the signal's reason once it is aborted.
 */
export async function importLongText(
  text: string,
  options: SourceOptions,
  { pause, signal, onProgress }: ImportProgress,
): Promise<ImportResult> {
  const steps = importSteps(text, options);
  await pause();
  for (let count = 0; ; count++) {
    signal?.throwIfAborted();
    const step = steps.next();
    if (step.done === true) return step.value;
    if (count % 2000 > 0 && step.value !== pauseNow) continue;
    onProgress?.(Math.max(0, step.value));
    await pause();
  }
}

/** What begins as an object, a dict or a call of a program, with a name that JSON would not take. */
const program =
  /^(?:(?:export|const|let|var|return) )*(?:[\w$.]+ ?= ?)?[\w$.]* ?[([{] ?(?:'[\w-]+'|[a-z_]\w*) ?[:=]/i;

/** Lines that only programs have. */
const programLine =
  /^(?:import\b[^\n]{0,200}\bfrom\b|(?:async )?def \w{1,80}\([^\n]{0,500}:[ \t]*$|from [\w.]{1,100} import\b|export (?:const|default|async|function)\b|(?:const|let|var) [^\n=]{1,100}=|<\?php|(?:\w{1,80} = )?[\w.$]{1,80}\($|\w{1,80} = \{\s{0,99}\*\*)/m;

const mayNameClient = /client|o-?auth|openid|oidc|issuer|secret/i;

/** Why a text would take too long to be read; absent for others. */
function tooMuchIn(text: string): string | undefined {
  // Longer texts are not read unless a client may stand in them; as JSON, which is read fast, they are.
  if (text.length < longText) return undefined;
  const isJson = /^\s{0,99}(?:\{|\[\s{0,99}\{)/.test(text);
  if (!isJson && !mayNameClient.test(text)) return unknown;
  // Most places that may name a client: each takes its time.
  const most = isJson ? 40_000 : 5000;
  const id = /client[ _.-]?id/gi;
  for (let count = 0; id.test(text); count++)
    if (count === most) return `The text names clients more than ${most} times. Import it in parts.`;
  return undefined;
}

/** Reads step by step; what no tool keeps so, and no file's name tells, may be pasted from a program. */
function* importSteps(written: string, options: SourceOptions): Steps<ImportResult> {
  const text = written.replace(/^\ufeff/, '');
  const tooMuch = tooMuchIn(text);
  if (tooMuch !== undefined) return nothing(tooMuch);
  const shown = markdownOf(text);
  if (shown !== undefined) return yield* importSteps(shown, { fileName: 'page.md' });
  const start = text.slice(0, 1000).replace(/\ufeff|\r/g, '');
  if (options.fileName === undefined && programLine.test(start)) {
    const ofPython =
      /^(?:from [\w.]+ import|import \w+$|(?:async )?def |(?:\w+ = )?[\w.]+\($|\w+ = \{\s*\*\*)/m.test(start);
    const read = yield* stepsOf(text, { ...options, fileName: ofPython ? 'pasted.py' : 'pasted.js' });
    if (read.profiles.length > 0) return read;
  }
  const found = options.fileName === undefined ? yield* fromPrinted(text) : undefined;
  if (found !== undefined) return found;
  const result = yield* stepsOf(text, options);
  const page = isOfLines(result, options.fileName) ? yield* fromPage(text, options) : undefined;
  if (page !== undefined) return page;
  if (result.format === script.name && fence.test(text)) return besides(result, yield* fencesIn(text));
  const isPasted = options.fileName === undefined && program.test(beginningOf(text));
  if (result.profiles.length > 0) return result;
  const again = isPasted ? yield* stepsOf(text, { ...options, fileName: 'pasted.js' }) : result;
  if (again.profiles.length > 0) return again;
  // What looks like YAML may be words, too.
  const isOpen =
    result.problems[0] === unknown || (isTwice.test(result.problems.join('\n')) && !/^[ \t]/m.test(text));
  if (options.fileName !== undefined || !isOpen) return result;
  const all: ImportResult[] = [];
  for (const one of labelled(text)) all.push(yield* stepsOf(one, { ...options, fileName: '' }));
  const said = all.filter(({ format }) => format === dotenv.name);
  const profiles = eachItsOwn(said.flatMap((one) => one.profiles));
  return said[0] ? { ...said[0], profiles, problems: said.flatMap(({ problems }) => problems) } : result;
}

const isTwice = /^There are two values for [\w -]+ in one place/;

/** `Client ID: a`, `- **Client ID** = a`, `client_id    a`: how mails, pages and a vault's tables name values. */
const label =
  /^[ \t>*•-]{0,9}(?:export )?(?!.*\b(?:static|final|const|va[lr]|let) )([A-Za-z][\w -]{1,40}?)[*_]{0,2}(?:[ \t]{0,20}[:=]|[ \t]{2,40})[*_]{0,2}[ \t]{0,40}`?([^\s`|]+)`?[ \t]*$/;

/** A label, or a value, alone in its line, as it is copied from a web page. */
const [labelAlone, valueAlone] = [
  /^[ \t*_]{0,9}([A-Za-z][\w-]{1,40}(?: [\w-]{1,40}){0,4})[*_]{0,2}:?[*_]{0,2}[ \t]*$/,
  /^[ \t]*`?([^\s`|]+)`?[ \t]*$/,
];

const isPart = (words: string) => variablePart(words.replaceAll(/[ -]/g, '_')) !== undefined;

/** Lines that name a part of a client, as variables; what stands between them parts them. The next client begins where a name comes again. */
function labelled(text: string): readonly string[] {
  const texts: string[] = [];
  const known = new Map<string, string>();
  let above = '';
  for (const line of text.slice(0, 100_000).split(/\r?\n/)) {
    const alone = labelAlone.exec(line)?.[1] ?? '';
    const isLabel = isPart(alone);
    if (isLabel || (above !== '' && line.trim() === '')) {
      above = isLabel ? alone : above;
      continue;
    }
    const inLine = label.exec(line) ?? [];
    const [, words = '', value = ''] = isPart(inLine[1] ?? '')
      ? inLine
      : ['', above, valueAlone.exec(line)?.[1]];
    above = '';
    const name = words.replaceAll(/[ -]/g, '_');
    const isOne = words !== '' && value !== '';
    if (texts.length === 0 || (isOne && (known.get(name) ?? value) !== value)) {
      texts.push('');
      known.clear();
    }
    if (isOne) known.set(name, value);
    // What else stands there parts them.
    const other = `\n${/^[ \t]*(?:#|$)/.test(line) ? line.trim() : '…'}`;
    texts.push(`${texts.pop()}${isOne ? `${name}=${value}` : other}\n`);
  }
  return texts;
}

/**
 * JSON in lines of its own, as programs print it between words (`cf env`, `cf service-key`, `az ad sp create-for-rbac`), and the words;
 * also what `claude mcp add-json` is given.
 */
function printedIn(text: string): { readonly all: readonly string[]; readonly around: string } {
  const all: string[] = [];
  const around: string[] = [];
  let open: string[] | undefined;
  for (const line of text.split('\n')) {
    const plain = line.trimEnd();
    const [, command, bracket] = /^((?:claude|gemini|code) .*')?([{[])$/.exec(plain) ?? [];
    const isBeginning = open === undefined && bracket !== undefined;
    if (isBeginning) open = [];
    (open ?? around).push(isBeginning && command !== undefined ? bracket : line.replace(/^\}'[\s\\]*$/, '}'));
    if (open === undefined || !/^(?:[}\]]|\}'[\s\\]*)$/.test(plain)) continue;
    all.push(open.join('\n'));
    open = undefined;
  }
  return { all, around: [...around, ...(open ?? [])].join('\n') };
}

/** What a program printed, of which each JSON is a file of its own; absent where none has a client. */
function* fromPrinted(text: string): Steps<ImportResult | undefined> {
  if (/^\s*[{[]/.test(text) || text.length > 1_000_000) return undefined;
  const { all, around } = printedIn(text);
  if (all.length === 0 || all.length > mostFences) return undefined;
  const results: ImportResult[] = [];
  for (const json of all) results.push(yield* stepsOf(json, { fileName: 'printed.json' }));
  const whole = results.filter(({ profiles }) => profiles.some(isMoreThanId));
  const [first] = whole;
  if (first === undefined) return undefined;
  const others = yield* stepsOf(around, {});
  return {
    format: first.format,
    profiles: [...whole, others].flatMap(({ profiles }) => profiles.filter(isMoreThanId)),
    problems: whole.flatMap(({ problems }) => problems),
  };
}

/** Whether it has a secret or a server: programs print ids of much else. */
function isMoreThanId({ entry, secret }: ImportedProfile): boolean {
  return secret !== undefined || 'issuer' in entry || 'tokenEndpoint' in entry;
}

/** The clients of a page's commands, and whole ones of its files that no command has. */
function besides(commands: ImportResult, files: ImportResult): ImportResult {
  const known = new Set(commands.profiles.map(({ entry }) => entry['clientId']));
  const others = files.profiles.filter(
    ({ entry, problems }) =>
      problems === undefined &&
      entry['clientId'] !== undefined &&
      !known.has(entry['clientId']) &&
      ('issuer' in entry || 'tokenEndpoint' in entry),
  );
  return { ...commands, profiles: [...commands.profiles, ...others] };
}

/** What is shown on a page of Markdown, with its language where that is named. @see https://spec.commonmark.org/0.31.2/#fenced-code-blocks */
const fence = /^[ \t]{0,9}(```|~~~)([^\n`]*)\n([^]*?)^[ \t]{0,9}\1/m;

/** Whether nothing was found, or only lines, of which a page may have those of several clients. */
const isOfLines = ({ profiles, format }: ImportResult, fileName = '') =>
  profiles.length === 0 ||
  format.endsWith('variables') ||
  (format === spring.name && !/\.ya?ml$/i.test(fileName));

/** What a page shows: lines of what is fenced are not its own; else all of it as if it were pasted, as it may be several texts. */
function* fromPage(
  text: string,
  { fileName = '', ...pasted }: SourceOptions,
): Steps<ImportResult | undefined> {
  const inFences = yield* fencesIn(text);
  if (inFences.profiles.length > 0) return inFences;
  const isShown = /(?:^|\/)\.env[^/]*$|\.(?:txt|env|properties)$/i.test(fileName) && fence.test(text);
  const isPage = isShown || /\.(?:mdx?|markdown)$/i.test(fileName);
  return isPage ? yield* importSteps(text, pasted) : undefined;
}

/** Languages of files that are read as what they are, and those of what may be anything. */
const [ofFile, ofAnything] = [
  /^\W?(json|ya?ml|properties|toml|ini|(?:dot)?env|bru)/i,
  /^\W?(?:te?xt|\w*sh\w*|console)?(?![\w-])/i,
];

/** Most of them that are read. */
const mostFences = 300;

/** Each is a file of its own: nothing of one is another's. */
function* fencesIn(text: string): Steps<ImportResult> {
  const found: Found[] = [];
  const problems: string[] = [];
  let left = mostFences;
  for (const [, , named = '', inside = ''] of text.matchAll(new RegExp(fence, 'gm'))) {
    const language = named.trim();
    const kind = ofFile.exec(language)?.[1]?.toLowerCase().replace('dotenv', 'env');
    if ((kind === undefined && !ofAnything.test(language)) || !mayNameClient.test(inside)) continue;
    if (left-- === 0) break;
    const result = yield* kind === undefined
      ? importSteps(inside, {})
      : stepsOf(inside, { fileName: `page.${kind}` });
    found.push(...result.profiles);
    if (result.format !== 'nothing known') problems.push(...result.problems);
  }
  const profiles = [...sameOnce(withoutTemplates(found))].filter((one) => typeof one === 'object');
  return { format: 'Markdown', profiles, problems };
}

/** Without comments and with single blanks. */
const beginningOf = (text: string) =>
  text
    .slice(0, 1000)
    .replace(/(?:\/\/|#)[^\n]*/g, '')
    .replace(/\s+/g, ' ')
    .trim();

/** Each yields how many profiles were found. */
function* stepsOf(text: string, options: SourceOptions): Steps<ImportResult> {
  const read = yield* sourceSteps(text, options);
  if ('problem' in read) return nothing(read.problem);
  const { source, twice } = read;
  let reader: Reader | undefined;
  for (const one of readers) {
    yield stepIn(text);
    if (!one.recognises(source)) continue;
    reader = one;
    break;
  }
  if (!reader) return nothing(unknownIn(source));
  const found: Found[] = [];
  for (const one of eachEnvironment(reader, { ...source, within })) {
    if (one !== undefined) found.push(one);
    yield found.length;
  }
  const environments = reader.environments?.(source) ?? [];
  const lends = reader.lends?.(source) ?? [];
  const more = {
    ...(environments.length > 0 && { environments }),
    ...(reader.tool !== undefined && { tool: reader.tool }),
    ...(lends.length > 0 && { lends: () => lends }),
  };
  const isNothing = found.length + twice.length === 0;
  if (isNothing) return { ...nothing(unknownIn(source, reader.name)), ...more };
  const profiles = eachItsOwn(found.filter((one) => typeof one !== 'string'));
  const known = profiles.length === 0 ? knownAs(source) : undefined;
  return {
    format: reader.name,
    // A name with two values leaves open whose values the others are.
    profiles: profiles.map(withoutOwnHands).map((one) => (twice.length === 0 ? one : withTwice(one, twice))),
    problems: [
      ...(known === undefined ? [] : [known]),
      ...twice,
      ...found.filter((one) => typeof one === 'string'),
    ],
    ...more,
  };
}

/** What a file within another one holds; loose settings are read with what stands around them. */
function within(text: string, fileName: string): readonly Found[] | undefined {
  const read = readSource(text, { fileName });
  if ('problem' in read || read.twice.length > 0) return undefined;
  const reader = readers.find((one) => one.recognises(read.source));
  if (reader === undefined || reader === looseObjects || reader === dotenv) return undefined;
  return [...eachEnvironment(reader, read.source)].filter((one) => one !== undefined);
}

/** Its secret may be that of the other value. */
function withTwice({ secret, ...one }: ImportedProfile, twice: readonly string[]): ImportedProfile {
  const left = secret === undefined ? [] : ['The secret was not taken either: whose it is cannot be known.'];
  return { ...one, problems: [...(one.problems ?? []), ...twice, ...left] };
}

const ownHandsOnly = new Set(
  productLists.fields.flatMap((field): string[] => (field.ownHandsOnly === true ? [field.name] : [])),
);

/** A file of somebody else's must not say what is read or run on this computer, and where that is sent. */
function withoutOwnHands(one: ImportedProfile): ImportedProfile {
  const left = Object.keys(one.entry).filter((name) => ownHandsOnly.has(name));
  if (left.length === 0) return one;
  const entry = Object.fromEntries(Object.entries(one.entry).filter(([name]) => !ownHandsOnly.has(name)));
  const note = `${left.join(' and ')} was not taken over: it says what is read or run on this computer. If you trust it, write it into the profile yourself.`;
  return { ...one, entry, notes: [...one.notes, note] };
}

const unknown =
  'No OAuth settings were found. Open or paste what another tool keeps (Postman, Bruno, OpenAPI, Spring, Keycloak, …), a curl command of a token request, lines such as CLIENT_ID=…, or an issuer’s URL.';

/** A line of cells, of which one names a client's id. */
const inTable = /^(?:[^(){}=']{0,200}[,;\t|])?[ "]*client[ _-]?id[ "]*(?:[,;\t|][^(){}=']{0,500})?$/i;

function unknownIn(source: Source, kind = 'settings'): string {
  const left = /^(?:settings|variables)$/.test(kind) ? unknown : `No OAuth client stands in this ${kind}.`;
  return knownAs(source) ?? left;
}

/** What to do with a text that is known for what it is, and not read. */
function knownAs({ text, fileName, documents }: Source): string | undefined {
  const root = objectOf(documents[0]);
  if (/\bauthDomain\b/.test(text) && /\bmessagingSenderId\b|\bappId\b/.test(text))
    return 'This is Firebase’s configuration for a web page: no OAuth client. The id of its Google client is in the Google Cloud console.';
  if (isCode.test(fileName))
    return 'No client was found in this program. What it takes from variables may stand in a .env file: import that.';
  const lines = documents.length > 0 ? [] : text.slice(0, 2000).split(/\r?\n/);
  const isTable = lines.some((line) => /[,;\t|]/.test(line) && inTable.test(line));
  const isXml = /^<[?!\w]/.test(text);
  if (isXml || isTable)
    return `${isXml ? 'XML' : 'A table'} is not read. Paste its client as lines such as CLIENT_ID=…, CLIENT_SECRET=… and TOKEN_URL=….`;
  if ('requests' in root && 'order' in root)
    return 'This is a Postman collection of version 1, which is not read: export it as v2.1.';
  if (root['type'] === 'external_account')
    return 'This is Google’s workload identity, which has no client of its own. Add a profile with token exchange at its token_url.';
  if (/^[ \t]*(?:- )?(?:env_file|envFrom):/m.test(text))
    return 'There is no OAuth client here: its services take their variables from other files or resources. Import those.';
  if ('hook_attributes' in root || 'default_permissions' in root)
    return 'This is the manifest of a GitHub App: id and secret come with GitHub’s answer to it. Import that.';
  return undefined;
}

function nothing(problem: string): ImportResult {
  return { format: 'nothing known', profiles: [], problems: [problem] };
}
