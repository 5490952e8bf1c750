/** A prime below 2^26, so that a product of two remainders is exact in a double. */
const prime = 67_108_859;
const radix = 48_271_019;

/** Hashes of every stretch of a text, each in constant time once the text has been read. */
export class Hashes {
  readonly #before: Int32Array;

  constructor(codes: Uint16Array) {
    const before = new Int32Array(codes.length + 1);
    let hash = 0;
    for (let at = 0; at < codes.length; at++)
      before[at + 1] = hash = remainder(hash * radix + (codes[at] ?? 0));
    this.#before = before;
  }

  /** @param power `powerOf(end - start)` */
  between(start: number, end: number, power: number): number {
    const hash = (this.#before[end] ?? 0) - remainder((this.#before[start] ?? 0) * power);
    return hash < 0 ? hash + prime : hash;
  }
}

/** What `Hashes.between` needs to know of a length. */
export function powerOf(length: number): number {
  let power = 1;
  let square = radix;
  for (let rest = length; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) power = remainder(power * square);
    square = remainder(square * square);
  }
  return power;
}

/** `value` modulo `prime`, for values below 2^53; quicker than `%`. */
function remainder(value: number): number {
  const rest = value - Math.floor(value * (1 / prime)) * prime;
  return rest < 0 ? rest + prime : rest >= prime ? rest - prime : rest;
}
