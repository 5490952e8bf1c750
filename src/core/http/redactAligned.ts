import { maskSeen, type Seen } from './mask.ts';
import { isColumnName } from './redactTables.ts';
import { isErrorCode, isSecretName } from '../secretNames.ts';

/** The longest line that is looked at, in characters. */
const longest = 4000;

/** What tells two cells apart, which blanks before a line do not. */
const apart = /[^ ] {2}|^ {2}.*\t/;

interface Cell {
  readonly text: string;
  readonly at: number;
}

/**
 * A text in which a word with a digit is masked that stands below the name of a secret in columns that only blanks tell apart, as
 * commands write them; up to the next empty line. Linear in its length.
 */
export function redactAligned(text: string, seen: Seen | undefined): string {
  if (!text.includes('  ')) return text;
  let names: readonly Cell[] = [];
  const inLine = (line: string): string => {
    if (line.trim() === '') names = [];
    if (line.length > longest || (names.length === 0 && !apart.test(line))) return line;
    const cells = cellsOf(line);
    if (isHead(cells)) {
      names = cells;
      return line;
    }
    let [shown, done] = ['', 0];
    for (const { text: value, at } of names.flatMap((_name, column) => below(column, names, cells))) {
      shown += line.slice(done, at) + maskSeen(value, seen);
      done = at + value.length;
    }
    return shown + line.slice(done);
  };
  return text.split('\n').map(inLine).join('\n');
}

/** One blank may stand within a cell; more stand between two. */
function cellsOf(line: string): readonly Cell[] {
  return [...line.matchAll(/[^ \t\r]+(?: [^ \t\r]+)*/g)].map(({ 0: text, index }) => ({ text, at: index }));
}

function isHead(cells: readonly Cell[]): boolean {
  return (
    cells.length > 1 &&
    cells.some(({ text }) => isSecretName(text)) &&
    cells.every(({ text }) => isColumnName(text) && !isValue(text))
  );
}

/** What stands in a column that is the name of a secret: by its number, or where a cell is empty by where it begins. */
function below(column: number, names: readonly Cell[], cells: readonly Cell[]): readonly Cell[] {
  const name = names[column];
  if (name === undefined || !isSecretName(name.text)) return [];
  const end = names[column + 1]?.at ?? Infinity;
  const cell =
    cells.length === names.length ? cells[column] : cells.find(({ at }) => at >= name.at && at < end);
  return cell !== undefined && isValue(cell.text) && !isErrorCode(cell.text) ? [cell] : [];
}

function isValue(text: string): boolean {
  return /^(?=\D*\d)(?!\w{1,20}:\/\/)[^\s…]{8,}$/.test(text);
}
