import type { Parameter } from '../oauth/tokenRequest.ts';
import type { Bench } from './bench.ts';
import { broken, describeToken, issued, type TokenAnswer } from './tokenAnswer.ts';
import { Undetermined } from './undetermined.ts';

/** Requests that are sent at the same time: of two a server may happen to finish one before it begins the other. */
export const atOnceCount = 6;

/** What the same token request comes to that is sent several times at once. */
interface Race {
  readonly answers: readonly TokenAnswer[];
  /** How many got tokens. */
  readonly winners: number;
  /** Ends the sentence for at most one of them. */
  readonly others: string;
}

/**
 * Sends a token request several times at once. Who comes second may run into an error of the server (500), and gets no token
 * then, either.
 *
 * @throws Undetermined when answers say nothing of the race
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
