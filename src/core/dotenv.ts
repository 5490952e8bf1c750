import { parse } from 'dotenv';

/** The most of a `.env` file that is read, in UTF-16 code units: none is longer but by mistake or malice. */
const longest = 256 * 1024;

/**
 * The variables of a `.env` file, as the `dotenv` package reads them: comments, quotes and `\n` in double quotes are understood,
 * and the last of several values counts.
 *
 * @param text cut at 256 KiB
 */
export function readDotenv(text: string): ReadonlyMap<string, string> {
  return new Map(Object.entries(parse(withoutRuns(text.slice(0, longest)))));
}

/** A text without runs of empty lines: they mean nothing, and cost the package's pattern the square of their length, or more. */
export function withoutRuns(text: string): string {
  return text
    .replace(/^\uFEFF/, '')
    .split(/\r\n?|\n/)
    .map((line) => (line.trim() === '' ? '' : line))
    .filter((line, at, all) => line !== '' || (all[at - 1] ?? '') !== '')
    .join('\n');
}
