/** A text without its comments and texts of several lines, and what it writes into files. */
export interface Unquoted {
  readonly text: string;
  /** Here-documents, and what is handed over in quotes: each is a file of its own. */
  readonly files: readonly string[];
  /** From the line on in which a text or comment begins that has no end. */
  readonly cutOff?: string;
}

/** What goes on in the next line. */
interface Open {
  readonly kind: 'comment' | 'text' | 'quote' | 'file';
  readonly closes: RegExp;
  /** Most lines in which that has to come, where the sign means something else, too; absent: it goes on to the end. */
  readonly within?: number;
  /** What stands before it in its line. */
  readonly head: string;
  /** What of it stands in that line already. */
  readonly begins: string;
  /** What stands behind it in that line: a here-document begins in the next one. */
  readonly tail: string;
}

/** What they begin and end with, in whatever language: what is pasted does not say which one it is. */
const ends: Readonly<Record<string, string>> = {
  '"""': '"""',
  "'''": "'''",
  '@"': '^[ \\t]*"@',
  "@'": "^[ \\t]*'@",
  'r#"': '"#',
  '/*': String.raw`\*/`,
  '<!--': '-->',
  '<#': '#>',
  '--[[': String.raw`\]\]`,
  '{-': String.raw`-\}`,
  '(*': String.raw`\*\)`,
  '#=': '=#',
  '=begin': String.raw`^=end\b.*`,
  '=pod': String.raw`^=cut\b.*`,
  '=head1': String.raw`^=cut\b.*`,
};

/** What is passed by, and what may go on: each is looked for where none before it is. */
const piece = new RegExp(
  [
    // A comment of one line.
    String.raw`(?:^[ \t]*(?:#(?!=\s*$)|;|rem\b|::)|(?:^|\s)(?:#|\/\/)\s).*`,
    // What `ends` has.
    String.raw`("""|'''|@["'](?=\s*$)|\br#"|(?<!\S|[-=:,][ \t]{1,9})\/\*|(?<=^[ \t]{0,40})(?:<!--|<#|\{-|\(\*|#=(?=\s*$))|--\[\[|^=(?:begin|pod|head1)\b)`,
    // The word of a here-document, which is not a variable in angle brackets.
    String.raw`<<(?:<|[-~])?[ \t]?(?:(["'])(\w{1,40})\2|([A-Za-z_]\w{0,40}))(?=[\s;,.)|>&]|$)(?!>>)`,
    // A text of one line, and the quote of one that goes on.
    String.raw`"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|\x60(?:\\.|[^\x60\\])*\x60`,
    String.raw`(?<=^|[\s=:(,[{+@$#]|\b[a-z]{1,2})(["'\x60])`,
  ].join('|'),
  'g',
);

