/** Odd, so that no character's weight vanishes modulo 2^32. */
const radix = 0x9e3779b1 | 0;

/** Hashes of every stretch of a text, each in constant time once the text has been read. */
export class Hashes {
  readonly #before: Int32Array;

  constructor(codes: Uint16Array) {
    const before = new Int32Array(codes.length + 1);
    let hash = 0;
    for (let at = 0; at < codes.length; at++)
      before[at + 1] = hash = Math.imul(hash + (codes[at] ?? 0), radix);
    this.#before = before;
  }

  /**
   * 30 bits: the low ones tell least, and more would be no small integer in Electron.
   *
   * @param power `powerOf(end - start)`
   */
  between(start: number, end: number, power: number): number {
    return ((this.#before[end] ?? 0) - Math.imul(this.#before[start] ?? 0, power)) >>> 2;
  }
}

/** What `Hashes.between` needs to know of a length. */
export function powerOf(length: number): number {
  let power = 1;
  let square = radix;
  for (let rest = length; rest > 0; rest >>>= 1) {
    if (rest & 1) power = Math.imul(power, square);
    square = Math.imul(square, square);
  }
  return power;
}
