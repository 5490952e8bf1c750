import type { Parameter } from '../oauth/tokenRequest.ts';
import type { Bench } from './bench.ts';
import { broken, describeToken, issued, type TokenAnswer } from './tokenAnswer.ts';
import { Undetermined } from './undetermined.ts';

/** How many requests are sent at the same time: with two, a server may finish one before it begins the other. */
export const atOnceCount = 6;

/** The result of sending the same token request several times at once. */
interface Race {
  readonly answers: readonly TokenAnswer[];
  /** How many got tokens. */
  readonly winners: number;
  /** The end of the sentence if at most one of them got tokens. */
  readonly others: string;
}

/**
 * Sends a token request several times at once. Those that come second may get a server error (500), which is not a token either.
 *
 * @throws Undetermined when the answers tell nothing about the race
 */
export async function atOnce(bench: Bench, parameters: readonly Parameter[]): Promise<Race> {
  const all = Array.from({ length: atOnceCount }, () => bench.anyTokenAnswer(parameters));
  await Promise.allSettled(all);
  const answers = await Promise.all(all);
  const winners = answers.filter(issued).length;
  const lost = answers.filter(({ status }) => status === 500);
  const silent = answers.find((one) => broken(one) && (winners === 0 || !lost.includes(one)));
  if (winners < 2 && silent !== undefined)
    throw new Undetermined(`The token endpoint ${describeToken(silent)}.`);
  return { answers, winners, others: lost.length > 0 ? '; others ended with status 500' : '' };
}
