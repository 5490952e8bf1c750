import type { Bench } from '../bench.ts';
import type { Check } from '../check.ts';
import { errorResponses } from '../errorResponses.ts';
import { fail, pass, weakness } from '../judgement.ts';
import { Undetermined } from '../undetermined.ts';
import { rfc } from '../../source.ts';

/** The answer says which server it comes from. */
export const issuer: Check = {
  id: 'response.issuer',
  area: 'response',
  title: 'The response names its issuer',
  tries: 'Looks at iss in an error response and, with a sign-in, in the authorization response.',
  expects: 'It sends iss with both, equal to its issuer identifier.',
  judged:
    'A wrong iss fails, as does a missing one that the metadata promises; a missing one else is a weakness.',
  sources: [rfc(9207, '2'), rfc(9700, '4.4.2.1')],
  needs: { authorization: true, signIn: 'maybe' },
  requests: 2,
  signIns: 0,
  async run(bench) {
    const answers = await answersOf(bench);
    const { issuer: expected, promisesIssuer } = bench.server;
    const advice = 'Send iss with the issuer identifier in every authorization response, errors included.';
    for (const { what, iss } of answers)
      if (iss !== null && expected !== undefined && iss !== expected)
        return fail(`${what} names another issuer than the profile, so this client refuses it.`, advice);
    const without = answers.find(({ iss }) => iss === null);
    if (without === undefined) return pass('The response names its issuer.');
    return promisesIssuer
      ? fail(
          `The metadata promises iss in authorization responses, but ${without.what.toLowerCase()} has none, so this client refuses it.`,
          advice,
        )
      : weakness(
          `${without.what} does not say which server it comes from; a client that uses several servers can be confused.`,
          advice,
        );
  },
};

interface Named {
  readonly what: string;
  readonly iss: string | null;
}

/** The issuers in error responses and in a successful one, as far as these can be had. */
async function answersOf(bench: Bench): Promise<readonly Named[]> {
  const { responses } = await errorResponses(bench);
  const answers = responses.map(({ parameters }) => ({
    what: 'An error response',
    iss: parameters.get('iss'),
  }));
  if (bench.canSignIn) {
    const { answer } = await bench.reference();
    answers.push({ what: 'The authorization response', iss: answer.parameters.get('iss') });
  }
  if (answers.length > 0) return answers;
  throw new Undetermined('The server sends no error response; a sign-in would show.');
}
