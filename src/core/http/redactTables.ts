import { maskSeen, type Seen } from './mask.ts';
import { isSecretName } from '../secretNames.ts';

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
}

/**
 * A text in which each value in a column of a table (CSV, also with semicolons, tabs or bars) is masked whose name in the first row
 * is that of a secret; the rest stays as it is. Linear in its length. @see RFC 4180
 */
export function redactTables(text: string, seen: Seen | undefined): string {
  if (!text.includes('\n')) return text;
  let result = '';
  let done = 0;
  /** Characters that may still be looked at as rows that turn out to be none: each row of names could make us look at all that follows. */
  let spare = 4 * text.length;
  for (let at = 0; at < text.length && spare >= 0;) {
    const end = lineEnd(text, at);
    const columns = columnsOf(text.slice(at, Math.min(end, at + longestHead)), at === 0);
    at = end + 1;
    if (columns === undefined) continue;
    let row = rowAt(text, at, columns);
    for (; row.fits || isRagged(text, at, row, columns); row = rowAt(text, at, columns)) {
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

/** Whether a row that has more or fewer fields than there are names is one of the table still, and not the names of the next. */
function isRagged(text: string, at: number, { isBlank }: Row, { mayBeRagged }: Columns): boolean {
  if (isBlank || !mayBeRagged) return false;
  return columnsOf(text.slice(at, Math.min(lineEnd(text, at), at + longestHead)), false) === undefined;
}

/** Whether a separator within a field, or a field left out, might have moved a secret to this place. */
function mayBeShifted(index: number, { fields, fits }: Row, { count, secret }: Columns): boolean {
  if (fits) return false;
  const more = fields.length - count;
  const [first = 0] = secret;
  return index >= first + Math.min(more, 0) && index < count + Math.max(more, 0);
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}

/** The columns when a line is a row of names, and one of them that of a secret. */
function columnsOf(line: string, isFirst: boolean): Columns | undefined {
  const text = line.replace(/^\uFEFF/, '').trimEnd();
  const separators = [',', ';', '\t', '|'].filter((sign) => text.includes(sign));
  for (const separator of separators.length === 0 && isFirst ? ['\n'] : separators) {
    const names = text.split(separator).map((name) => name.trim().replace(/^(["'`])(.*)\1$/, '$2'));
    const secret = new Set(names.flatMap((name, index) => (isSecretName(name) ? [index] : [])));
    if (secret.size === 0 || !names.every((name) => isColumnName(name))) continue;
    const isListed = /[,;] /.test(text);
    const isSure = names.every((name) => !name.includes(' ')) && !isListed;
    const mayBeRagged = names.filter((name) => name !== '').length > 1 && !isListed;
    if (separator !== '\n' || isSure) return { separator, count: names.length, secret, isSure, mayBeRagged };
  }
  return undefined;
}

/** At most three words, and no sign that sentences and settings have. */
function isColumnName(name: string): boolean {
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

function rowAt(text: string, from: number, { separator, count, mayBeRagged }: Columns): Row {
  const fields: [number, number][] = [];
  let at = from;
  while (at < text.length) {
    const start = at;
    if (text.charAt(at) === '"') at = quoteEnd(text, at);
    while (at < text.length && text.charAt(at) !== separator && text.charAt(at) !== '\n') at++;
    fields.push([start, at]);
    if (!mayBeRagged && fields.length > count) break;
    if (text.charAt(at) !== separator || separator === '\n') break;
    at++;
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

function maskCell(cell: string, { isSure, separator }: Columns, seen: Seen | undefined): string {
  const trimmed = cell.trim();
  const quoted = /^(["'`])([\s\S]*)\1$/.exec(trimmed);
  const [, quote = '', inside = trimmed] = quoted ?? [];
  if (/^[-:=…]*$/.test(inside) || inside.startsWith('…')) return cell;
  if ((!isSure || separator === '\n') && !/^(?=\D*\d)[^\s]{8,}$/.test(inside)) return cell;
  const from = cell.indexOf(trimmed);
  const value = quote === '"' ? inside.replaceAll('""', '"') : inside;
  return `${cell.slice(0, from)}${quote}${maskSeen(value, seen)}${quote}${cell.slice(from + trimmed.length)}`;
}
