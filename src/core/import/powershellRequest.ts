import { bodyRequest, type CommandRequest } from './curlRequest.ts';
import { shellCommands } from './shellWords.ts';

type Table = ReadonlyMap<string, string>;

/** What variables of a script stand for at a place of it. */
interface Scope {
  readonly texts: Map<string, string>;
  readonly tables: Map<string, Table>;
  /** What functions and the script itself are given: it stands for what somebody else says. */
  readonly given: ReadonlySet<string>;
}

/**
 * The requests of `Invoke-WebRequest` or `Invoke-RestMethod`, as browsers copy them and scripts write them: URL, body and headers as
 * texts, as `@{ name = 'value' }`, or in variables that were set before.
 *
 * @see https://learn.microsoft.com/powershell/module/microsoft.powershell.utility/invoke-restmethod
 */
export function readPowershell(written: string): readonly CommandRequest[] {
  const text = written.replace(/<#[\s\S]*?(?:#>|$)/g, '');
  const { names: given, defaults } = parametersIn(text);
  const scope: Scope = { texts: defaults, tables: new Map(), given };
  const requests: CommandRequest[] = [];
  // What a name stands for is what was set last before the request.
  for (const part of statements(text)) {
    const [set = '', name] = /^\s*\$(?:script:|global:)?(\w{1,100})\s*=/.exec(part) ?? [];
    if (invokes.test(part)) requests.push(requestOf(withinBracket(part.slice(part.search(invokes))), scope));
    else if (name !== undefined) assign(name.toLowerCase(), part.slice(set.length).trimStart(), scope);
    else change(part, scope);
  }
  return requests;
}

/**
 * Names in the brackets behind `param` or the name of a function, and what those of the script are without an argument.
 *
 * @see https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_functions
 */
function parametersIn(text: string) {
  const names = new Set<string>();
  const defaults = new Map<string, string>();
  const block = text.indexOf('{');
  for (const { index, 0: head } of text.matchAll(/\b(?:param|function\s{1,9}[\w:-]{1,100})\s{0,9}\(/gi)) {
    const from = index + head.length;
    const inside = withinBracket(text.slice(from, from + 5000));
    const isScripts = /^param/i.test(head) && (index < block || block < 0);
    for (const [, written = '', , single, text = single] of inside.matchAll(
      /\$(\w{1,100})(?=\s{0,9}(?:[,=)\n]|$))(\s{0,9}=\s{0,9}(?:'([^'\n]*)'|"([^"`$\n]*)")(?=\s{0,9}(?:,|$)))?/g,
    )) {
      const name = written.toLowerCase();
      // One of a function of the same name is another.
      if (isScripts && text !== undefined && !names.has(name)) defaults.set(name, text);
      else defaults.delete(name);
      names.add(name);
    }
  }
  return { names, defaults };
}

const invokes = /\b(?:Invoke-WebRequest|Invoke-RestMethod|iwr|irm)\b/i;

function assign(name: string, value: string, scope: Scope): void {
  const text = valueOf(value.trim(), scope);
  scope.texts.delete(name);
  scope.tables.delete(name);
  if (scope.given.has(name)) return;
  if (/^(?:\[ordered\]\s*)?@\{/i.test(value))
    scope.tables.set(name, tableIn(value, value.indexOf('{') + 1, scope));
  else if (text !== undefined) scope.texts.set(name, text);
}

/** `$t.name = …`, `$t['name'] = …`, `$t.Add('name', …)`, `$t.Remove('name')` and `$t += …`. */
function change(part: string, scope: Scope): void {
  const [all = '', variable = '', rest = ''] = /^\s*\$(?:script:|global:)?(\w{1,100})(.*)$/s.exec(part) ?? [];
  const name = variable.toLowerCase();
  const table = scope.tables.get(name);
  if (all === '') return;
  const [, more] = /^\s*\+=(.*)$/s.exec(rest) ?? [];
  if (more !== undefined) {
    const before = scope.texts.get(name);
    assign(name, more.trim(), scope);
    const [after, added] = [scope.texts.get(name), scope.tables.get(name)];
    if (table && added) scope.tables.set(name, new Map([...table, ...added]));
    else scope.texts.set(name, `${before ?? `\${${variable}}`}${after ?? `\${more of ${variable}}`}`);
    return;
  }
  if (!table) return;
  const [, dotted, quoted, set] =
    /^(?:\.(\w{1,100})|\[\s{0,9}["']([\w-]{1,100})["']\s{0,9}\])\s*=(.*)$/s.exec(rest) ?? [];
  const [, way, key = dotted ?? quoted, behind = ''] =
    /^\.(Add|Remove)\(\s{0,9}["']([\w-]{1,100})["'](.*)$/is.exec(rest) ?? [];
  const added = set ?? behind.trim().replace(/^,/, '').replace(/\)$/, '');
  if (key === undefined) return;
  const changed = new Map([...table].filter(([one]) => one.toLowerCase() !== key.toLowerCase()));
  const value = added.trim();
  if (!/^remove$/i.test(way ?? '')) changed.set(key, valueOf(value, scope) ?? `\${value of ${key}}`);
  scope.tables.set(name, changed);
}

function requestOf(command: string, scope: Scope): CommandRequest {
  const words = shellCommands(command, 'powershell').flat();
  const splatted = words.flatMap((word) => [
    ...(scope.tables.get(/^@(\w+)$/.exec(word)?.[1]?.toLowerCase() ?? '') ?? []),
  ]);
  const after = (option: string) => {
    const at = words.findIndex((word) => word.toLowerCase() === `-${option.toLowerCase()}`);
    const given = at < 0 ? undefined : words[at + 1];
    return given ?? splatted.find(([name]) => name.toLowerCase() === option.toLowerCase())?.[1];
  };
  const table = (option: string): Table => {
    const start = new RegExp(`-${option}\\s{1,20}(?:\\[ordered\\]\\s{0,20})?@\\{`, 'i').exec(command);
    if (start) return tableIn(command, start.index + start[0].length, scope);
    const given = after(option) ?? '';
    return given.startsWith('@{')
      ? tableIn(given, 2, scope)
      : (scope.tables.get(given.slice(1).toLowerCase()) ?? new Map());
  };
  const headers = [...table('Headers')].map(([name, value]) => `${name}: ${value}`);
  const body = table('Body');
  const url = after('Uri') ?? words.find((word) => /^https?:\/\//.test(word)) ?? '';
  const written =
    body.size > 0 ? new URLSearchParams([...body]).toString() : (after('Body') ?? '').replace(/^@\{$/, '');
  return bodyRequest(expanded(url, scope), expanded(written, scope), headers);
}

/** The pairs of `a = 'b'; "c" = $d` up to the bracket that ends them. */
function tableIn(command: string, from: number, scope: Scope): Table {
  const pairs = new Map<string, string>();
  const pair =
    /[\s;]*["']?([\w-]{1,100})["']?\s*=\s*("(?:`.|[^"`])*"|'(?:''|[^'])*'|@\{[^{}]*\}|\([^()\n]{0,400}\)|[A-Z][a-z]{1,20}-[A-Z]\w{1,40}[^\n;}]{0,400}|[^\s;}]+)|[\s;]*(\})/gsy;
  pair.lastIndex = from;
  for (let found = pair.exec(command); found && found[3] === undefined; found = pair.exec(command))
    pairs.set(found[1] ?? '', valueOf(found[2] ?? '', scope) ?? found[2] ?? '');
  return pairs;
}

/** The text that a quoted text, a here-string or a variable stands for; `undefined` for anything else. */
function valueOf(written: string, scope: Scope): string | undefined {
  const [, quote, inside] = /^@(["'])\r?\n([\s\S]*?)\r?\n\1@/.exec(written) ?? [];
  if (inside !== undefined) return quote === '"' ? expanded(inside, scope) : inside;
  const [, single] = /^'((?:''|[^'])*)'/.exec(written) ?? [];
  if (single !== undefined) return single.replaceAll("''", "'");
  const [, double] = /^"((?:`.|[^"`])*)"/s.exec(written) ?? [];
  if (double !== undefined) return expanded(double, scope).replace(/`(.)/gs, '$1');
  return /^\$\w{1,100}\s*$/.test(written) ? expanded(written.trim(), scope) : undefined;
}

/** Puts variables into a text; what is not known, or would swell, becomes a placeholder that opens the form. */
function expanded(text: string, { texts }: Scope): string {
  const result = text.replace(
    /(?<!`)\$(?:\{([\w:]{1,100})\}|((?:env:)?\w{1,100}))/gi,
    (_all, braced?: string, plain?: string) => {
      const name = braced ?? plain ?? '';
      return texts.get(name.toLowerCase()) ?? `\${${name}}`;
    },
  );
  return result.length > longestText ? '${variables that swell}' : result;
}

/** The longest text that variables make, in characters. */
const longestText = 20_000;

/** Each statement, without comments: up to a line's end, a semicolon or a block's bracket outside quotes, tables and parentheses. A quote that is not closed ends with the text. */
function statements(text: string): readonly string[] {
  const found: string[] = [];
  let parts: string[] = [];
  let [from, open] = [0, 0];
  const close = (end: number, next: number) => {
    parts.push(text.slice(from, end));
    from = next;
  };
  for (let at = 0; at < text.length; at++) {
    const char = text.charAt(at);
    if (char === '`') at++;
    else if (char === '"' || char === "'") at = endOfText(text, at, char);
    else if (char === '#' && /^\s?$/.test(text.charAt(at - 1))) {
      const end = text.indexOf('\n', at);
      close(at, end < 0 ? text.length : end);
      at = from - 1;
    } else if (char === '(' || (char === '{' && (open > 0 || text.charAt(at - 1) === '@'))) open++;
    else if (open > 0 && /[)}]/.test(char)) open--;
    else if (open === 0 && /[\n;{}]/.test(char)) {
      close(at, at + 1);
      found.push(parts.join(''));
      parts = [];
    }
  }
  close(text.length, text.length);
  return [...found, parts.join('')];
}

/** A command up to the bracket that closes one before it, as in `(irm …).access_token`. */
function withinBracket(command: string): string {
  let open = 0;
  for (let at = 0; at < command.length; at++) {
    const char = command.charAt(at);
    if (char === '`') at++;
    else if (char === '"' || char === "'") at = endOfText(command, at, char);
    else if (char === '(') open++;
    else if (char === ')' && --open < 0) return command.slice(0, at);
  }
  return command;
}

/** Where the quote or here-string that begins at a place ends. */
function endOfText(text: string, at: number, quote: string): number {
  const isHere = text.charAt(at - 1) === '@' && /^\r?\n/.test(text.slice(at + 1, at + 3));
  let end = isHere ? text.indexOf(`\n${quote}@`, at) : at + 1;
  if (isHere) return end < 0 ? text.length : end + 2;
  for (; end < text.length; end++) {
    if (text.charAt(end) === '`' && quote === '"') end++;
    else if (text.charAt(end) === quote) return end;
  }
  return text.length;
}
