import type { Check } from '../check.ts';
import { errorResponses } from '../errorResponses.ts';
import { fail, pass } from '../judgement.ts';
import { rfc } from '../../source.ts';

/** A client must be able to tell that an error is for it. */
export const stateOnErrors: Check = {
  id: 'response.state-on-errors',
  area: 'response',
  title: 'State on errors',
  tries:
    'Provokes error responses: nobody signed in, an unknown response_type and, where the server shows that itself, an unknown scope.',
  expects: 'It returns the state with each error.',
  judged: 'An error without the state, or with another, fails.',
  sources: [rfc(6749, '4.1.2.1')],
  needs: { authorization: true, signIn: 'maybe' },
  requests: 3,
  signIns: 0,
  async run(bench) {
    const { responses, none } = await errorResponses(bench);
    for (const { parameters, sent, how } of responses)
      if (parameters.get('state') !== sent)
        return fail(
          `${how === undefined ? 'After the sign-in the server answers a wrong request with an error' : `The server ${how}`}, but without the state that was sent, so this client has to ignore the error and waits in vain.`,
          'Return state in every error response.',
        );
    return responses.length === 0 ? none : pass('Errors come with the state.');
  },
};
