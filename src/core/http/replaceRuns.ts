/** Characters of a run in which a regular expression looks: at some megabytes of one run its stack ends. */
const longest = 1024 * 1024;

/** How runs of some characters are found and replaced. */
export interface Runs {
  /** Whether a character, by its code, is one of a run. */
  readonly isMember: (code: number) => boolean;
  /** Characters of the shortest run that is looked at. */
  readonly shortest: number;
  readonly replace: (run: string) => string;
  /** For a run of more than a million characters. */
  readonly replaceLong: (run: string) => string;
}

/** Where the runs of a text stand, as offsets in UTF-16 units. The letter of `\n` in a JSON string is not of the word behind it. */
export function* runsIn(
  text: string,
  isMember: Runs['isMember'],
  shortest: number,
): Iterable<{ readonly start: number; readonly end: number }> {
  for (let at = 0; at < text.length; at++) {
    let start = at;
    while (at < text.length && isMember(text.charCodeAt(at))) at++;
    if (at - start < shortest) continue;
    if (text.charCodeAt(start - 1) === 92 && 'nrt'.includes(text.charAt(start))) start++;
    yield { start, end: at };
  }
}

/** A text with its runs replaced; linear, whatever is in it. */
export function replaceRuns(text: string, { isMember, shortest, replace, replaceLong }: Runs): string {
  let result = '';
  let done = 0;
  for (const { start, end } of runsIn(text, isMember, shortest)) {
    const run = text.slice(start, end);
    result += text.slice(done, start) + (run.length > longest ? replaceLong(run) : replace(run));
    done = end;
  }
  return result + text.slice(done);
}

/** Letters, digits, `_` and `-`. */
export function isNameCharacter(code: number): boolean {
  return (
    (code >= 97 && code <= 122) ||
    (code >= 65 && code <= 90) ||
    (code >= 48 && code <= 57) ||
    code === 45 ||
    code === 95
  );
}
