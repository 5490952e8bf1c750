import { isMasked, maskSeen, type Seen } from './mask.ts';
import { isErrorCode, isSecretName } from '../secretNames.ts';

/** The longest row that is taken for one of names, in characters. */
const longestHead = 20_000;

interface Columns {
  readonly separator: string;
  readonly count: number;
  /** Those whose name is that of a secret. */
  readonly secret: ReadonlySet<number>;
  /** Names of more than one word, or with blanks between, might be a sentence: then only words with digits are secrets. */
  readonly isSure: boolean;
  /** Whether a row may have more or fewer fields: one name only might be a line of a program, and `First, the token` words. */
  readonly mayBeRagged: boolean;
  /** Whether each line is a row, and one of names begins a table of its own: of what is drawn with lines, no cell is in quotes. */
  readonly isDrawn: boolean;
}

/**
 * A text in which each value in a column of a table (CSV, also with semicolons, tabs or bars, or drawn with lines) is masked whose
 * name in the first row is that of a secret, and what stands beside such a name between bars; the rest stays as it is. Linear in its
 * length. @see RFC 4180
 */
export function redactTables(text: string, seen: Seen | undefined): string {
  // What is beside a name is told by the head of the table: not in one line of it.
  return text.includes('\n') ? besideNames(belowNames(text, seen), seen) : text;
}

function belowNames(text: string, seen: Seen | undefined): string {
  let result = '';
  let done = 0;
  /** Characters that may still be looked at as rows that turn out to be none: each row of names could make us look at all that follows. */
  let spare = 5 * text.length;
  for (let at = 0; at < text.length && spare >= 0;) {
    const end = lineEnd(text, at);
    const line = text.slice(at, Math.min(end, at + longestHead));
    let columns = columnsOf(line, at === 0) ?? drawnColumnsOf(line);
    at = end + 1;
    if (columns === undefined) continue;
    let row = rowAt(text, at, columns);
    for (; isRow(text, at, row, columns) || isLine(text, at, columns); row = rowAt(text, at, columns)) {
      if (!isRow(text, at, row, columns)) {
        columns = { ...columns, isDrawn: true };
        at = lineEnd(text, at) + 1;
        continue;
      }
      for (const [index, [start, stop]] of row.fields.entries()) {
        const certain = columns.secret.has(index) && (row.fits || row.fields.length > 1);
        if (!certain && !mayBeShifted(index, row, columns)) continue;
        const isSure = certain && columns.isSure;
        result += text.slice(done, start) + maskCell(text.slice(start, stop), { ...columns, isSure }, seen);
        done = stop;
      }
      at = row.end;
    }
    spare -= row.end - at;
  }
  return result + text.slice(done);
}

function isRow(text: string, at: number, row: Row, columns: Columns): boolean {
  return row.fits ? !columns.isDrawn || !isHead(text, at) : isRagged(text, at, row, columns);
}

/** Signs that stand between the columns of what is drawn. */
const bars: readonly string[] = ['|', '│', '┃', '║'];
const drawnLine = /^[\s|:=+\u2500-\u257F-]+$/;

/** Whether a line is drawn between rows here. */
function isLine(text: string, at: number, { separator }: Columns): boolean {
  if (!bars.includes(separator)) return false;
  const line = text.slice(at, Math.min(lineEnd(text, at), at + longestHead));
  return drawnLine.test(line) && /[=\u2500-\u257F-]{2}/.test(line);
}

function isHead(text: string, at: number): boolean {
  return columnsOf(text.slice(at, Math.min(lineEnd(text, at), at + longestHead)), false) !== undefined;
}

/** Whether a row that has more or fewer fields than there are names is one of the table still, and not the names of the next. */
function isRagged(text: string, at: number, { isBlank }: Row, { mayBeRagged }: Columns): boolean {
  if (isBlank || !mayBeRagged) return false;
  return !isHead(text, at);
}

/** Whether a separator within a field, or a field left out, might have moved a secret to this place. */
function mayBeShifted(index: number, { fields, fits }: Row, { count, secret }: Columns): boolean {
  if (fits) return false;
  const more = fields.length - count;
  const [first = 0] = secret;
  return index >= first + Math.min(more, 0);
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}

/** The columns when a line is a row of names, and one of them that of a secret. */
function columnsOf(line: string, isFirst: boolean): Columns | undefined {
  // A mark of its encoding is white space, as is what ends the line.
  const text = line.trim();
  const separators = [',', ';', '\t', '|'].filter((sign) => text.includes(sign));
  for (const separator of separators.length === 0 && isFirst ? ['\n'] : separators) {
    const names = text.split(separator).map(unquoted);
    const secret = secretsAmong(names);
    if (secret === undefined || !names.every((name) => isColumnName(name))) continue;
    const isListed = /[,;] /.test(text);
    const isSure = names.every((name) => !name.includes(' ')) && !isListed;
    const mayBeRagged = names.filter((name) => name !== '').length > 1 && !isListed;
    if (separator !== '\n' || isSure)
      return { separator, count: names.length, secret, isSure, mayBeRagged, isDrawn: false };
  }
  return undefined;
}

