import { longest } from './valueBehind.ts';

/** The end of a line, also as it is written within JSON, or behind the `\` by which YAML and shells go on; and how the next one is indented. */
const lineBreak = String.raw`(?:(?:\\{1,4}r)?\\{1,4}n|\\?\r?\n[ \t]{0,80})`;
const breaks = new RegExp(lineBreak, 'g');
/** All of a further line. Not a line of nothing but signs: it parts documents. */
const nextLine = new RegExp(String.raw`${lineBreak}(?=[-.]*\w)([\w.-]+)(?=["'\\\r\n]|$)`, 'y');
/** Characters of the shortest piece that a token is cut into. */
const shortest = 16;

/**
 * Where a token that is cut into lines ends: in a JSON string by `\n`, in YAML, in a folded header.
 *
 * @param end where its first line ends
 * @param isWhole whether that line may be all of it: no word behind it is a part of it then
 * @returns `end` when it is not cut
 */
export function wrappedEnd(text: string, start: number, end: number, isWhole: boolean): number {
  const near = text.slice(0, start + longest);
  let reached = end;
  for (let from = start; reached - from >= shortest || text.charCodeAt(reached - 1) === 46;) {
    nextLine.lastIndex = reached;
    const piece = nextLine.exec(near)?.[1];
    if (piece === undefined || (isWhole && !/\d/.test(piece) && piece.length < shortest)) break;
    // Another token, not the next part of this one.
    if (piece.startsWith('eyJ') && text.charCodeAt(reached - 1) !== 46) break;
    from = nextLine.lastIndex - piece.length;
    reached = nextLine.lastIndex;
  }
  return reached;
}

/** The token without its line breaks and indents. */
export const unwrapped = (token: string): string => token.replace(breaks, '');

/** Whether a word can begin at `at`: behind none of its own characters, but for those of `\n`. */
export const beginsWord = (text: string, at: number): boolean =>
  !/[\w-]/.test(text.charAt(at - 1)) || /\\[nrt]$/.test(text.slice(Math.max(0, at - 2), at));
