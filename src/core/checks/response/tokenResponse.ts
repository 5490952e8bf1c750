import { anyToken } from '../anyToken.ts';
import type { Check } from '../check.ts';
import { fail, pass, weakness } from '../judgement.ts';
import { rfc } from '../../source.ts';

/** The members that every token response has. */
export const tokenResponse: Check = {
  id: 'response.token-response',
  area: 'response',
  title: 'The token response is well formed',
  tries: 'Gets a token and looks at the response.',
  expects: 'It is JSON with token_type and says so in Content-Type.',
  judged:
    'A missing token_type fails, as clients refuse such a response; another Content-Type is a weakness.',
  sources: [rfc(6749, '5.1')],
  needs: { signIn: 'maybe' },
  requests: 1,
  signIns: 0,
  async run(bench) {
    const { tokenType, headers } = await anyToken(bench);
    if (tokenType === undefined)
      return fail(
        'The token response has no token_type, so clients that keep to the standard refuse it.',
        'Send token_type with every access token.',
      );
    if (/^application\/(?:[\w.-]+\+)?json\b/i.test(headers.get('content-type') ?? ''))
      return pass('The token response is JSON with token_type.');
    return weakness(
      'The token response does not say in Content-Type that it is JSON.',
      'Send Content-Type: application/json with every token response.',
    );
  },
};
