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

/** A text with its runs replaced; linear, whatever is in it. */
export function replaceRuns(text: string, { isMember, shortest, replace, replaceLong }: Runs): string {
  let result = '';
  let done = 0;
  for (let at = 0; at < text.length; at++) {
    const start = at;
    while (at < text.length && isMember(text.charCodeAt(at))) at++;
    if (at - start < shortest) continue;
    const run = text.slice(start, at);
    const shown = run.length > longest ? replaceLong(run) : replace(run);
    if (shown === run) continue;
    result += text.slice(done, start) + shown;
    done = at;
  }
  return done === 0 ? text : result + text.slice(done);
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
