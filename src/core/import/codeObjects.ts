import { partNamed } from './fields.ts';
import type { Json } from './imported.ts';
import { parametersIn } from './programNames.ts';
import { toItsEnd, type Steps } from './steps.ts';

/** Files of programs, in which settings stand as texts between brackets. */
export const isCode =
  /\.(?:rb|py|php|go|[cm]?[jt]sx?|tf(?:vars)?|hcl|rs|java|kts?|cs|swift|dart|groovy|nix)$/;

/** A part of a value: a text, a word of the program, or what stands between brackets. */
type Part =
  | { readonly text: string }
  | { readonly word: string }
  | { readonly inside: Frame }
  | { readonly sign: string };

interface Frame {
  /** Without brackets: the arguments of a call, up to the end of the line. */
  readonly bare: boolean;
  /** Of a call, or of what stands in brackets for another reason. */
  readonly isCall?: boolean;
  readonly name: string;
  readonly entries: (readonly [key: string | undefined, value: unknown])[];
  /** The last object that each name is given. */
  objects?: Map<string, Frame>;
  key?: string;
  /** What the key is a member of, as in `config["key"] =`. */
  owner?: string;
  parts: Part[];
}

const token =
  /"""([\s\S]*?)(?:"""|$)|'''([\s\S]*?)(?:'''|$)|"((?:\\[^\n]|[^"\\\n])*)(?:"|\\?(?![^\n]))|'((?:\\[^\n]|[^'\\\n])*)(?:'|\\?(?![^\n]))|`([^`]*)(?:`|$)|(\/\*|\/\/)|(#)|([([{])|([)\]}])|((?:(?<=[\s([,]):(?=[a-z_]))?[\w$@]+(?:(?:\.|::|->)[\w$]+)*)|(=>|:=|[=:](?![=:])|:(?=\w))|([,;\n])|([^\s])/gi;

/** Most brackets within one another. */
const deepest = 100;

/** What says that a value is taken from the environment of the program. */
const environment = /(?:^|[._:>])(?:get_?)?env(?:iron)?(?:\.(?:get|fetch))?$/i;

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
  const { root, texts, again, isOneClass } = toItsEnd(readSteps(text, fileName));
  return new Map(
    root.entries.flatMap(([key, value]) => {
      if (key === undefined || again.has(key)) return [];
      const constant = isFrame(value) ? jsonOf(value, texts) : texts.get(key);
      return constant === undefined ? [] : namesOf(key, isOneClass).map((name) => [name, constant] as const);
    }),
  );
}

