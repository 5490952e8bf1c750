import { parse } from 'dotenv';
import { withoutRuns } from '../dotenv.ts';
import { quotedWords } from './commandLines.ts';
import type { VariableList } from './imported.ts';
import { placeholderIn } from './placeholder.ts';
import { PlaceFinder, type Places } from './places.ts';
import { unquoted } from './quotedLines.ts';
import { lineWords, ofFish } from './shellWords.ts';
import { stepIn, toItsEnd, type Steps } from './steps.ts';

/** The beginning of an assignment: `NAME=`, `export NAME=`, `$env:NAME =`, `@name =`, `name: `, `"name": `, `const name =`, `$name =`. */
const assignment =
  /^([ \t]*)((?:(?:export|set|const|let|var|val|final|static|private|public|readonly|local|my|string)[ \t]+)+|\$(?:env:)?|@)?(["']?)([a-z_][\w.-]{0,200})\3(?:[ \t]{1,99}(?=:[ \t])|(?=[ \t]*=|:[ \t]))/gim;

/** What is put behind a name, so that a name that stands twice stays two. */
const mark = /\.__(\d{1,9})__/g;

/**
 * The variables of a `.env`-like text in their order; a name may stand twice. Values are as dotenv reads them, but that a `#` in
 * the middle of a word begins no comment, as in shells and in other dotenv libraries.
 */
export function readVariables(text: string): VariableList {
  return toItsEnd(variableSteps(text));
}

/** The same, with where each name stands. */
export function readPlaced(text: string): { readonly list: VariableList; readonly places: Places } {
  const finder = new PlaceFinder();
  return { list: toItsEnd(variableSteps(text, finder)), places: finder.places };
}

/** Where each name of a page or of YAML stands, which may be several words: `Client ID: a`. */
export function placesOfLabels(text: string): Places {
  const finder = new PlaceFinder();
  for (const { 0: whole, 1: name = '', index } of text.matchAll(label))
    finder.take(name, '', { whole: text, start: index, end: index + whole.length });
  return finder.places;
}

const label = /^[ \t]*["']?([a-z_][\w .-]{0,99})["']?(?=[ \t]{0,9}:[ \t])/gim;

/** The same, a step at a time. */
export function* variableSteps(text: string, finder?: PlaceFinder): Steps<VariableList> {
  const lines: string[] = [];
  let plain = unquoted(text).text;
  for (const pass of passes) {
    yield stepIn(text);
    plain = pass(plain);
  }
  yield stepIn(text);
  const marked = plain.replace(
    assignment,
    (all, blank: string, prefix: string | undefined, _quote, name: string, at: number) => {
      finder?.take(name, prefix, { whole: plain, start: at, end: at + all.length });
      return `${blank}${name}.__${lines.push(name) - 1}__`;
    },
  );
  yield stepIn(text);
  const isProgram = lineOfProgram.test(plain);
  const values = new Map<number, string>();
  for (const [name, value] of Object.entries(parse(keepHashes(marked)))) {
    const index = Number(/\.__(\d{1,9})__$/.exec(name)?.[1] ?? -1);
    if (index >= 0) values.set(index, whole(withoutMarks(value.replaceAll(hash, '#')), isProgram));
  }
  return lines.flatMap((name, index) => {
    const value = values.get(index);
    return value === undefined ? [] : [[name, value] as const];
  });
}

/** What Python, TypeScript, Kotlin, Swift and Rust say of a constant: `CLIENT_ID: str = "a"`. */
const withoutTypes = (text: string): string =>
  text.replace(
    /^([^\n:='"#]{1,100}):[ \t]{1,9}&?[A-Za-z][\w.]{0,60}(?:[[<][\w., |]{0,60}[\]>])?(?: \| \w{1,60}){0,9}[ \t]{0,9}=[ \t]{0,9}(?=["']|None\b|nil\b)/gm,
    '$1 = ',
  );

/** Names of .NET's settings, as `dotnet user-secrets list` prints them: `Auth:ClientId = a`. */
const withoutColons = (text: string): string =>
  text.replace(/^([a-z]\w{0,60}(?::\w{1,60}){1,8})(?=[ \t]+=[ \t])/gim, (name) => name.replaceAll(':', '__'));

/**
 * What puts a variable into the environment of a Windows computer, as `NAME='value'`: `setx`, .NET from PowerShell, and PowerShell's
 * `${env:NAME} =` and `Set-Item Env:NAME`; or into the secrets of a program in .NET.
 *
 * @see https://learn.microsoft.com/windows-server/administration/windows-commands/setx
 * @see https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_environment_variables
 * @see https://learn.microsoft.com/aspnet/core/security/app-secrets#set-a-secret
 */
function windows(text: string): string {
  if (!/setx|SetEnvironmentVariable|env:|user-secrets/i.test(text)) return text;
  return text.replace(ofWindows, (all, ...groups: (string | undefined)[]) => {
    const [name, value] = groups.slice(0, 10).filter((one) => one !== undefined);
    return name === undefined || value === undefined
      ? all
      : `\n${inQuotes(name.replaceAll(':', '__'), value.replace(/^(['"])(.*)\1$/s, '$2'))}\n`;
  });
}

const [itsName, quoted] = [
  String.raw`["']?([a-z_]\w{0,200})["']?`,
  String.raw`("[^"\n]{0,20000}"|'[^'\n]{0,20000}')`,
];

const ofWindows = new RegExp(
  [
    String.raw`^[ \t]*@?setx(?:\.exe)?[ \t]+(?:/m[ \t]+)?${itsName}[ \t]+("[^"\n]{0,20000}"|[^\s"/]\S*)[^\n]*$`,
    String.raw`\[(?:System\.)?Environment\]::SetEnvironmentVariable\([ \t]*${itsName}[ \t]*,[ \t]*${quoted}[^)\n]{0,200}\)`,
    String.raw`\$\{env:(\w{1,200})\}[ \t]*=[ \t]*${quoted}`,
    String.raw`\b(?:Set-Item|New-Item|si|ni)[ \t]+(?:-Path[ \t]+)?["']?env:\\?(\w{1,200})["']?[ \t]+(?:-Value[ \t]+)?${quoted}`,
    String.raw`^[ \t]*(?:[>$][ \t]+)?dotnet[ \t]+user-secrets[ \t]+set[ \t]+["']?([a-z_][\w:.-]{0,200})["']?[ \t]+${quoted}[^\n]*$`,
  ].join('|'),
  'gim',
);

/** What parts one assignment from the next in a line, or a text in quotes. */
const severalInLine =
  /("[^"\n]*"|'[^'\n]*')|[ \t]{0,9}(?:&&?|;)[ \t]{0,9}(?=(?:(?:export|set)[ \t]{1,9}"?|\$env:)\w{1,200}[ \t]{0,9}=)|;[ \t]{1,9}(?=[a-z_]\w{0,200}=)/gi;

/** cmd's `set "NAME=value"` as `NAME='value'`: its quotes stand around the whole. @see https://learn.microsoft.com/windows-server/administration/windows-commands/set_1 */
function cmds(text: string): string {
  // Several in one line, of shells, too; what stands in quotes is one value.
  const lines = text.replace(severalInLine, (all, quoted?: string) => (quoted === undefined ? '\n' : all));
  return lines.replace(
    /^[ \t]*@?set[ \t]+"([a-z_]\w{0,200})=([^"\n]{0,20000})"[ \t]*(?=\r?$)/gim,
    (_all, name: string, value: string) => inQuotes(name, value),
  );
}

