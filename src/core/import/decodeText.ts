/** The text of a file's bytes: UTF-8, or UTF-16 by its byte order mark or by where its zeros stand. */
export function decodeText(bytes: Uint8Array): string {
  return new TextDecoder(encodingOf(bytes)).decode(bytes);
}

/** How a text's bytes are to be read. @see https://encoding.spec.whatwg.org/#bom-sniff; without a mark, ASCII text in UTF-16 has zeros in every second byte */
export function encodingOf(bytes: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  const start = bytes.subarray(0, 64);
  const zeros = (rest: number) => start.filter((byte, index) => index % 2 === rest && byte === 0).length;
  if (start.length >= 4 && zeros(1) >= start.length / 3) return 'utf-16le';
  return start.length >= 4 && zeros(0) >= start.length / 3 ? 'utf-16be' : 'utf-8';
}
