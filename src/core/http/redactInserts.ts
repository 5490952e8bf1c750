import { maskSeen, type Seen } from './mask.ts';
import { isSecretName } from '../secretNames.ts';

/** The head of an INSERT with the names of its columns. */
const heads =
  /\binsert\s{1,9}(?:ignore\s{1,9})?into\s{1,9}[^\s()]{1,200}\s{0,9}\(([^()]{1,2000})\)\s{0,9}values\s{0,9}/gi;
/** A row or what is between two; a cell of one: in quotes, whose own are doubled or escaped, or a word. */
const row = /\s{0,9},?\s{0,9}\(/y;
const cell = /\s{0,9}(?:N?'((?:[^'\\]|''|\\.){0,4000})'|([^\s'(),]{1,4000}))\s{0,9}([,)])/y;

/** The head of the rows of a dump, one in each line up to that of `\.`; those of CSV say so. */
const copies =
  /\bcopy\s{1,9}[^\s()]{1,200}\s{0,9}\(([^()]{1,2000})\)\s{1,9}from\s{1,9}stdin\b([^\n]{0,200})\n/gi;

/** A text in which the columns of a dump of PostgreSQL are masked that have the name of a secret. */
function redactCopies(text: string, seen: Seen | undefined): string {
  let result = '';
  let done = 0;
  for (const { 0: head, 1: names = '', 2: options = '', index } of text.matchAll(copies)) {
    const columns = names.split(',').map((name) => isSecretName(name.replace(/["\s]/g, '')));
    if (index < done || !columns.includes(true)) continue;
    const separator = /\bcsv\b/i.test(options) ? ',' : '\t';
    const from = index + head.length;
    const end = text.indexOf('\n\\.', from - 1);
    const rows = text.slice(from, end < 0 ? text.length : Math.max(from, end)).split('\n');
    const shown = rows.map((line) =>
      line
        .split(separator)
        .map((value, at) => (columns[at] === true ? maskedCell(value, seen) : value))
        .join(separator),
    );
    result += text.slice(done, from) + shown.join('\n');
    done = end < 0 ? text.length : Math.max(from, end);
  }
  return result + text.slice(done);
}

function maskedCell(value: string, seen: Seen | undefined): string {
  return value.replace(
    /^("?)(?!\\N|…)([^"\r]+)/,
    (_, quote: string, secret: string) => quote + maskSeen(secret, seen),
  );
}

/** A text in which the values of columns are masked that SQL inserts under the name of a secret; linear in its length. */
export function redactInserts(text: string, seen: Seen | undefined): string {
  let result = '';
  let done = 0;
  for (const { 0: head, 1: names = '', index } of text.matchAll(heads)) {
    const columns = names.split(',').map((name) => isSecretName(name.replace(/["'`[\]\s]/g, '')));
    if (index < done || !columns.includes(true)) continue;
    row.lastIndex = index + head.length;
    while (row.test(text)) {
      cell.lastIndex = row.lastIndex;
      for (const isSecret of columns) {
        const found = cell.exec(text);
        if (found === null) break;
        const [all, quoted, word = '', end] = found;
        const value = quoted ?? word;
        if (isSecret && !/^(?:null|default|….*|)$/i.test(value)) {
          const at = found.index + all.indexOf(value);
          result += text.slice(done, at) + maskSeen(value.replaceAll("''", "'"), seen);
          done = at + value.length;
        }
        if (end === ')') break;
      }
      if (cell.lastIndex === 0) break;
      row.lastIndex = cell.lastIndex;
    }
  }
  return redactCopies(result + text.slice(done), seen);
}
