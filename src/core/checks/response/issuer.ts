import type { Check } from '../check.ts';
import { fail, pass, weakness } from '../judgement.ts';
import { rfc } from '../sources.ts';
import { Undetermined } from '../undetermined.ts';

/** The answer says which server it comes from. */
export const issuer: Check = {
  id: 'response.issuer',
  area: 'response',
  title: 'The response names its issuer',
  tries: 'Looks at iss in the authorization response, or without a sign-in in an error response.',
  expects: 'It sends iss, equal to its issuer identifier.',
  judged:
    'A wrong iss fails, as does a missing one that the metadata promises; a missing one else is a weakness.',
  sources: [rfc(9207, '2'), rfc(9700, '4.4.2.1')],
  needs: { authorization: true, signIn: 'maybe' },
  requests: 0,
  signIns: 1,
  async run(bench) {
    const parameters = await answerOf(bench);
    const received = parameters.get('iss');
    const { issuer: expected, promisesIssuer } = bench.server;
    const advice = 'Send iss with the issuer identifier in every authorization response, errors included.';
    if (received === null)
      return promisesIssuer
        ? fail(
            'The metadata promises iss in authorization responses, but there is none, so this client refuses them.',
            advice,
          )
        : weakness(
            'The response does not say which server it comes from; a client that uses several servers can be confused.',
            advice,
          );
    if (expected === undefined || received === expected) return pass('The response names its issuer.');
    return fail('The response names another issuer than the profile, so this client refuses it.', advice);
  },
};

async function answerOf(bench: Parameters<Check['run']>[0]): Promise<URLSearchParams> {
  const { yardstick } = await bench.accepted();
  const error = yardstick.registered.kind === 'redirect' ? yardstick.registered.parameters : undefined;
  if (error?.has('iss') === true && error.get('iss') !== bench.server.issuer) return error;
  if (bench.canSignIn) return (await bench.reference()).answer.parameters;
  if (error === undefined)
    throw new Undetermined('The server sends no error response; a sign-in would show.');
  return error;
}
