import type { VariableList } from './imported.ts';

/** The lines of a script, each command whole, without comments; before an option they stand between the lines of one command. */
export function commandLines(text: string): readonly string[] {
  return (
    text
      .replace(/^[ \t]*[#;][^\n]*(?:\n(?=[ \t]*-))?/gm, '')
      // A fence of Markdown goes on in no other line.
      .replace(/(?<!``)[\\^`][ \t]*\r?\n/g, ' ')
      .split(/\r?\n/)
  );
}

/** Whether a quote in a command, or the bracket of another command in it, is not closed yet. */
export function isOpen(command: string): boolean {
  const plain = command.replace(/\\.|"(?:\\.|[^"\\])*"|'[^']*'/gs, '');
  const brackets = (bracket: string) => plain.split(bracket).length;
  return /["']/.test(plain) || brackets('$(') > brackets(')');
}

/** Most lines of one command. */
const longest = 200;

/** The same lines, with those in one that a quote goes on over. */
export function wholeCommands(text: string): readonly string[] {
  const whole: string[] = [];
  let open: string[] = [];
  for (const line of commandLines(text)) {
    open.push(line);
    if (open.length < longest && isOpen(open.join('\n'))) continue;
    whole.push(open.join('\n'));
    open = [];
  }
  return [...whole, ...open];
}

/** What gives a variable of bash a value that stands nowhere, or another one each time. */
const unseen =
  /^[ \t]*(?:while[ \t]+(?:IFS=\S*[ \t]+)?)?(?:read(?:[ \t]+-\w+)*|for|local|declare|getopts[ \t]+\S+)[ \t]+((?:\w{1,100}[ \t]*){1,20})/gm;

/** Variables that a script gives a value which is not written in it, or for one command only. */
export function unseenIn(text: string): VariableList {
  const names = [...text.matchAll(unseen)].flatMap(([, some = '']) => some.trim().split(/\s+/));
  return [...names, ...text.split('\n').flatMap(givenToCommand)].map((name) => [
    name,
    `\${value of ${name}}`,
  ]);
}

const assignment = /^([A-Za-z_]\w{0,100})=/;

/** `NAME=value program`: only that program has it; what curl is given so is meant for its own words. */
function givenToCommand(line: string): readonly string[] {
  if (!/^[ \t]*[A-Za-z_]\w{0,100}=\S[^\n]*[ \t]\S/.test(line)) return [];
  const words = quotedWords(line);
  const end = words.findIndex((word) => !assignment.test(word));
  const isOther = end < 0 || !/^(?:[\w./~-]*\/)?(?!curl(?:\.exe)?$)[\w.-]+$/.test(words[end] ?? '');
  const given = words.slice(0, Math.max(0, end));
  if (isOther || given.some((word) => /;$|\$\(/.test(word))) return [];
  return given.flatMap((word) => assignment.exec(word)?.[1] ?? []);
}

/** What variables stand for. */
export type Values = Pick<ReadonlyMap<string, string>, 'get' | 'has'>;

type Named = ReadonlyMap<string, ReadonlySet<string>>;

/** Of lists that were gathered: each command of a script asks for the same. */
const gathered = new WeakMap<VariableList, Named>();

function gather(variables: VariableList): Named {
  const all = new Map<string, Set<string>>();
  for (const [name, value] of variables) all.set(name, (all.get(name) ?? new Set()).add(value));
  gathered.set(variables, all);
  return all;
}

/** What a script's variables stand for; where one has several values, none is guessed: a placeholder opens the form. */
export function valuesOf(variables: VariableList, text: string): Values {
  const all = gathered.get(variables) ?? gather(variables);
  const unseen = new Map(unseenIn(text));
  const get = (name: string) => {
    const [values = new Set<string>(), other] = [all.get(name), unseen.get(name)];
    const count = values.size + (other === undefined || values.has(other) ? 0 : 1);
    const [value = other] = values;
    return count > 1 ? `\${one of ${count} values}` : value;
  };
  return { get, has: (name) => all.has(name) || unseen.has(name) };
}

/** Words as shells, Docker and systemd split them, with their quotes. */
export function quotedWords(line: string): readonly string[] {
  return line.match(/(?:"(?:\\.|[^"\\])*"|'[^']*'|\\.|[^\s"'\\])+/g) ?? [];
}

/** The same without their quotes. */
export function wordsOf(line: string): readonly string[] {
  return quotedWords(line).map((word) =>
    word.replace(
      /"((?:\\.|[^"\\])*)"|'([^']*)'|\\(.)/g,
      (_all, double?: string, single?: string, char = '') =>
        double?.replace(/\\(.)/g, '$1') ?? single ?? String(char),
    ),
  );
}

/** `NAME=(…)` or `NAME+=(…)`, whose words may stand in quotes and over several lines. */
const array =
  /^[ \t]*(?:(?:local|declare|readonly|typeset)[ \t]+(?:-\w+[ \t]+)?)?(\w{1,100})(\+?)=\(((?:"(?:\\.|[^"\\])*"|'[^']*'|\$\([^()]*\)|[^()"'])*)\)[ \t;]*\r?$/gm;

/** What curl is handed as its input, in the place of `-d @-`. */
const input =
  /((?:-d|--data(?:-raw|-binary|-ascii)?|--json)[ \t=]{1,9})["']?@-["']?([^\n]{0,500}?)<<-?[ \t]?(["']?)(\w{1,40})\3[ \t]*\r?\n([^']{0,5000}?)\r?\n[ \t]*\4(?=[ \t\r]*(?:\n|$))/g;

/** A script with what a here-document hands to curl in its command. @see https://curl.se/docs/manpage.html#-d */
export const withInput = (text: string): string =>
  text.length > 100_000 || !text.includes('@-') ? text : text.replace(input, "$1'$5'$2");

/** A script with the words of its arrays in their place, as bash puts them: `curl "${args[@]}"`. @see https://www.gnu.org/software/bash/manual/html_node/Arrays.html */
export function withArrays(text: string): string {
  if (text.length > 1_000_000 || !/\w\[[@*]\]\}/.test(text)) return text;
  const arrays = new Map<string, string>();
  const others = text.replace(array, (_all, name: string, more: string, words: string) => {
    const lines = words.split('\n').map((line) => line.trim());
    const inLine = lines
      .filter((line) => !line.startsWith('#'))
      .join(' ')
      .trim();
    // Of two that are called alike, none is guessed.
    const before = arrays.get(name);
    const isOther = before !== undefined && more === '';
    arrays.set(name, isOther ? `'\${one of 2 values}'` : [before, inLine].filter(Boolean).join(' '));
    return '';
  });
  return others.replace(/"?\$\{(\w{1,100})\[[@*]\]\}"?/g, (all, name: string) => arrays.get(name) ?? all);
}
