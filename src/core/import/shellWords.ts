/** How a command line is quoted. */
export type Shell = 'posix' | 'fish' | 'cmd' | 'powershell';

/** The shell a command was written for, by what only it does. */
export function shellOf(command: string): Shell {
  const start = command.slice(0, 100_000);
  if (/\^"|[ \t]\^\r?\n/.test(start)) return 'cmd';
  return /`\r?\n|`"/.test(start) ? 'powershell' : fishOrPosix(command);
}

/** What only fish has: its own first line, `set -x NAME value`. */
export const ofFish = /^#!.*\bfish\b|^[ \t]*set[ \t]+-{1,2}[a-zUL-]+[ \t]+\w/m;

/** A quote that stays open for every other shell, and not for fish, is fish's: only there `\'` is a quote within quotes. */
function fishOrPosix(command: string): Shell {
  if (ofFish.test(command)) return 'fish';
  const isOpen = (step: Step) =>
    wordsOf(command, step).some((word) => word !== end && word.endsWith(unclosed));
  return command.includes("\\'") && isOpen(posix) && !isOpen(fish) ? 'fish' : 'posix';
}

/**
 * The words of each command as the shell splits them: quotes, escapes (`$'…'` too) and continued lines. An option in the line below
 * still belongs to the command, without a sign that it goes on; anything else there, and what stands behind an empty line, does not.
 */
export function shellCommands(text: string, shell: Shell = shellOf(text)): readonly (readonly string[])[] {
  const words = wordsOf(shell === 'cmd' ? withoutCarets(text) : text, steps[shell]);
  const commands: string[][] = [];
  let ends = 1;
  for (const word of words) {
    if (word === end) {
      ends++;
      continue;
    }
    // A block in braces of PowerShell goes over lines.
    const isOther =
      shell === 'powershell'
        ? /^(?:\S{0,200}[/\\])?curl(?:\.exe)?$/i.test(word)
        : ends > 1 || !word.startsWith('-');
    if (commands.length === 0 || (ends > 0 && isOther)) commands.push([]);
    ends = 0;
    commands.at(-1)?.push(word);
  }
  return commands;
}

/** What a command's output is taken into: `TOKEN=$(curl …)`. */
const taken = /^(?:\w{1,100}=)?\$\(([^]*)\)$/;

/** The words of one command line as its shell splits them, a `;` for each end of a command; of a command whose output is taken, its own. */
export function lineWords(line: string, shell = fishOrPosix(line)): readonly string[] {
  return wordsOf(line, steps[shell]).flatMap((word, at) => {
    if (word === end) return [';'];
    const [, inner] = at > 2 ? [] : (taken.exec(word) ?? []);
    return inner === undefined
      ? [word]
      : wordsOf(inner, steps[shell]).map((one) => (one === end ? ';' : one));
  });
}

/** Stands for the end of a line or of a command. */
const end = Symbol('end');

/** Stands behind a text that was cut off within quotes: as a placeholder it opens the form. */
const unclosed = '${text without its closing quote}';

/** What a shell does with the character at a place: the text it stands for and where it goes on. */
type Step = (text: string, at: number) => { readonly text: string; readonly next: number } | undefined;

function wordsOf(text: string, step: Step): (string | typeof end)[] {
  const words: (string | typeof end)[] = [];
  let parts: string[] | undefined;
  for (let at = 0; at < text.length;) {
    const char = text.charAt(at);
    if (char === '#' && parts === undefined && step !== cmd) {
      at = endOf(text, '\n', at);
      continue;
    }
    const special = step(text, at);
    if (special) {
      if (special.next > text.length && text.charAt(at) !== '\\') (parts ??= []).push(special.text, unclosed);
      else if (!isContinuation(text, at)) (parts ??= []).push(special.text);
      // What it would go on with is an empty line.
      else if (/^[ \t]*\r?\n/.test(text.slice(special.next, special.next + 100))) {
        if (parts) words.push(parts.join(''));
        parts = undefined;
        words.push(end);
      }
      at = special.next;
    } else if (/[\s;|]/.test(char) || (char === '&' && /\s/.test(text.charAt(at - 1)))) {
      if (parts) words.push(parts.join(''));
      parts = undefined;
      if (!/^(?:[ \t]|\r\n)/.test(text.slice(at, at + 2))) words.push(end);
      at++;
    } else {
      (parts ??= []).push(char);
      at++;
    }
  }
  if (parts) words.push(parts.join(''));
  return words;
}

function isContinuation(text: string, at: number): boolean {
  return /^[\\`]\r?\n/.test(text.slice(at, at + 3));
}

const posix: Step = (text, at) => {
  const char = text.charAt(at);
  if (char === '\\') {
    const line = /^\\\r?\n/.exec(text.slice(at, at + 3));
    return line ? { text: '', next: at + line[0].length } : { text: text.charAt(at + 1), next: at + 2 };
  }
  if (char === "'") {
    const close = endOf(text, "'", at + 1);
    return { text: text.slice(at + 1, close), next: close + 1 };
  }
  // What another command prints is one word with what stands beside it, however many words its command has.
  if (char === '`' || (char === '$' && text.charAt(at + 1) === '(')) {
    const close = char === '`' ? endOf(text, '`', at + 1) : endOfSubstitution(text, at + 2);
    return { text: text.slice(at, close + 1), next: close + 1 };
  }
  if (char === '$' && text.charAt(at + 1) === "'") {
    const close = endWithEscapes(text, "'", at + 2, '\\');
    return { text: ansiC(text.slice(at + 2, close)), next: close + 1 };
  }
  if (char !== '"') return undefined;
  const close = endWithEscapes(text, '"', at + 1, '\\');
  return { text: text.slice(at + 1, close).replace(/\\(?:\r?\n|(["\\$`]))/g, '$1'), next: close + 1 };
};

/** Only `\'` and `\\` are escapes within its single quotes. @see https://fishshell.com/docs/current/language.html#quotes */
const fish: Step = (text, at) => {
  if (text.charAt(at) === '(') {
    const after = endOfSubstitution(text, at + 1);
    return { text: `$${text.slice(at, after + 1)}`, next: after + 1 };
  }
  if (text.charAt(at) !== "'") return posix(text, at);
  const close = endWithEscapes(text, "'", at + 1, '\\');
  return { text: text.slice(at + 1, close).replace(/\\(['\\])/g, '$1'), next: close + 1 };
};

const powershell: Step = (text, at) => {
  const char = text.charAt(at);
  if (char === '`') {
    const line = /^`\r?\n/.exec(text.slice(at, at + 3));
    return line ? { text: '', next: at + line[0].length } : { text: text.charAt(at + 1), next: at + 2 };
  }
  if (char === "'") return doubled(text, at);
  if (char !== '"') return undefined;
  const close = endWithEscapes(text, '"', at + 1, '`');
  const inner = text.slice(at + 1, close).replace(/`(.)/gs, '$1');
  // `\"` is how Windows PowerShell hands a quote on to a program.
  return { text: inner.replace(/\\"/g, '"').replace(/""/g, '"'), next: close + 1 };
};

/** A program's arguments on Windows: `\"` and `""` within quotes are a quote. */
const cmd: Step = (text, at) => {
  const char = text.charAt(at);
  if (char === '\\' && text.charAt(at + 1) === '"') return { text: '"', next: at + 2 };
  if (char !== '"') return undefined;
  const parts: string[] = [];
  let from = at + 1;
  for (let index = at + 1; index < text.length; index++) {
    const here = text.charAt(index);
    const escaped = here === '\\' && /["\\]/.test(text.charAt(index + 1)) && isBeforeQuote(text, index);
    if (escaped || (here === '"' && text.charAt(index + 1) === '"')) {
      parts.push(text.slice(from, index), text.charAt(index + 1));
      from = index + 2;
      index++;
    } else if (here === '"') return { text: parts.join('') + text.slice(from, index), next: index + 1 };
  }
  return { text: parts.join('') + text.slice(from), next: text.length + 1 };
};

const steps: Readonly<Record<Shell, Step>> = { posix, fish, cmd, powershell };

/** Whether the backslashes at a place end before a quote: only then they escape. */
function isBeforeQuote(text: string, at: number): boolean {
  let index = at;
  // Bounded, so that a text of nothing but backslashes stays linear.
  while (text.charAt(index) === '\\' && index - at < 64) index++;
  return text.charAt(index) === '"';
}

/** Takes the `^` of cmd away: outside quotes it makes the next character plain, at a line's end it goes on. */
function withoutCarets(text: string): string {
  const parts: string[] = [];
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const char = text.charAt(at);
    if (char === '^' && !quoted) {
      const line = /^\^\r?\n/.exec(text.slice(at, at + 3));
      if (line)
        parts.push(/^\r?\n/.test(text.slice(at + line[0].length, at + line[0].length + 2)) ? '' : ' ');
      else parts.push(text.charAt(at + 1));
      at += line ? line[0].length - 1 : 1;
    } else {
      if (char === '"') quoted = !quoted;
      parts.push(char);
    }
  }
  return parts.join('');
}

/** A text in single quotes, in which two of them are one. */
function doubled(text: string, at: number): { readonly text: string; readonly next: number } {
  const parts: string[] = [];
  let from = at + 1;
  for (;;) {
    const close = endOf(text, "'", from);
    parts.push(text.slice(from, close));
    if (text.charAt(close + 1) !== "'" || close >= text.length)
      return { text: parts.join("'"), next: close + 1 };
    from = close + 2;
  }
}

/** Where the `)` stands that ends a `$(`. */
function endOfSubstitution(text: string, from: number): number {
  let open = 1;
  for (let at = from; at < text.length; at++) {
    if (text.charAt(at) === '(') open++;
    else if (text.charAt(at) === ')' && --open === 0) return at;
  }
  return text.length;
}

function endOf(text: string, quote: string, from: number): number {
  const close = text.indexOf(quote, from);
  return close < 0 ? text.length : close;
}

function endWithEscapes(text: string, quote: string, from: number, escape: string): number {
  for (let at = from; at < text.length; at++) {
    if (text.charAt(at) === escape) at++;
    else if (text.charAt(at) === quote) return at;
  }
  return text.length;
}

const letters: ReadonlyMap<string, string> = new Map([
  ['a', '\u0007'],
  ['b', '\b'],
  ['e', '\u001b'],
  ['E', '\u001b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['v', '\v'],
]);

/** @see https://www.gnu.org/software/bash/manual/html_node/ANSI_002dC-Quoting.html */
function ansiC(text: string): string {
  return text.replace(
    /\\(?:x([0-9A-Fa-f]{1,2})|u([0-9A-Fa-f]{1,4})|U([0-9A-Fa-f]{1,8})|([0-7]{1,3})|([\s\S]))/g,
    (all, x?: string, u?: string, long?: string, octal?: string, letter?: string) => {
      const hex = x ?? u ?? long;
      if (hex !== undefined) return codePoint(parseInt(hex, 16), all);
      if (octal !== undefined) return String.fromCharCode(parseInt(octal, 8) & 0xff);
      return letters.get(letter ?? '') ?? (/['"\\?]/.test(letter ?? '') ? (letter ?? all) : all);
    },
  );
}

function codePoint(code: number, otherwise: string): string {
  return code <= 0x10ffff ? String.fromCodePoint(code) : otherwise;
}