/** A line that others stand under, whose colon says nothing of them. @see https://docs.python.org/3/reference/compound_stmts.html */
const heading =
  /^([ \t]*(?:(?:async[ \t]+)?(?:class|def|for|with|while)|if|elif|else|try|except|finally)\b[^\n#]{0,500}|[ \t]*\)[^\n#:]{0,100}):[ \t\r]*$/gm;

function* readSteps(written: string, fileName: string) {
  const text = fileName.endsWith('.py') ? written.replace(heading, '$1;') : written;
  const frames = new Frames();
  for (const one of tokensOf(text, fileName)) {
    frames.take(one);
    yield 0;
  }
  const root = frames.end();
  const again = frames.givenAgain(parametersIn(text));
  const isOneClass = (text.match(classes) ?? []).length < 2;
  const once = [...textsNamedOnce(root, again)];
  const texts = new Map(once.flatMap(([key, one]) => namesOf(key, isOneClass).map((name) => [name, one])));
  return { root, again, texts, isOneClass };
}

/** What a constant is called: within a class, also its own, where that can be no other class. */
function namesOf(key: string, isOneClass: boolean): readonly string[] {
  return isOneClass ? [key, `self.${key}`, `cls.${key}`, `this.${key}`] : [key];
}

/** What begins a class. */
const classes = /^[ \t]*(?:\w{1,20}[ \t]{1,9}){0,4}class\b/gm;

/** A piece of a program: exactly one of its kinds, or no known one. */
interface Token {
  readonly all: string;
  readonly quoted: string | undefined;
  readonly opening: string | undefined;
  readonly closing: string | undefined;
  readonly word: string | undefined;
  readonly sign: string | undefined;
  readonly end: string | undefined;
}

/** What there is in a text but comments. */
function* tokensOf(text: string, fileName: string): Generator<Token> {
  const hashComments = /\.(?:rb|py|php|tf(?:vars)?|hcl|nix)$/.test(fileName);
  const slashComments = !/\.(?:rb|py|nix)$/.test(fileName);
  const tokens = new RegExp(token);
  for (let found = tokens.exec(text); found; found = tokens.exec(text)) {
    const [all, long, other, double, single, back, slashes, hash, opening, closing, word, sign, end] = found;
    // What begins a comment of one language is an operator, or part of a name, of another.
    if (slashes === undefined ? hash !== undefined && hashComments : slashComments) {
      const ends = slashes === '/*' ? '*/' : '\n';
      const at = text.indexOf(ends, tokens.lastIndex);
      tokens.lastIndex = at < 0 ? text.length : at + (slashes === '/*' ? 2 : 0);
    } else
      yield { all, quoted: long ?? other ?? double ?? single ?? back, opening, closing, word, sign, end };
  }
}

/** What stands between brackets, the innermost last, while a text is read. */
class Frames {
  /** How often a name is given a value that is not handed over in a call. */
  readonly #given = new Map<string, number>();
  readonly #root: Frame = frameOf('');
  readonly #open = [this.#root];
  /** The token before. */
  #last = '';
  /** How many brackets are open that are left out. */
  #tooDeep = 0;
  /** Whether a line has ended that may go on in the next. */
  #ended = false;

  take(one: Token): void {
    const { all, opening, closing } = one;
    // What is nested deeper than anybody writes it is left out.
    if (this.#tooDeep > 0 || (opening !== undefined && this.#isFull())) {
      this.#tooDeep += opening === undefined ? (closing === undefined ? 0 : -1) : 1;
      return;
    }
    if (this.#ended && !/^[-+.?|&\])}]$/.test(all)) {
      finish(this.#top());
      this.#closeBare();
      finish(this.#top());
    }
    this.#ended = false;
    this.#place(one);
    if (all !== '\n') this.#last = all;
  }

  /** Names that stand for several values, `parameters` among them. */
  givenAgain(parameters: ReadonlySet<string>): ReadonlySet<string> {
    const again = [...this.#given].flatMap(([name, times]) => (times > 1 ? [name] : []));
    return new Set([...parameters, ...again]);
  }

  /** Closes what is still open; gives all there is. */
  end(): Frame {
    while (this.#open.length > 1) this.#close();
    finish(this.#root);
    return this.#root;
  }

  #place({ all, quoted, opening, closing, word, sign, end }: Token): void {
    const here = this.#top();
    if (quoted !== undefined) here.parts.push({ text: unescaped(quoted) });
    else if (opening !== undefined) this.#open.push({ ...frameOf(nameOf(here)), isCall: opening === '(' });
    else if (closing !== undefined) {
      this.#closeBare();
      this.#close();
    } else if (end === '\n') this.#ended = !/^(?:[-+,=(?:&|[{]|=>|:=)$/.test(this.#last);
    else if (end !== undefined) this.#separate(here);
    else if (sign !== undefined && here.parts.length > 0) {
      const name = nameOf(here);
      if (sign.endsWith('=') && here.isCall !== true) this.#given.set(name, (this.#given.get(name) ?? 0) + 1);
      assign(here, sign);
    } else if (word !== undefined) here.parts.push({ word });
    else if (sign === undefined) here.parts.push({ sign: all });
  }

  /** A comma or a semicolon: the next value, or the first argument of a call without brackets. */
  #separate(here: Frame): void {
    const provider = here.key === undefined ? providerIn(here.parts) : undefined;
    if (provider === undefined || this.#isFull()) finish(here);
    else this.#open.push({ ...frameOf(provider), bare: true });
  }

  #close(): void {
    const inner = this.#top();
    // Ruby's `%i[a b]`.
    const words = inner.parts.flatMap((part) => ('word' in part ? [part.word] : []));
    const before = this.#open.at(-2)?.parts.at(-1);
    const isList = before !== undefined && 'word' in before && /^[iw]$/i.test(before.word);
    if (isList && words.length === inner.parts.length)
      for (const one of words) inner.entries.push([undefined, one]);
    else finish(inner);
    if (this.#open.length > 1) this.#open.pop();
    if (inner !== this.#root) this.#top().parts.push({ inside: inner });
  }

  #closeBare(): void {
    while (this.#top().bare) this.#close();
  }

  #top(): Frame {
    return this.#open.at(-1) ?? this.#root;
  }

  #isFull(): boolean {
    return this.#open.length >= deepest;
  }
}

/** What stands behind a backslash; a character by its number, too. */
function unescaped(quoted: string): string {
  return quoted.replace(/\\(?:u([\da-f]{4})|(.))/gi, (_all, code?: string, char = '') =>
    code === undefined ? String(char) : String.fromCharCode(parseInt(code, 16)),
  );
}

function frameOf(name: string): Frame {
  return { bare: false, name, entries: [], parts: [] };
}

/** What stood before a sign names what follows. */
function assign(here: Frame, sign: string): void {
  // `dev ? 'a' : 'b'` is no text.
  const isChoice = here.key !== undefined && here.parts.some((part) => 'sign' in part && part.sign === '?');
  if (isChoice) here.parts.push({ sign });
  else {
    if (here.key === undefined) {
      const owner = memberIn(here.parts)?.owner;
      if (owner !== undefined) here.owner = owner;
      here.key = nameOf(here);
    }
    here.parts = [];
  }
}

/** The strategy of `provider :name, …` or `config.omniauth :name, …`. @see https://github.com/omniauth/omniauth#getting-started */
function providerIn(parts: readonly Part[]): string | undefined {
  const [call, name] = parts;
  const isCall = call !== undefined && 'word' in call && /^(?:config\.omniauth|provider)$/.test(call.word);
  return isCall && name !== undefined && 'word' in name ? name.word.replace(/^:/, '') : undefined;
}

/** Of `config["a"]["b"]`, `a.b` and what it is a member of; absent where no brackets name one. */
function memberIn(parts: readonly Part[]): { readonly name: string; readonly owner?: string } | undefined {
  const [first] = parts;
  // As C# and Lua name what a table holds: `["key"] = "value"`.
  const only = first !== undefined && parts.length === 1 ? indexOf(first) : undefined;
  if (only !== undefined) return { name: only };
  // Of many calls in a row, only the last few are looked at.
  const indices = parts.slice(Math.max(1, parts.length - 3)).map(indexOf);
  const from = indices.lastIndexOf(undefined) + 1;
  if (from >= indices.length) return undefined;
  const before = parts.at(from - indices.length - 1);
  const owner = before !== undefined && 'word' in before ? before.word.replace(/^[:$@]/, '') : '';
  return { name: indices.slice(from).join('.'), ...(!ofProcess.test(owner) && { owner }) };
}

/** The variables of the process: one place, however it is written. */
const ofProcess = /^(?:os\.environ|_ENV|_SERVER|ENV|process\.env|import\.meta\.env)$/;

/** The last word or text before a bracket or a sign, or the member that is named in brackets. */
function nameOf({ key, parts }: Frame): string {
  const member = key === undefined ? memberIn(parts) : undefined;
  if (member !== undefined) return member.name;
  const part = parts.slice(-20).findLast((one) => 'word' in one || 'text' in one);
  const name = part === undefined ? '' : 'word' in part ? part.word : 'text' in part ? part.text : '';
  return key ?? name.replace(/^(?:process\.env\.|import\.meta\.env\.|[:$@])/, '');
}

/** The text in brackets that names a member; absent for anything else. */
function indexOf(part: Part): string | undefined {
  const [[key, name] = [], ...others] = 'inside' in part ? part.inside.entries : [];
  return key === undefined && typeof name === 'string' && others.length === 0 ? name : undefined;
}

function finish(frame: Frame): void {
  const { key, parts } = frame;
  if (parts.length > 0) {
    const value = valueOf(parts);
    if (isFrame(value)) for (const one of blocksBefore(value, parts)) frame.entries.push([key, one]);
    membersOf(frame).push([key, value]);
    if (isFrame(value) && key !== undefined && frame.owner === undefined) nameObject(frame, key, value);
  }
  delete frame.key;
  delete frame.owner;
  frame.parts = [];
}

/** Where what is given belongs: members of two variables are those of two clients. */
function membersOf(frame: Frame): Frame['entries'] {
  const { owner, entries } = frame;
  if (owner === undefined) return entries;
  const known = frame.objects?.get(owner);
  if (known !== undefined) return known.entries;
  const members = frameOf(owner);
  entries.push([owner, members]);
  nameObject(frame, owner, members);
  return members.entries;
}

function nameObject(frame: Frame, name: string, object: Frame): void {
  frame.objects ??= new Map();
  frame.objects.set(name, object);
}

/** What is named in other brackets of one value: `if (a) { … } else { … }`, `a ? { … } : { … }`, `use({ … }).use({ … })`. */
function blocksBefore(last: Frame, parts: readonly Part[]): readonly Frame[] {
  return parts.flatMap((part) => {
    const block = 'inside' in part && part.inside !== last ? part.inside : undefined;
    return block?.entries.some(([key, value]) => key !== undefined || isFrame(value)) === true ? [block] : [];
  });
}

const isFrame = (value: unknown): value is Frame =>
  typeof value === 'object' && value !== null && 'entries' in value;

/** A word that stands for a text which may be named elsewhere in the program. */
class Reference {
  readonly word: string;
  constructor(word: string) {
    this.word = word;
  }
}

function valueOf(parts: readonly Part[]): unknown {
  const words = parts.flatMap((part) => ('word' in part ? [part.word] : []));
  const texts = parts.flatMap((part) => ('text' in part ? [part.text] : []));
  const inside = parts.findLast((part) => 'inside' in part && part.inside.entries.length > 0);
  const hasSign = parts.some((part) => 'sign' in part && !/^[&*]$/.test(part.sign));
  const [variable] = words.flatMap(
    (word) => /^(?:process\.env|import\.meta\.env)\.(\w+)$/.exec(word)?.[1] ?? [],
  );
  if (variable !== undefined) return `\${${variable}}`;
  if (inside !== undefined && 'inside' in inside) {
    if (!words.some((word) => environment.test(word)))
      return hasSign && texts.length > 0 ? '${expression}' : inside.inside;
    const [[, name] = []] = inside.inside.entries;
    return `\${${typeof name === 'string' ? name : 'a variable'}}`;
  }
  if (texts.length > 0) return texts.length === 1 && !hasSign ? texts[0] : '${expression}';
  const word = words.at(-1);
  const style = /AuthStyleIn(Params|Header)$/.exec(word ?? '')?.[1];
  if (style !== undefined) return style === 'Params' ? 'body' : 'header';
  if (word?.startsWith(':') === true) return word.slice(1);
  return word === undefined ||
    /^(?:string|str|String|number|bool(?:ean)?|any|void|null|nil|None|undefined)$/.test(word)
    ? undefined
    : new Reference(word);
}

/** What puts a variable into the environment: Python, Go, PHP, Java, Vitest. */
const setsVariable = /(?:^|[.:>])(?:set_?env|stubEnv|putenv|setdefault|setProperty)$/i;

/** Texts that a name is given once in the whole program; `others` are given again, where only a part of the program sees it. */
function textsNamedOnce(root: Frame, others: ReadonlySet<string>): ReadonlyMap<string, string | undefined> {
  const texts = new Map<string, string | undefined>();
  for (const [key, value] of root.entries)
    if (key !== undefined) {
      const isSeveral = texts.has(key) || others.has(key) || typeof value !== 'string';
      texts.set(key, isSeveral ? undefined : value);
    }
  return texts;
}

function jsonOf({ entries, bare }: Frame, texts: ReadonlyMap<string, string | undefined>): Json {
  const object: Record<string, unknown> = {};
  const free: string[] = [];
  const hasText = entries.some(
    ([key, value]) =>
      typeof value === 'string' && (bare || ![undefined, 'responseType'].includes(partNamed(key ?? ''))),
  );
  let count = 0;
  for (const [key, value] of entries) {
    const text =
      value instanceof Reference
        ? (texts.get(value.word) ?? (hasText ? `\${${value.word}}` : undefined))
        : value;
    if (text === undefined) continue;
    if (typeof text === 'string') {
      if (key === undefined) free.push(text);
      // With two values, none is guessed.
      else object[key] = key in object && object[key] !== text ? '${one of 2 values}' : text;
      continue;
    }
    const inner = text as Frame;
    const words = inner.entries.flatMap(([name, one]) =>
      name === undefined && typeof one === 'string' ? [one] : [],
    );
    const name = key ?? inner.name;
    const [variable, given] = words.length === 2 && setsVariable.test(inner.name) ? words : [];
    if (variable !== undefined && given !== undefined)
      object[variable] = variable in object && object[variable] !== given ? '${one of 2 values}' : given;
    else if (words.length > 0 && words.length === inner.entries.length) object[name] = words;
    else if (name === 'client_options') Object.assign(object, clientOptions(jsonOf(inner, texts)));
    else object[name === '' || name in object ? `${name}#${++count}` : name] = jsonOf(inner, texts);
  }
  const [id, secret] = free;
  if (bare && id !== undefined && secret !== undefined)
    return { client_id: id, client_secret: secret, ...object };
  const { base_url: base, realms } = object;
  if (typeof base === 'string' && typeof realms === 'string')
    object['issuer'] = `${base.replace(/\/{1,9}$/, '')}/realms/${realms}`;
  return object;
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