/** The places of those names that are the name of a secret; absent when there are none. */
function secretsAmong(names: readonly string[]): ReadonlySet<number> | undefined {
  if (!names.some((name) => isSecretName(name))) return undefined;
  return new Set(names.flatMap((name, index) => (isSecretName(name) ? [index] : [])));
}

function unquoted(cell: string): string {
  return cell.trim().replace(/^(["'`])(.*)\1$/, '$2');
}

/** The columns when names stand between lines, of up to twelve words, emphasized or linked. */
function drawnColumnsOf(line: string): Columns | undefined {
  const separator = bars.find((bar) => line.includes(bar));
  if (separator === undefined) return undefined;
  const names = line.split(separator).map(drawnName);
  const secret = secretsAmong(names);
  if (secret === undefined || !names.every((name) => name.split(' ', 13).length <= 12 && !/[:;=]/.test(name)))
    return undefined;
  const isSure = names.every((name) => !name.includes(' '));
  return { separator, count: names.length, secret, isSure, mayBeRagged: false, isDrawn: true };
}

/** What a cell says without the signs of Markdown. */
function drawnName(cell: string): string {
  const text = cell.trim();
  const linked = /^\[([^\]]{1,100})\]\([^)]{0,500}\)$/.exec(text)?.[1] ?? text;
  return /^(["'`]|\*\*?|__?)(.{1,100})\1$/.exec(linked)?.[2] ?? linked;
}

/** What the second column is called when it holds what something belongs to, and not the value of a name. */
export const belongs =
  /(?:id|kid|tenant|client|user|app|application|owner|issuer|subject|audience|scope|type)$/i;

/** A text in which a generated word is masked that stands between bars, right behind the name of a secret and alone with it. */
function besideNames(text: string, seen: Seen | undefined): string {
  let head: string | undefined;
  const inLine = (line: string): string => {
    const bar = line.trimStart().charAt(0);
    const cells = bars.includes(bar) ? line.split(bar) : [];
    if (cells.length === 0) head = undefined;
    const isFilled = (cell: string) => cell.trim() !== '';
    const first = cells.findIndex(isFilled);
    const second = cells.findLastIndex(isFilled);
    if (first === second || cells.slice(first + 1, second).some(isFilled)) return line;
    const cell = cells[second] ?? '';
    const [name, value] = [drawnName(cells[first] ?? ''), drawnName(cell)];
    head ??= value;
    if ((head !== value && belongs.test(head)) || !isColumnName(name) || !isSecretName(name)) return line;
    if (isErrorCode(value) || /^\w{1,20}:\/\//.test(value)) return line;
    return cells.with(second, maskCell(cell, { isSure: false, separator: bar }, seen)).join(bar);
  };
  return bars.some((bar) => text.includes(bar)) ? text.split('\n').map(inLine).join('\n') : text;
}

/** At most three words, and no sign that sentences and settings have. */
export function isColumnName(name: string): boolean {
  return /^[\p{L}\p{N}_.()/[\]#-]{0,60}(?: [\p{L}\p{N}_.()/[\]#-]{1,60}){0,2}$/u.test(name);
}

interface Row {
  readonly fields: readonly (readonly [start: number, stop: number])[];
  /** Where the next row begins, or up to where it was looked at. */
  readonly end: number;
  /** Whether it has as many fields as there are names. */
  readonly fits: boolean;
  readonly isBlank: boolean;
}

function rowAt(text: string, from: number, { separator, count, isDrawn }: Columns): Row {
  const fields: [number, number][] = [];
  let at = from;
  while (at < text.length) {
    const start = at;
    if (!isDrawn && text.charAt(at) === '"') at = quoteEnd(text, at);
    while (at < text.length && text.charAt(at) !== separator && text.charAt(at) !== '\n') at++;
    fields.push([start, at]);
    if (text.charAt(at) !== separator || separator === '\n') break;
    at++;
    // The bar that ends a drawn row may end the text, too.
    if (at === text.length) fields.push([at, at]);
  }
  const isBlank = text.slice(from, Math.min(at, from + longestHead)).trim() === '';
  return { fields, end: at + 1, fits: fields.length === count && !isBlank, isBlank };
}

/** Behind the quote that closes the one at `from`; a quote that none closes counts for nothing. */
function quoteEnd(text: string, from: number): number {
  let at = text.indexOf('"', from + 1);
  while (at >= 0 && text.charAt(at + 1) === '"') at = text.indexOf('"', at + 2);
  return at < 0 ? from + 1 : at + 1;
}

function maskCell(
  cell: string,
  { isSure, separator }: Pick<Columns, 'isSure' | 'separator'>,
  seen: Seen | undefined,
): string {
  const trimmed = cell.trim();
  const quoted = /^(["'`])([\s\S]*)\1$/.exec(trimmed);
  const [, quote = '', inside = trimmed] = quoted ?? [];
  if (/^[-:=…]*$/.test(inside) || isMasked(inside)) return cell;
  if ((!isSure || separator === '\n') && !/^(?=\D*\d)[^\s]{8,}$/.test(inside)) return cell;
  const from = cell.indexOf(trimmed);
  const value = quote === '"' ? inside.replaceAll('""', '"') : inside;
  return `${cell.slice(0, from)}${quote}${maskSeen(value, seen)}${quote}${cell.slice(from + trimmed.length)}`;
}
