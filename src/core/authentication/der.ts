/** A value of DER. */
export interface Value {
  readonly tag: number;
  readonly content: Buffer;
}

/** The values of DER that stand one after the other; none from where it is not well-formed. @see X.690 section 8.1 */
export function children(bytes: Buffer | undefined): readonly Value[] {
  const found: Value[] = [];
  for (let at = 0; bytes !== undefined && at + 2 <= bytes.length;) {
    const tag = bytes[at] ?? 0;
    const short = bytes[at + 1] ?? 0;
    const more = short < 0x80 ? 0 : short - 0x80;
    if (short === 0x80 || more > 3 || at + 2 + more > bytes.length) return found;
    const length = more === 0 ? short : bytes.readUIntBE(at + 2, more);
    const from = at + 2 + more;
    if (from + length > bytes.length) return found;
    found.push({ tag, content: bytes.subarray(from, from + length) });
    at = from + length;
  }
  return found;
}
