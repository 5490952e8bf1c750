import { anyToken } from '../anyToken.ts';
import type { Check } from '../check.ts';
import { fail, pass } from '../judgement.ts';
import { rfc } from '../../source.ts';

/** Tokens must not stay in a cache. */
export const noStore: Check = {
  id: 'response.no-store',
  area: 'response',
  title: 'Token responses are not cached',
  tries: 'Gets a token and looks at the headers of the response.',
  expects: 'It sends Cache-Control: no-store.',
  judged: 'A response without it fails.',
  sources: [rfc(6749, '5.1')],
  needs: { signIn: 'maybe' },
  requests: 1,
  signIns: 0,
  async run(bench) {
    const answer = await anyToken(bench);
    if (/\bno-store\b/i.test(answer.headers.get('cache-control') ?? ''))
      return pass('Token responses say no-store.');
    return fail(
      'Token responses do not say Cache-Control: no-store, so a cache may keep the tokens.',
      'Send Cache-Control: no-store with every response of the token endpoint.',
    );
  },
};
