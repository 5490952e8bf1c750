/**
 * A body as one reads it: without the zero bytes of UTF-16 that was taken for UTF-8, and without the framing of chunks, its own or
 * that of a message quoted in it; the text itself when it has neither. Linear in its length. @see RFC 9112 section 7.1
 */
export function readable(text: string): string {
  const plain = text.includes('\0') ? text.replaceAll('\0', '').replace(/^\uFFFD{1,2}/, '') : text;
  return withoutChunks(plain);
}

const size = /^([\da-f]{1,8})[ \t]{0,9}(?:;[^\r\n]{0,1000})?\r?\n/i;

function withoutChunks(text: string): string {
  const from = chunksAt(text);
  if (from === undefined) return text;
  // Sizes count bytes.
  const bytes = Buffer.from(text.slice(from), 'utf8');
  const chunks: Buffer[] = [];
  let at = 0;
  for (;;) {
    const sizeEnd = Math.min(bytes.indexOf(10, at) + 1 || at, at + 1100);
    const [line, digits = '0'] = size.exec(bytes.toString('latin1', at, sizeEnd)) ?? [];
    const length = Number.parseInt(digits, 16);
    if (line === undefined) break;
    const start = at + line.length;
    if (length === 0) {
      at = start;
      break;
    }
    const end = start + length;
    const lineEnd = bytes[end] === 13 ? end + 1 : end;
    // What was cut off ends within its last chunk.
    if (lineEnd < bytes.length && bytes[lineEnd] !== 10) return text;
    chunks.push(bytes.subarray(start, end));
    at = Math.min(bytes.length, lineEnd + 1);
  }
  if (chunks.length === 0) return text;
  return text.slice(0, from) + Buffer.concat([...chunks, bytes.subarray(at)]).toString('utf8');
}

/** Where the first chunk begins: with the body, or after the header fields that say so. */
function chunksAt(text: string): number | undefined {
  if (size.test(text.slice(0, 1100))) return 0;
  const field = text.search(/transfer-encoding:[ \t]{0,9}chunked/i);
  const [blank] = field < 0 ? [] : (/\r?\n\r?\n/.exec(text.slice(field)) ?? []);
  return blank === undefined ? undefined : text.indexOf(blank, field) + blank.length;
}
