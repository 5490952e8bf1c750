import { constants, unzipSync } from 'node:zlib';

/** Packed texts within one text that are read. */
const mostTexts = 200;
/** Bytes that come of one, and of all of them together: a thousandth of that may hold them. */
const mostOfOne = 1024 * 1024;
const mostOfAll = 4 * mostOfOne;

/** What was compressed within one text, which may be meant to have us unpack without end. */
export class Unpacker {
  #texts = mostTexts;
  #room = mostOfAll;

  /**
   * What gzip or zlib made of a text, also where it was cut off; nothing else is written in base64 by programs one meets.
   *
   * @returns absent for what is not packed; without `text` for what is, and cannot be read
   * @see RFC 1952 section 2.3, RFC 1950 section 2.2
   */
  read(bytes: Buffer): { readonly text?: string } | undefined {
    const isGzip = bytes.length > 18 && bytes.readUIntBE(0, 3) === 0x1f8b08;
    const isZlib = bytes.length > 8 && bytes[0] === 0x78 && bytes.readUInt16BE(0) % 31 === 0;
    if (!isGzip && !isZlib) return undefined;
    if (this.#texts-- <= 0 || this.#room <= 0) return {};
    const maxOutputLength = Math.min(mostOfOne, this.#room);
    try {
      const text = unzipSync(bytes, { maxOutputLength, finishFlush: constants.Z_SYNC_FLUSH });
      this.#room -= text.length;
      return { text: text.toString('utf8') };
    } catch (thrown) {
      const isLarge = thrown instanceof RangeError;
      if (isLarge) this.#room -= maxOutputLength;
      // Two bytes prove nothing: what zlib did not make is anything else that begins like it.
      return isGzip || isLarge ? {} : undefined;
    }
  }
}
