import type { Check, Judgement } from '../check.ts';
import { fail, pass, weakness } from '../judgement.ts';
import { rfc } from '../../source.ts';

/** Bits that RFC 6749 asks for. */
const enough = 128;

const advice =
  'Make codes of at least 128 random bits, such as 22 characters of base64url from a secure source.';

/** A code that can be guessed needs no theft. */
export const entropy: Check = {
  id: 'code.entropy',
  area: 'code',
  title: 'Codes cannot be guessed',
  tries: 'Signs in several times and compares the codes.',
  expects: 'They have at least 128 bits in which they differ.',
  judged: 'Codes that repeat or count up fail; short ones are a weakness. Long ones may still be made badly.',
  sources: [rfc(6749, '10.10'), rfc(6819, '5.1.4.2.2')],
  needs: { authorization: true, signIn: 'always' },
  requests: 0,
  signIns: 2,
  async run(bench) {
    const { answer } = await bench.reference();
    const codes = [answer.code ?? '', (await bench.code()).code, (await bench.code()).code];
    return judgeCodes(codes);
  },
};

/** Judges codes that followed one another. */
function judgeCodes(codes: readonly string[]): Judgement {
  if (new Set(codes).size < codes.length) return fail('The server gave the same code twice.', advice);
  const parts = varying(codes);
  if (parts.every((part) => /^\d{1,15}$/.test(part)) && isSeries(parts.map(Number)))
    return fail('The codes count up, so the next one can be guessed.', advice);
  const bits = Math.floor(Math.min(...parts.map(({ length }) => length)) * Math.log2(alphabetOf(parts)));
  if (bits < enough)
    return weakness(`The codes differ in about ${bits} bits at most, so they may be guessed.`, advice);
  return pass(`The codes differ in up to ${bits} bits. Whether they are random, a few of them do not show.`);
}

/** What is left of texts without what they begin and end with alike. */
function varying(texts: readonly string[]): readonly string[] {
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

/** How many characters there are of the kinds that occur. */
function alphabetOf(texts: readonly string[]): number {
  const all = texts.join('');
  const hexadecimal = /^[\da-f]*$/i.test(all);
  if (hexadecimal) return /^\d*$/.test(all) ? 10 : 16;
  return (/\d/.test(all) ? 10 : 0) + (/[a-z]/.test(all) ? 26 : 0) + (/[A-Z]/.test(all) ? 26 : 0) + 2;
}
