import type { Check } from '../check.ts';
import { deviceCodes } from '../deviceFlow.ts';
import { countsUp, mostBits } from '../guessable.ts';
import { fail, pass, weakness } from '../judgement.ts';
import { rfc } from '../../source.ts';

/** Bits of nine digits, the weaker of the two that the RFC suggests. */
const enough = 29;

const advice = 'Make user codes at random of 8 letters or 9 digits, and limit how often one may be tried.';

/** Whoever guesses a code that waits is given the device of its owner. */
export const userCode: Check = {
  id: 'device.user-code',
  area: 'device',
  title: 'User codes cannot be guessed',
  tries: 'Asks for three codes and compares them.',
  expects: 'They are random, and long enough.',
  judged: 'Codes that repeat or count up fail, fewer than 29 bits are a weakness.',
  sources: [rfc(8628, '5.1'), rfc(8628, '6.1')],
  needs: { device: true },
  requests: 3,
  signIns: 0,
  async run(bench) {
    const codes: string[] = [];
    // Separators are only for reading.
    for (let asked = 0; asked < 3; asked++)
      codes.push((await deviceCodes(bench)).userCode.replace(/[^\p{L}\p{N}]+/gu, ''));
    if (new Set(codes).size < codes.length) return fail('The server gave the same user code twice.', advice);
    if (countsUp(codes)) return fail('The user codes count up, so one that waits can be guessed.', advice);
    const bits = mostBits(codes);
    if (bits < enough)
      return weakness(`User codes have ${bits} bits at most, so one that waits may be guessed.`, advice);
    return pass(`User codes have up to ${bits} bits. How often one may be tried, this does not show.`);
  },
};
