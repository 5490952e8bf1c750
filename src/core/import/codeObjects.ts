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
 * and arrays of Python, PHP and Ruby, OmniAuth's `provider :a, 'id', 'secret'`. Nothing is run; what is no text is a placeholder.
 */
export const codeObjects = (text: string, fileName: string): Json => toItsEnd(codeSteps(text, fileName));

/** The same, a step at a time. */
export function* codeSteps(text: string, fileName: string): Steps<Json> {
  const { root, texts } = yield* readSteps(text, fileName);
  return jsonOf(root, texts);
}

/** What a name stands for wherever it is used in a program: texts, and objects as `codeObjects` has them. */
export function constantsIn(text: string, fileName: string): ReadonlyMap<string, unknown> {
  const { root, texts, constants, isOneClass } = toItsEnd(readSteps(text, fileName));
  return new Map(
    root.entries.flatMap(([key, value]) => {
      if (key === undefined || !constants.has(key)) return [];
      const constant = isFrame(value) ? jsonOf(value, texts) : texts.get(key);
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
  const constants = new Set([...frames.givenOnce].filter((name) => !parameters.has(name)));
  const isOneClass = (text.match(classes) ?? []).length < 2;
  const once = [...textsNamedOnce(root, constants)];
  const texts = new Map(once.flatMap(([key, one]) => namesOf(key, isOneClass).map((name) => [name, one])));
  return { root, constants, texts, isOneClass };
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

function jsonOf({ entries, bare }: Frame, texts: ReadonlyMap<string, string | undefined>): Json {
  const members = new Members();
  const free: string[] = [];
  const hasText = entries.some(
    ([key, value]) =>
      typeof value === 'string' && (bare || ![undefined, 'responseType'].includes(partNamed(key ?? ''))),
  );
  const textOf = ({ word }: Reference) => texts.get(word) ?? (hasText ? `\${${word}}` : undefined);
  for (const [key, one] of entries) {
    const value = one instanceof Reference ? textOf(one) : one;
    if (isFrame(value)) addFrame(members, key, value, texts);
    else if (typeof value === 'string' && key === undefined) free.push(value);
    else if (typeof value === 'string') members.addText(key ?? '', value);
  }
  const object = members.added;
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
  #unnamed = 0;

  /** With two values, none is guessed. */
  addText(name: string, text: string): void {
    const { [name]: before = text } = this.added;
    this.added[name] = before === text ? text : '${one of 2 values}';
  }

  addObject(name: string, object: Json): void {
    const isTaken = name === '' || name in this.added;
    this.added[isTaken ? `${name}#${++this.#unnamed}` : name] = object;
  }
}

const isText = ([key, value]: Frame['entries'][number]) =>
  key === undefined && (typeof value === 'string' || value instanceof Reference);

function addFrame(
  members: Members,
  key: string | undefined,
  frame: Frame,
  texts: ReadonlyMap<string, string | undefined>,
): void {
  const words = frame.entries.flatMap(([name, one]) =>
    name === undefined && typeof one === 'string' ? [one] : [],
  );
  const name = key ?? frame.name;
  // `auth=(id, secret)`: what is not written is a placeholder.
  if (name === 'auth' && frame.entries.length === 2 && frame.entries.every(isText)) {
    members.added[name] = frame.entries.map(([, one]) =>
      one instanceof Reference ? (texts.get(one.word) ?? `\${${one.word}}`) : one,
    );
    return;
  }
  const [variable, given] = words.length === 2 && setsVariable.test(frame.name) ? words : [];
  if (variable !== undefined && given !== undefined) members.addText(variable, given);
  else if (words.length > 0 && words.length === frame.entries.length) members.added[name] = words;
  else if (name === 'client_options') Object.assign(members.added, clientOptions(jsonOf(frame, texts)));
  else members.addObject(name, jsonOf(frame, texts));
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
