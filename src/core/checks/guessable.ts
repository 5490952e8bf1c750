/** Whether consecutive texts count up. */
export function countsUp(texts: readonly string[]): boolean {
  const parts = varying(texts);
  return parts.every((part) => /^\d{1,15}$/.test(part)) && isSeries(parts.map(Number));
}

/** In how many bits texts of this shape can differ at most. */
export function mostBits(texts: readonly string[]): number {
  return Math.floor(Math.min(...texts.map(({ length }) => length)) * Math.log2(alphabetOf(texts)));
}

/** Texts without their common beginning and end. */
export function varying(texts: readonly string[]): readonly string[] {
  const shortest = Math.min(...texts.map(({ length }) => length));
  const alike = (at: (text: string, index: number) => string | undefined, most: number) => {
    let count = 0;
    while (count < most && new Set(texts.map((text) => at(text, count))).size === 1) count++;
    return count;
  };
  const start = alike((text, index) => text[index], shortest);
  const end = alike((text, index) => text.at(-1 - index), shortest - start);
  return texts.map((text) => text.slice(start, text.length - end));
}

function isSeries(numbers: readonly number[]): boolean {
  const [first = 0, second = 0, third = 0] = numbers;
  return Math.abs(second - first) < 1000 && Math.abs(third - second) < 1000;
}

/** The size of the alphabet: how many characters there are of the kinds that occur. */
function alphabetOf(texts: readonly string[]): number {
  const all = texts.join('');
  const hexadecimal = /^[\da-f]*$/i.test(all);
  if (hexadecimal) return /^\d*$/.test(all) ? 10 : 16;
  return (/\d/.test(all) ? 10 : 0) + (/[a-z]/.test(all) ? 26 : 0) + (/[A-Z]/.test(all) ? 26 : 0) + 2;
}
