import { Frames } from './codeFrames.ts';
import { tokensOf } from './codeTokens.ts';
import { isFrame, Reference, type Frame } from './codeValues.ts';
import { partNamed } from './fields.ts';
import type { Json } from './imported.ts';
import { parametersIn } from './programNames.ts';
import { unquoted } from './quotedLines.ts';
import { toItsEnd, type Steps } from './steps.ts';

/** Files of programs, in which settings stand as texts between brackets. */
export const isCode =
  /\.(?:rb|py|php|go|[cm]?[jt]sx?|tf(?:vars)?|hcl|rs|java|kts?|cs|swift|dart|groovy|nix)$/;

/**
 * The texts that a program's source names, as nested objects: `{ clientId: 'a' }` of JavaScript, `oauth2.Config{ClientID: "a"}` of Go, dicts
 * and arrays of Python, PHP and Ruby, OmniAuth's `provider :a, 'id', 'secret'`. Nothing is run; what is not text is a placeholder.
 */
export const codeObjects = (text: string, fileName: string): Json => toItsEnd(codeSteps(text, fileName));

/** The same, a step at a time. */
export function* codeSteps(text: string, fileName: string): Steps<Json> {
  const { root, known } = yield* readSteps(text, fileName);
  return jsonOf(root, known);
}

/** What a name stands for wherever it is used in a program: texts, and objects as `codeObjects` has them. */
export function constantsIn(text: string, fileName: string): ReadonlyMap<string, unknown> {
  const { root, known, constants, isOneClass } = toItsEnd(readSteps(text, fileName));
  return new Map(
    root.entries.flatMap(([key, value]) => {
      if (key === undefined || !constants.has(key)) return [];
      const constant = isFrame(value) ? jsonOf(value, known) : known.texts.get(key);
      return constant === undefined ? [] : namesOf(key, isOneClass).map((name) => [name, constant] as const);
    }),
  );
}

