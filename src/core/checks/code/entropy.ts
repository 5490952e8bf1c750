import type { Check, Judgement } from '../check.ts';
import { fail, pass, weakness } from '../judgement.ts';
import { countsUp, mostBits, varying } from '../guessable.ts';
import { rfc } from '../../source.ts';

/** The bits that RFC 6749 asks for. */
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

/** Judges consecutive codes. */
function judgeCodes(codes: readonly string[]): Judgement {
  if (new Set(codes).size < codes.length) return fail('The server gave the same code twice.', advice);
  if (countsUp(codes)) return fail('The codes count up, so the next one can be guessed.', advice);
  const bits = mostBits(varying(codes));
  if (bits < enough)
    return weakness(`The codes differ in about ${bits} bits at most, so they may be guessed.`, advice);
  return pass(`The codes differ in up to ${bits} bits. Whether they are random, a few of them do not show.`);
}
