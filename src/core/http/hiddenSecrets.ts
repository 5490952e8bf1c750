/** How deep encodings are taken apart: base64 of hexadecimal digits of base64 is three. */
const deepest = 3;

/** Base64 and base64url, and bytes as two hexadecimal digits, with what is put between or before them. */
const runs = /(?:(?:[:\s%-]|\\x)?[\da-f]{2}){12,}|[\w+/-]{16,}={0,2}/gi;

/**
 * Takes out of a text what hides a secret in encodings within encodings, which nothing that knows the forms of a secret can list; for
 * what a language model reads, which can take them apart. In time linear in the length of the text, for each level.
 *
 * @param replace gives another text where there is a secret in it, as `secretReplacer` makes it
 */
export function withoutHidden(text: string, replace: (text: string) => string): string {
  const shown = text.replace(runs, (run) => (hides(run, replace, deepest) ? '…' : run));
  // Broken into lines, as mail does: where that is in the text cannot be told.
  return hidesWithin(withoutBreaks(shown), replace, deepest)
    ? '(Left out: a secret stood in it, broken into lines or encoded.)'
    : shown;
}

/** Percent-encoding is taken off, since that may be of a break or of what stands between digits. */
function withoutBreaks(text: string): string {
  return text
    .replace(/%([0-7][\da-f])/gi, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)))
    .replace(/\s|\\[rn]/g, '');
}

function hidesWithin(text: string, replace: (text: string) => string, depth: number): boolean {
  return replace(text) !== text || (text.match(runs) ?? []).some((run) => hides(run, replace, depth));
}

function hides(run: string, replace: (text: string) => string, depth: number): boolean {
  if (depth === 0) return false;
  return decodings(run)
    .flatMap((text) => [...new Set([text, withoutBreaks(text)])])
    .some((text) => hidesWithin(text, replace, depth - 1));
}

/** Where a word stands right before it, nobody knows where an encoded text begins. */
function decodings(run: string): readonly string[] {
  const digits = run.replace(/\\x|[:\s%-]/g, '');
  return [
    ...[0, 1, 2, 3].map((from) => Buffer.from(run.slice(from), 'base64')),
    // Of what are not such digits, nothing but a beginning comes of it.
    ...[0, 1].map((from) => Buffer.from(digits.slice(from), 'hex')),
  ].map((bytes) => bytes.toString('utf8'));
}
