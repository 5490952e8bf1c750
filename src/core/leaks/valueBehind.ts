/** The longest secret that is looked at, in characters. */
export const longest = 16_384;

/** Offsets in UTF-16 units. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** What ends a value, by the quotation mark it began with. */
const endings: ReadonlyMap<string, RegExp> = new Map([
  ['"', /\\?["\r\n]/],
  ["'", /['\r\n]/],
  ['`', /[`\r\n]/],
  ['', /[\s"'&,;}\]]|\\[nr]/],
]);

/** The sign between a name and its value, percent-encoded once or twice: `=`, `":"`. */
const encodedSign = /%(?:25)?(?:3D|22%(?:25)?3A(?:%(?:25)?20|\+)?%(?:25)?22)/iy;
/** What ends such a value: `&`, `"`, `,`, `}`, encoded too. */
const encodedEnd = /%(?:25)?(?:26|22|2C|7D)|[\s"'&<>,;]/i;

/** The value that follows `name%3D`; none that begins with an encoded brace. */
function encodedValue(text: string, from: number): Span | undefined {
  encodedSign.lastIndex = from;
  if (!encodedSign.test(text)) return undefined;
  const start = encodedSign.lastIndex;
  const near = text.slice(start, start + longest);
  const length = near.search(encodedEnd);
  const end = start + (length < 0 ? near.length : length);
  return end > start && !/^%(?:25)?(?:7B|3C|24)/i.test(near) ? { start, end } : undefined;
}

/** The value that follows `name=`, `name: `, `"name": "`, or `--name` with a blank; in a form it ends with `&`. */
export function valueBehind(text: string, from: number): Span | undefined {
  if (text.charAt(from) === '%') return encodedValue(text, from);
  const behind = signBehind(text, from);
  if (behind === undefined) return undefined;
  const { sign, parted } = behind;
  let { start } = behind;
  const quote = text.charAt(start);
  const isQuoted = quote === '"' || quote === "'" || quote === '`';
  if (isQuoted) start++;
  // `!Ref x`, `!secret x` of YAML.
  if (sign === ':' && !isQuoted && text.charAt(start) === '!') return undefined;
  const ends = endings.get(isQuoted ? quote : '') ?? /\s/;
  const length = text.slice(start, start + longest).search(ends);
  const end = length < 0 ? Math.min(text.length, start + longest) : start + length;
  if (isTemplate(text, start, end, isQuoted)) return undefined;
  // Of a call, only what is not a word: `assert("refresh_token", "missing")`.
  const isWord = parted === 'call' && !(isQuoted && /\d/.test(text.slice(start, end)));
  return end > start && !isWord ? { start, end } : undefined;
}

/** What parts a name that ends at `from` from its value, and where that begins, with its quotation mark. */
function signBehind(
  text: string,
  from: number,
): { readonly start: number; readonly sign: string; readonly parted: Parted } | undefined {
  // JSON within JSON.
  const escaped = text.charAt(from) === '\\' ? 1 : 0;
  const mark = text.charAt(from + escaped);
  const quoted = mark === '"' || mark === "'" ? from + escaped + 1 : from;
  // `client['name'] = …`, `client[name]=…`.
  let start = blanksEnd(text, text.charAt(quoted) === ']' ? quoted + 1 : quoted);
  const sign = text.charAt(start);
  if (start > from && quoted === from && !'=:'.includes(sign) && isArgument(text, from))
    return { start, sign: '', parted: 'program' };
  const parted = partedBy(text, from, sign, quoted > from);
  if (parted === undefined) return undefined;
  const next = text.charAt(start + 1);
  const isShells =
    sign === ':' && /^[?+-]/.test(next) && /\$\{\w{1,60}$/.test(text.slice(Math.max(0, from - 62), from));
  // `${NAME:?missing}`, `${NAME:+other}`; behind `:-` stands what it is without.
  if (isShells && next !== '-') return undefined;
  start = blanksEnd(text, start + ((sign === ':' && next === '=') || isShells ? 2 : 1));
  if (sign === ':' && quoted === from) start = yamlStart(text, start);
  if (escaped === 1 && text.charAt(start) === '\\') start++;
  return { start, sign, parted };
}

/** `{{x}}`, `${x}`, `<x>`, `[x]`, `***`: whoever writes so has no secret here. What begins so is one only with a digit, and not closed. */
function isTemplate(text: string, start: number, end: number, isQuoted: boolean): boolean {
  const first = text.charAt(start);
  if (!/[{$<%[(*]/.test(first)) return false;
  const value = text.slice(start, end);
  // Unquoted, they mean something to YAML, to shells and to programs.
  if (!isQuoted && (first !== '(' || !/[\r\n]/.test(text.charAt(end)))) return true;
  return !/\d/.test(value) || /^(?:\{\{|\$[A-Za-z_{(]|<<|\*\*|\(\()|[})>\]%*]$/.test(value);
}

/** A pair between the name and the value that says nothing of either. */
const between = String.raw`(?:["']?\w{1,20}["']?[ \t]{0,9}:[ \t]{0,9}(?:"[^"\\{}\r\n]{0,80}"|[\w-]{1,20}),?\s{0,80}){0,3}`;
const pairBehind = new RegExp(
  String.raw`^["']?,?[ \t]{0,40}(?:#[^\r\n]{0,80})?\r?\n?[ \t]{0,80}${between}["']?value(?=["']?[ \t]{0,9}:)`,
);
const pairBefore = new RegExp(
  String.raw`^\\?["']?,?(?:#[^\r\n]{0,80})?\s{0,80}${between}\\?["']?(?:key|name)\\?["']?[ \t]{0,9}:[ \t]{0,9}\\?["']?$`,
);

/** The value of `name: X` where `value: …` stands beside it, as in the variables of Kubernetes and the headers of Postman. */
export function pairedValue(text: string, start: number, end: number): Span | undefined {
  if (!`"'\\, \t\r\n`.includes(text.charAt(end))) return undefined;
  const behind = pairBehind.exec(text.slice(end, end + 480));
  return behind
    ? valueBehind(text, end + behind[0].length)
    : (valueBefore(text, start) ?? fieldValue(text, end));
}

/** The value of `value: …, name: X`, by where X starts. */
function valueBefore(text: string, start: number): Span | undefined {
  if (!/(?:key|name)\\?["']?[ \t]{0,9}:[ \t]{0,9}\\?["']?$/.test(text.slice(Math.max(0, start - 32), start)))
    return undefined;
  const from = Math.max(0, start - longestPair);
  const at = text.slice(from, start).lastIndexOf('value');
  const value = at < 0 ? undefined : valueBehind(text, from + at + 5);
  return value && value.end < start && pairBefore.test(text.slice(value.end, start)) ? value : undefined;
}

/** How far before its name a value is looked for. */
const longestPair = 2000;

/** The line below the headers of `name="X"`, a part of a multipart body. @see RFC 7578 section 4.2 */
function fieldValue(text: string, end: number): Span | undefined {
  if (!/;[ \t]{0,9}name="[\w.-]{1,60}$/.test(text.slice(Math.max(0, end - 80), end))) return undefined;
  const headers = /^"\r?\n(?:Content-[^\r\n]{1,120}\r?\n){0,3}\r?\n/i.exec(text.slice(end, end + 400))?.[0];
  if (headers === undefined) return undefined;
  const start = end + headers.length;
  const length = /^[^\s{<]\S{0,16000}/.exec(text.slice(start, start + longest))?.[0].length ?? 0;
  return length > 0 ? { start, end: start + length } : undefined;
}

/** Whether what ends at `at` is `--name`, as a program's argument. */
const isArgument = (text: string, at: number) => /--[\w-]{1,60}$/.test(text.slice(Math.max(0, at - 62), at));

type Parted = 'sign' | 'program' | 'call';

/** What separates a name from its value: a sign, or a comma between the arguments of a program or a call. */
function partedBy(text: string, from: number, sign: string, isQuoted: boolean): Parted | undefined {
  if (sign === '=' || sign === ':') return 'sign';
  if (sign !== ',' || !isQuoted) return undefined;
  if (isArgument(text, from)) return 'program';
  return isCallArgument(text, from) ? 'call' : undefined;
}

/** Whether what ends at `at` is the first argument of a call: `client.global.set("name"`. */
const isCallArgument = (text: string, at: number) =>
  /\([ \t]{0,9}["'][\w.-]{1,60}$/.test(text.slice(Math.max(0, at - 72), at));

/** Behind an anchor, a tag of YAML's own, and the line of a block: where the text of a YAML value begins; a map has none. */
function yamlStart(text: string, from: number): number {
  if (!'&!|>\r\n'.includes(text.charAt(from))) return from;
  const rest = text.slice(from, from + 1000);
  const start = /^(?:(?:&|!!)[\w-]{1,40}[ \t]{1,40}){0,2}/.exec(rest)?.[0].length ?? 0;
  const block = /^(?:[|>][+-]?\d?)?[ \t]{0,40}\r?\n[ \t]{1,40}(?=\S{7,}[^\s:](?:\r?\n|$))/.exec(
    rest.slice(start),
  );
  return from + start + (block?.[0].length ?? 0);
}

/** Behind at most 40 blanks and tabs. */
export function blanksEnd(text: string, from: number): number {
  let at = from;
  while (at < from + 40 && (text.charCodeAt(at) === 32 || text.charCodeAt(at) === 9)) at++;
  return at;
}