/** What every text with one of them has. */
const signs = /"""|'''|@["']|\/\*|<!--|<#|\{-|\(\*|#=|--\[\[|^=|<<|^__(?:END|DATA)__|["'`]/m;

/** Longer lines begin nothing: they are data. */
const longestLine = 2000;

/** Most lines that are looked through for what is not there. */
const most = 1_000_000;

/** Most texts of several lines that stand in one line: what follows is the next one. */
const mostJoined = 20;

/** `NAME=` before a text: where nothing follows that, it is the variable's value. */
const assigned = /^[ \t]*(?:(?:export|set)[ \t]+)?[\w.-]{1,200}(?:[ \t]*=|:[ \t])[ \t]*$/;

/** What becomes of a text of several lines: nothing, the same in one line, itself, or itself where it is not a file and not only shown by a script. */
type Texts = 'dropped' | 'in one line' | 'kept' | 'of commands';

/** Takes apart what programs and scripts say and what they only quote: lines in a comment, a docstring or a here-document name nothing, although they look as if they did. */
export function unquoted(whole: string, texts: Texts = 'dropped'): Unquoted {
  const files: string[] = [];
  if (!signs.test(whole)) return { text: whole, files };
  const lines = whole.replace(data, '').split('\n');
  const kept: string[] = [];
  let inVain = 0;
  let cutOff: string | undefined;
  for (let at = 0; at < lines.length; at++) {
    let line = lines[at] ?? '';
    let joined = 0;
    for (let open = openIn(line); open !== undefined; open = openIn(line)) {
      const end = inVain < most ? endOf(open, lines, at) : undefined;
      if (end === undefined) inVain += open.within ?? 0;
      if (end === undefined || (texts === 'dropped' && isValue(open, end.rest))) break;
      const isComment = open.kind === 'comment' || (texts === 'kept' && isDocstring(open));
      const isKept = texts === 'of commands' ? !isOnlyShown(open) : texts === 'kept' && !isComment;
      if (!isKept && (open.kind === 'file' || open.kind === 'quote')) files.push(end.inside);
      if (isKept) {
        // One by one: as arguments of one call they may be too many.
        for (; at < end.at; at++) {
          kept.push(line);
          line = lines[at + 1] ?? '';
        }
        break;
      }
      const text = texts === 'in one line' ? inOneLine(end.inside) : "''";
      const before = `${open.head}${isComment || texts === 'of commands' ? ' ' : text}`;
      line = `${before}${open.tail}${end.rest}`;
      if (end.at === lines.length) cutOff = lines.slice(at).join('\n');
      at = end.at;
      // A line is looked through from its start each time.
      if (++joined % mostJoined > 0) continue;
      kept.push(before);
      line = line.slice(before.length);
    }
    kept.push(line);
  }
  return { text: kept.join('\n'), files, ...(cutOff !== undefined && { cutOff }) };
}

/** A text that nothing is done with. @see https://peps.python.org/pep-0257/ */
const isDocstring = ({ kind, head }: Open) => kind === 'text' && head.trim() === '';

/** A here-document, and what is handed to the command of shells that does nothing: `: '…'`. */
const isOnlyShown = ({ kind, head }: Open) =>
  kind === 'file' || (kind === 'quote' && /^[ \t]*:[ \t]+$/.test(head));

/** What stands behind the end of a program in Ruby or Perl. @see https://docs.ruby-lang.org/en/master/syntax/miscellaneous_rdoc.html */
const data = /^__(?:END|DATA)__[ \t\r]*\n[^]*/m;

/** A long text has few of them many times. */
const patterns = new Map<string, RegExp>();

function patternOf(source: string): RegExp {
  const pattern = patterns.get(source) ?? new RegExp(source);
  if (patterns.size < 1000) patterns.set(source, pattern);
  return pattern;
}

function openIn(line: string): Open | undefined {
  if (line.length > longestLine) return undefined;
  piece.lastIndex = 0;
  for (let found = piece.exec(line); found !== null; found = piece.exec(line)) {
    const [all, sign, , quoted, word = quoted, quote] = found;
    const [head, behind] = [line.slice(0, found.index), line.slice(piece.lastIndex)];
    // What else stands in its line is a program's.
    if (word !== undefined)
      return {
        kind: 'file',
        closes: patternOf(`^[ \\t]*${word}(?=[\\s;,).]*$)`),
        within: 500,
        head,
        begins: '',
        tail: behind,
      };
    const open = { head, begins: behind, tail: '' };
    if (quote !== undefined)
      return { ...open, kind: 'quote', closes: patternOf(`(?<!\\\\)${quote}`), within: 100 };
    const close = ends[sign ?? ''];
    if (close === undefined) continue;
    const closes = patternOf(close);
    const end = closes.exec(behind);
    if (end === null) return { ...open, kind: /["']/.test(all) ? 'text' : 'comment', closes };
    piece.lastIndex += end.index + end[0].length;
  }
  return undefined;
}

interface End {
  /** Its last line. */
  readonly at: number;
  readonly inside: string;
  /** What follows it in that line. */
  readonly rest: string;
}

function endOf({ closes, within, begins }: Open, lines: readonly string[], from: number): End | undefined {
  const last = Math.min(lines.length, from + (within ?? lines.length) + 1);
  for (let at = from + 1; at < last; at++) {
    const line = lines[at] ?? '';
    const end = closes.exec(line);
    if (end === null) continue;
    const rest = line.slice(end.index + end[0].length);
    // An apostrophe, or an inch.
    if (within !== undefined && /^[\w'"`]/.test(rest)) return undefined;
    const inside = [begins, ...lines.slice(from + 1, at), line.slice(0, end.index)].join('\n').trim();
    return { at, inside, rest };
  }
  // Cut off, it is still quoted.
  return within === undefined ? { at: lines.length, inside: '', rest: '' } : undefined;
}

const isValue = ({ kind, head }: Open, rest: string) =>
  kind === 'quote' && assigned.test(head) && /^\s*(?:#.*)?$/.test(rest);

/** As `codeObjects` reads it back. */
function inOneLine(text: string): string {
  const escaped = text.replace(
    /["\\\n\r]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return `"${escaped}"`;
}