/** An assignment in the first kind of quotes that does not stand in the value. */
function inQuotes(name: string, value: string): string {
  const quote = ["'", '"', '`'].find((one) => !value.includes(one)) ?? '';
  return `${name}=${quote}${value}${quote}`;
}

/** fish's `set -gx NAME value` as `NAME='value'`. @see https://fishshell.com/docs/current/cmds/set.html */
function fishs(text: string): string {
  if (!ofFish.test(text)) return text;
  return text.replace(/^[ \t]*set[ \t]+-[^\n]*$/gm, (line) => {
    const [name = '', ...values] = lineWords(line.trimEnd(), 'fish').filter(
      (word) => !/^(?:set|-.*)$/.test(word),
    );
    return inQuotes(name, values.join(' '));
  });
}

/** Without lines that stand further in than a heading (`name:`), as of a piece of YAML, or `name: value` than another variable: they are another's than what stands around them. */
function withoutNested(text: string): string {
  if (heading.test(text))
    return text.replace(/^[ \t]+["']?[\w.-]{1,200}["']?(?:[ \t]{0,99}:[ \t]|[ \t]{0,99}=)[^\n]*$/gm, '');
  // The first line's blanks are gone.
  return flat.test(text.slice(text.indexOf('\n') + 1))
    ? text.replace(/^[ \t]+["']?[\w.-]{1,200}["']?[ \t]{0,99}:[ \t][^\n]*$/gm, '')
    : text;
}

/** A line that others stand under. */
export const heading = /^[ \t]*[\w.-]{1,200}:[ \t]*(?:[|>][-+\d]{0,2}[ \t]*)?\r?$/m;

/** A variable at the beginning of a line, whose value goes on in no other. */
const flat =
  /^(?:(?:export|set) |\$(?:env:)?|@)?["']?[\w.-]{1,200}["']?(?:=|[ \t]?[:=][ \t])[^\n]*[^\s,{[(|>][,\t ]{0,9}\r?$/im;

/** Supervisor's `environment=A="b",C="d"`, over several lines too, as lines. @see https://supervisord.org/configuration.html#program-x-section-values */
function supervisors(text: string): string {
  return text.replace(
    /^environment[ \t]*=[ \t]*((?:\r?\n[ \t]+)?[A-Za-z_]\w{0,200}=[^\n]*(?:\n[ \t]+[^\n]*)*)/gm,
    (_all, list: string) =>
      (list.match(/[A-Za-z_]\w{0,200}=(?:"(?:\\.|[^"\\\n])*"|'[^'\n]*'|[^,\n])*/g) ?? []).join('\n'),
  );
}

/** Several assignments in one line, as shells take them (`export A=b C=d`, `A=b C=d program`), as lines. */
function eachOnItsLine(text: string): string {
  return text.replace(/^[ \t]*(?:export[ \t]+)?[a-z_]\w{0,200}=\S[^\n]*$/gim, (line) => {
    // Most lines hold one, and are not split.
    if (!/[ \t]\w{1,201}=/.test(line)) return line;
    const words = quotedWords(line.replace(/^[ \t]*export[ \t]+/, ''));
    const end = words.findIndex((word) => !/^[a-z_]\w{0,200}=/i.test(word));
    const assignments = end < 0 ? words : words.slice(0, end);
    return assignments.length > 1 ? assignments.join('\n') : line;
  });
}

/** Stands for a `#` that begins no comment; of Unicode's private use, so that no text holds it. */
const hash = '\uf8ff';

/** Hides each `#` within an unquoted word from dotenv, which would cut the value there. */
function keepHashes(text: string): string {
  return text.replace(
    /^([ \t]*[\w.-]{1,220}(?:[ \t]*=|:[ \t])[ \t]*)([^\s'"`#][^\n#]*#[^\n]*)$/gm,
    (_all, name: string, value: string) => name + value.replace(/(?<=\S)#/g, hash),
  );
}

/** What makes lines of variables of what others write otherwise, in this order. */
const passes: readonly ((text: string) => string)[] = [
  ...[withoutTypes, withoutColons, windows, cmds, fishs, supervisors],
  ...[withoutNested, eachOnItsLine, withoutRuns],
];

/** An argument or a member in a line of its own. */
const lineOfProgram = /[\w"'][ \t]*[=:][ \t]*(["'])[^"'\n]*\1(?:\.\w{1,40}\(\))?,[ \t\r]*$/m;

/** A text of a program with what parts it from the next. */
const inProgram = /^(["'`])((?:(?!\1).)*)\1[,;](?:[ \t]*\/\/.*)?$/;

/** A value whose quote is not closed, as at the end of a text that was cut off, is not a value: as a placeholder it opens the form. */
function whole(value: string, isProgram: boolean): string {
  // What opens there is no text.
  if (/^[[{(]$/.test(value)) return '';
  const text = inProgram.exec(value)?.[2];
  if (text !== undefined) return text;
  // What a program chooses of two.
  if (/^[\w.$!]{1,80} \? .{1,2000} : /s.test(value)) return '${expression}';
  const before = value.slice(0, -1);
  // What a program reads it from, or what it calls it, with what parts it from the next.
  if (/[,;]$/.test(value) && placeholderIn(before) === before) return before;
  if (isProgram && /^[a-z_][\w.:]*(?:\(.*\))?,$/i.test(value)) return `\${${before.replace(/[:{}]+/g, '.')}}`;
  // Of Rust.
  const owned = isProgram ? /^"([^"]*)"\.(?:to_string|to_owned|into)\(\),$/.exec(value)?.[1] : undefined;
  if (owned !== undefined) return owned;
  const quote = /^["'`]/.exec(value)?.[0];
  return quote === undefined || value.includes(quote, 1) ? value : '${text without its closing quote}';
}

function withoutMarks(value: string): string {
  return value.replace(mark, '');
}
