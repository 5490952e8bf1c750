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
  // Runs of empty lines mean nothing, and cost the package's pattern the square of their length.
  const tidy = text
    .slice(0, longest)
    .replace(/^\uFEFF/, '')
    .split(/\r\n?|\n/)
    .filter((line, at, all) => line.trim() !== '' || (all[at - 1] ?? '').trim() !== '')
    .join('\n');
  return new Map(Object.entries(parse(tidy)));
}