/** A line that others stand under, whose colon says nothing of them. @see https://docs.python.org/3/reference/compound_stmts.html */
const heading =
  /^([ \t]*(?:(?:async[ \t]+)?(?:class|def|for|with|while)|if|elif|else|try|except|finally)\b[^\n#]{0,500}|[ \t]*\)[^\n#:]{0,100}):[ \t\r]*$/gm;

/** Languages whose texts in quotes or here-documents go over lines, and what may be one of them. */
const quotesOverLines = /\.(?:rb|php|rs|tf(?:vars)?|hcl|nix)$|^pasted\.js$/;

function* readSteps(written: string, fileName: string) {
  const text = fileName.endsWith('.py')
    ? written.replace(heading, '$1;')
    : quotesOverLines.test(fileName)
      ? unquoted(written, 'in one line').text
      : written;
  const frames = new Frames();
  for (const one of tokensOf(text, fileName)) {
    frames.take(one);
    yield 0;
  }
  const root = frames.end();
  const parameters = parametersIn(text);
  const early = /^(?:pasted\.|$)/.test(fileName) ? ofOtherTexts(root, text, fileName) : parameters;
  const constants = new Set(
    [...frames.givenOnce].filter((name) => !parameters.has(name) && !early.has(name)),
  );
  const isOneClass = (text.match(classes) ?? []).length < 2;
  const once = [...textsNamedOnce(root, constants)];
  const texts = new Map(once.flatMap(([key, one]) => namesOf(key, isOneClass).map((name) => [name, one])));
  const objects = new Map<string | undefined, unknown>(
    root.entries.filter(([key, value]) => constants.has(key ?? '') && isFrame(value)),
  );
  return { root, constants, known: { texts, objects, room: mostSpread }, isOneClass };
}

/** What names stand for in a program. */
interface Known {
  readonly texts: ReadonlyMap<string, string | undefined>;
  readonly objects: ReadonlyMap<string | undefined, unknown>;
  /** How many more members may be taken from other objects. */
  room: number;
}

/** Most members that objects of a program take from others, and how deep they stand in one another. */
const [mostSpread, deepestSpread] = [10_000, 8];

/** What a shell gives a variable, which no program of another language writes so. */
const ofShell = /^(?:export[ \t]+)?([A-Za-z_]\w{0,100})=(?:"[^"\n]*"|'[^'\n]*'|[^\s"';,]+)[ \t\r]*$/gm;

/** Names that are given their value after they were used, or as in a shell: what was pasted may be several texts. */
function ofOtherTexts(root: Frame, text: string, fileName: string): ReadonlySet<string> {
  const used = new Set<string>();
  const early = new Set<string>(
    fileName.endsWith('.py') ? [] : [...text.matchAll(ofShell)].map(([, name = '']) => name),
  );
  const use = (value: unknown) => {
    if (value instanceof Reference) used.add(value.word.replace(/^\.{3}/, ''));
    else if (isFrame(value)) for (const [, inner] of value.entries) use(inner);
  };
  for (const [key, value] of root.entries) {
    if (key !== undefined && used.has(key)) early.add(key);
    use(value);
  }
  return early;
}

/** What a constant is called: within a class, also its own, where that can be no other class. */
function namesOf(key: string, isOneClass: boolean): readonly string[] {
  return isOneClass ? [key, `self.${key}`, `cls.${key}`, `this.${key}`] : [key];
}

/** What begins a class. */
const classes = /^[ \t]*(?:\w{1,20}[ \t]{1,9}){0,4}class\b/gm;

/** What puts a variable into the environment: Python, Go, PHP, Java, Vitest. */
const setsVariable = /(?:^|[.:>])(?:set_?env|stubEnv|putenv|setdefault|setProperty)$/i;

/** The texts of constants; one that is given again elsewhere only a part of the program sees. */
function textsNamedOnce(
  root: Frame,
  constants: ReadonlySet<string>,
): ReadonlyMap<string, string | undefined> {
  const texts = new Map<string, string | undefined>();
  for (const [key, value] of root.entries)
    if (key !== undefined) {
      const isSeveral = texts.has(key) || !constants.has(key) || typeof value !== 'string';
      texts.set(key, isSeveral ? undefined : value);
    }
  return texts;
}

function jsonOf({ entries, bare }: Frame, known: Known, depth = 0): Json {
  const members = new Members();
  const free: string[] = [];
  const hasText = entries.some(
    ([key, value]) =>
      typeof value === 'string' && (bare || ![undefined, 'responseType'].includes(partNamed(key ?? ''))),
  );
  const textOf = ({ word }: Reference) => known.texts.get(word) ?? (hasText ? `\${${word}}` : undefined);
  for (const [key, one] of entries) {
    const value = one instanceof Reference ? textOf(one) : one;
    if (one instanceof Reference && one.word.startsWith('...')) spread(members, one.word, known, depth);
    else if (isFrame(value)) addFrame(members, key, value, known);
    else if (typeof value === 'string' && key === undefined) free.push(value);
    else if (typeof value === 'string') members.addText(key ?? '', value);
  }
  const object = members.whole();
  const [id, secret] = free;
  if (bare && id !== undefined && secret !== undefined)
    return { client_id: id, client_secret: secret, ...object };
  const { base_url: base, realms } = object;
  if (typeof base === 'string' && typeof realms === 'string')
    object['issuer'] = `${base.replace(/\/{1,9}$/, '')}/realms/${realms}`;
  return object;
}

/** What an object has, while it is put together. */
class Members {
  readonly added: Record<string, unknown> = {};
  /** What is from another object. */
  readonly #lent = new Map<string, unknown>();
  #unnamed = 0;

  /** What is given later takes the place of what was there. */
  lend(object: Json): void {
    for (const [name, value] of Object.entries(object)) {
      this.#lent.set(name, value);
      this.added[name] = value;
    }
  }

  /** The secret of another object is none for another client, or another server, than that one names. */
  whole(): Record<string, unknown> {
    const isOther = ([name, value]: readonly [string, unknown]) =>
      /^(?:clientId|tokenEndpoint|issuer)$/.test(partNamed(name) ?? '') && this.added[name] !== value;
    if ([...this.#lent].some(isOther))
      for (const [name, value] of this.#lent)
        if (partNamed(name) === 'clientSecret' && this.added[name] === value)
          this.added[name] = '${the secret of another object}';
    return this.added;
  }

  /** With two values, none is guessed. */
  addText(name: string, text: string): void {
    const { [name]: before = text } = this.#lent.has(name) ? {} : this.added;
    this.added[name] = before === text ? text : '${one of 2 values}';
  }

  addObject(name: string, object: Json): void {
    const isTaken = name === '' || name in this.added;
    this.added[isTaken ? `${name}#${++this.#unnamed}` : name] = object;
  }
}

const sizeOf = ({ entries }: Frame): number =>
  entries.reduce((sum, [, value]) => sum + (isFrame(value) ? sizeOf(value) : 1), 1);

/** Puts in what another object of the program has; what is not written there is named. */
function spread(members: Members, word: string, known: Known, depth: number): void {
  const from = known.objects.get(word.slice(3));
  if (isFrame(from) && known.room > 0) known.room -= sizeOf(from);
  if (!isFrame(from) || known.room <= 0 || depth >= deepestSpread)
    members.added[word] = `\${${word.slice(3)}}`;
  else members.lend(jsonOf(from, known, depth + 1));
}

const isText = ([key, value]: Frame['entries'][number]) =>
  key === undefined && (typeof value === 'string' || value instanceof Reference);

function addFrame(members: Members, key: string | undefined, frame: Frame, known: Known): void {
  const words = frame.entries.flatMap(([name, one]) =>
    name === undefined && typeof one === 'string' ? [one] : [],
  );
  const name = key ?? frame.name;
  // `auth=(id, secret)`: what is not written is a placeholder.
  if (name === 'auth' && frame.entries.length === 2 && frame.entries.every(isText)) {
    members.added[name] = frame.entries.map(([, one]) =>
      one instanceof Reference ? (known.texts.get(one.word) ?? `\${${one.word}}`) : one,
    );
    return;
  }
  const [variable, given] = words.length === 2 && setsVariable.test(frame.name) ? words : [];
  if (variable !== undefined && given !== undefined) members.addText(variable, given);
  else if (words.length > 0 && words.length === frame.entries.length) members.added[name] = words;
  else if (name === 'client_options') Object.assign(members.added, clientOptions(jsonOf(frame, known)));
  else members.addObject(name, jsonOf(frame, known));
}

/** @see https://github.com/omniauth/omniauth_openid_connect#options-overview */
function clientOptions({ identifier, secret, ...others }: Json): Json {
  const { site } = others;
  // Addresses without a host are below the site. @see https://gitlab.com/satorix/omniauth-oauth2-generic
  const absolute = ([name, one]: readonly [string, unknown]): readonly [string, unknown] =>
    typeof one === 'string' && one.startsWith('/') && URL.canParse(String(site))
      ? [name, new URL(one, String(site)).href]
      : [name, one];
  return {
    ...Object.fromEntries<unknown>(Object.entries(others).map(absolute)),
    ...(identifier !== undefined && { client_id: identifier }),
    ...(secret !== undefined && { client_secret: secret }),
  };
}
