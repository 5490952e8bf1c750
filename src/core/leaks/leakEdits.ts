import type { TextEdit } from '../httpFile/textEdit.ts';
import type { Leak } from './findLeaks.ts';
import type { LeakFile } from './leakReference.ts';

/** Lines above that are looked at for the beginning of a flow collection. */
const mostLines = 100;
const longestLine = 5000;

/** What puts `reference` in the place of a secret; in YAML with quotes, where its braces would be those of a flow collection. */
export function leakEdits(
  text: string,
  { start, end }: Pick<Leak, 'start' | 'end'>,
  file: LeakFile,
  reference: string,
): readonly TextEdit[] {
  const edit = { start, end, text: reference };
  const before = file === 'yaml' ? flowBefore(text, start) : undefined;
  if (before === undefined) return [edit];
  // The whole scalar: `Bearer x` is one.
  const first = start - (/(?:(?<=[[{,])|(?<=:[ \t]))[^[\]{},:]*$/.exec(before)?.[0].trimStart().length ?? 0);
  const rest =
    /^(?:[^[\]{},:#\r\n]|(?<![ \t])#|:(?![ \t\r\n,}]))*/.exec(text.slice(end, end + longestLine))?.[0] ?? '';
  const last = end + rest.trimEnd().length;
  return first === start && last === end
    ? [{ ...edit, text: `"${reference}"` }]
    : [{ start: first, end: first, text: '"' }, edit, { start: last, end: last, text: '"' }];
}

/** What stands before `at` in its line, where that is within a flow collection and no quotes; absent elsewhere. @see YAML 1.2.2 section 7.4 */
function flowBefore(text: string, at: number): string | undefined {
  let from = text.lastIndexOf('\n', at - 1) + 1;
  const own = text.slice(Math.max(from, at - longestLine), at);
  const plain = withoutQuoted(own);
  if (/(?:^|[\s:,[{])["']/.test(plain)) return undefined;
  let depth = 0;
  for (let count = 0, line = plain; count < mostLines; count++) {
    for (let place = line.length - 1; place >= 0; place--) {
      const sign = line.charAt(place);
      if (sign === '}' || sign === ']') depth++;
      else if ((sign === '{' || sign === '[') && --depth < 0) return own;
    }
    if (from === 0) return undefined;
    const end = from - 1;
    from = text.lastIndexOf('\n', end - 1) + 1;
    line = withoutQuoted(text.slice(Math.max(from, end - longestLine), end)).replace(/[ \t]#.*$/, '');
    // Whatever is open goes on behind one of these.
    if (!/[,[{][ \t\r]*$/.test(line)) return undefined;
  }
  return undefined;
}

/** With other characters in the place of what is quoted; what is not closed stays. */
const withoutQuoted = (line: string) =>
  line.replace(/("(?:[^"\\]|\\[^])*"|'[^']*')|"(?:[^"\\]|\\[^])*\\?$|'[^']*$/g, (all, closed?: string) =>
    closed === undefined ? all : 'x'.repeat(closed.length),
  );
