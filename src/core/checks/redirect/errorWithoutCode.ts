import type { Check } from '../check.ts';
import { errorResponses } from '../errorResponses.ts';
import { fail, pass } from '../judgement.ts';
import { rfc } from '../../source.ts';

/** An error response carries an error, and nothing of value. */
export const errorWithoutCode: Check = {
  id: 'redirect.error-without-code',
  area: 'redirect',
  title: 'Error responses carry no code',
  tries:
    'Provokes error responses: nobody signed in, an unknown response_type and, where the server shows that itself, an unknown scope.',
  expects: 'They carry error, and neither code nor token.',
  judged: 'A code or token beside an error fails.',
  sources: [rfc(6749, '4.1.2.1'), rfc(9700, '4.11.2')],
  needs: { authorization: true, signIn: 'maybe' },
  requests: 3,
  signIns: 0,
  async run(bench) {
    const { responses, none } = await errorResponses(bench);
    for (const { parameters } of responses)
      for (const name of ['code', 'access_token', 'id_token'])
        if (parameters.has(name))
          return fail(
            `An error response also carries ${name}.`,
            'Send nothing but error, error_description, error_uri, state and iss in an error response.',
          );
    return responses.length === 0
      ? none
      : pass('Error responses carry an error, and neither code nor token.');
  },
};
