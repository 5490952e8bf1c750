/** A part of a value: a text, a word of the program, or what stands between brackets. */
export type Part =
  | { readonly text: string }
  | { readonly word: string }
  | { readonly inside: Frame }
  | { readonly sign: string };

/** What stands between two brackets. */
export interface Frame {
  /** Without brackets: the arguments of a call, up to the end of the line. */
  readonly bare: boolean;
  /** Of a call, or of what stands in brackets for another reason. */
  readonly isCall?: boolean;
  readonly name: string;
  readonly entries: (readonly [key: string | undefined, value: unknown])[];
  /** How far the line is indented in which it opens. */
  readonly indent?: number;
  /** How many entries stand above the first line that is indented no further: without a bracket that closes it, it ends there. */
  own?: number;
  /** The last object that each name is given. */
  objects?: Map<string, Frame>;
  key?: string;
  /** What the key is a member of, as in `config["key"] =`. */
  owner?: string;
  parts: Part[];
}

export const isFrame = (value: unknown): value is Frame =>
  typeof value === 'object' && value !== null && 'entries' in value;

/** A word that stands for a text which may be named elsewhere in the program. */
export class Reference {
  readonly word: string;
  constructor(word: string) {
    this.word = word;
  }
}

/** What parts are written like, without their texts. */
const written = (parts: readonly Part[]): string =>
  parts
    .map((part) => ('word' in part ? part.word : 'sign' in part ? part.sign : 'text' in part ? '""' : '()'))
    .join('');

/** What another object has, `...base` or `**base`, as a reference to `...base`; absent for anything else. */
export function spreadIn(parts: readonly Part[]): Reference | undefined {
  const [, name] =
    parts.length > 4 ? [] : (/^(?:\.{3}|\*\*)\$?([A-Za-z_][\w$]*)$/.exec(written(parts)) ?? []);
  return name === undefined ? undefined : new Reference(`...${name}`);
}

/** `"a".to_string()?` of Rust, `"a".strip()` of Python. */
const wrapped = /^""\.(?:to_?(?:string|owned)|into|clone|trim|strip)\(\)\??$/i;

/** What the parts between two signs come to: a text, an object, a reference; absent for what is none of them. */
export function valueOf(parts: readonly Part[]): unknown {
  const words = parts.flatMap((part) => ('word' in part ? [part.word] : []));
  const texts = parts.flatMap((part) => ('text' in part ? [part.text] : []));
  const inside = parts.findLast((part) => 'inside' in part && part.inside.entries.length > 0);
  const hasSign = parts.some((part) => 'sign' in part && !/^[&*]$/.test(part.sign));
  const [variable] = words.flatMap(
    (word) => /^(?:process\.env|import\.meta\.env)\.(\w+)$/.exec(word)?.[1] ?? [],
  );
  if (variable !== undefined) return `\${${variable}}`;
  if (inside !== undefined && 'inside' in inside) {
    const [[, only] = [], ...others] = inside.inside.entries;
    if (/^(?:Some|Ok)$/.test(words.at(-1) ?? '') && others.length === 0) return only;
    if (!words.some((word) => environment.test(word)))
      return hasSign && texts.length > 0 ? '${expression}' : inside.inside;
    const [[, name] = []] = inside.inside.entries;
    return `\${${typeof name === 'string' ? name : 'a variable'}}`;
  }
  if (texts.length > 0)
    return texts.length === 1 && (!hasSign || wrapped.test(written(parts))) ? texts[0] : '${expression}';
  const word = words.at(-1);
  const style = /AuthStyleIn(Params|Header)$/.exec(word ?? '')?.[1];
  if (style !== undefined) return style === 'Params' ? 'body' : 'header';
  if (word?.startsWith(':') === true) return word.slice(1);
  return word === undefined ||
    /^(?:string|str|String|number|bool(?:ean)?|any|void|null|nil|None|undefined)$/.test(word)
    ? undefined
    : new Reference(word);
}

/** What says that a value is taken from the environment of the program. */
const environment = /(?:^|[._:>])(?:get_?)?env(?:iron)?(?:\.(?:get|fetch))?$/i;

/** What only wraps the text that it is given: any other call, `config.get("name")`, gives what stands elsewhere. */
const wraps =
  /^(?:.*[.:>])?(?:new)?(?:secret(?:_?str(?:ing)?|_?value)?|secure_?string|client_?id|ur[il]s?|string|str|of|from|create|parse|as_?list|(?:list|set|array)(?:_?of)?|some|optional|just|ok|scopes?|strip|trim|encode|split|to_?\w+)$/i;

/** What holds values by their names. */
const holds =
  /(?:config(?:uration)?|settings?|options|secrets?|cred(?:ential)?s|vault|params|properties|props|env|data|cfg|conf|json|body|row|values)$/i;

/** The name of what a value is looked up by, as a placeholder: `env.getProperty("a.b")`, `Configuration["a"]`; absent for what is written where it stands. */
export function lookedUp(parts: readonly Part[]): string | undefined {
  const at = parts.findLastIndex((part) => 'inside' in part && part.inside.entries.length > 0);
  // Of C#, `GetValue<string>("a")`.
  const word = parts.slice(0, Math.max(0, at)).findLastIndex((part) => 'sign' in part && part.sign === '<');
  const [before, part] = [parts[(isGeneric(parts[at - 1]) ? word : at) - 1], parts[at]];
  if (before === undefined || !('word' in before) || part === undefined || !('inside' in part))
    return undefined;
  const { entries, isCall } = part.inside;
  const isElsewhere = isCall === true ? !wraps.test(before.word) : holds.test(before.word);
  const isNamed = entries.some(([key, value]) => key !== undefined || isFrame(value));
  return isElsewhere && !isNamed ? placeholderOf(before.word, part.inside) : undefined;
}

const isGeneric = (part: Part | undefined) => part !== undefined && 'sign' in part && part.sign === '>';

/** The same of an argument of a call. */
export function lookedUpIn(value: unknown): unknown {
  const isCall = isFrame(value) && value.isCall === true && value.name !== '';
  return isCall && !wraps.test(value.name) ? placeholderOf(value.name, value) : value;
}

function placeholderOf(word: string, { entries }: Frame): string {
  const [[, name] = []] = entries;
  // A colon would begin a default.
  return `\${${typeof name === 'string' ? name.replace(/[:{}]+/g, '.') : word}}`;
}

/** Of `config["a"]["b"]`, `a.b` and what it is a member of; absent where no brackets name one. */
export function memberIn(
  parts: readonly Part[],
): { readonly name: string; readonly owner?: string } | undefined {
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
export function nameOf({ key, parts }: Frame): string {
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
