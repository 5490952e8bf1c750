import type { SourceView } from '../../../shared/views/finding.ts';
import { withAssertion, type Spoil } from '../assertion.ts';
import type { Check } from '../check.ts';
import { tryClient } from '../clientTrial.ts';
import { fail, pass } from '../judgement.ts';
import { describeToken } from '../tokenAnswer.ts';

/** One way in which a client assertion can be wrong. */
interface WrongAssertion {
  /** Stable; a part of the check's id. */
  readonly name: string;
  readonly title: string;
  /** What is wrong, to follow “An assertion” within a sentence. */
  readonly what: string;
  readonly spoil: Spoil;
  /** What it means that the server accepts it. */
  readonly danger: string;
  readonly advice: string;
  readonly sources: readonly SourceView[];
}

/** A check that the server refuses a client assertion which is wrong in one way. @see RFC 7523 section 3 */
export function assertionCheck(wrong: WrongAssertion): Check {
  const { name, title, what, spoil, danger, advice, sources } = wrong;
  return {
    id: `client.assertion-${name}`,
    area: 'client',
    title,
    tries: `Sends a token request with an assertion ${what}.`,
    expects: 'It refuses with invalid_client.',
    judged: 'A token fails.',
    sources,
    needs: { assertion: true, signIn: 'maybe' },
    requests: 3,
    signIns: 1,
    async run(bench) {
      const { accepted, answer } = await tryClient(bench, withAssertion(await bench.credentials(), spoil));
      if (accepted) return fail(`The server takes an assertion ${what}: ${danger}`, advice);
      return pass(`For an assertion ${what} the server ${describeToken(answer)}.`);
    },
  };
}
