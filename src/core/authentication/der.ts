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

/** A value of DER. @param parts its content, one after the other; at most 16 MB. @see X.690 section 8.1 */
export function tagged(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const more = length < 0x80 ? 0 : length < 0x100 ? 1 : length < 0x1_0000 ? 2 : 3;
  const header = Buffer.from([tag, 0x80 + more, 0, 0, 0]);
  if (more === 0) header[1] = length;
  else header.writeUIntBE(length, 2, more);
  return Buffer.concat([header.subarray(0, 2 + more), content]);
}

/** A SEQUENCE of these values. */
export function sequence(...parts: readonly Buffer[]): Buffer {
  return tagged(0x30, ...parts);
}

/** An OCTET STRING with this content. */
export function octets(...parts: readonly Buffer[]): Buffer {
  return tagged(0x04, ...parts);
}

/** An OBJECT IDENTIFIER. @param hex its content */
export function oid(hex: string): Buffer {
  return tagged(0x06, Buffer.from(hex, 'hex'));
}
