import { anyToken } from '../anyToken.ts';
import type { Check } from '../check.ts';
import { pass, weakness } from '../judgement.ts';
import { rfc } from '../../source.ts';
import { duration } from '../../../shared/duration.ts';

/** What RFC 6750 calls short: an hour, in seconds. */
const longest = 86_400;

/** A token that cannot be revoked should expire soon. */
export const lifetime: Check = {
  id: 'token.lifetime',
  area: 'token',
  title: 'Access tokens are short-lived',
  tries: 'Gets a token and looks at expires_in.',
  expects: 'It says how long the token lives: an hour or less is best.',
  judged: 'No expires_in, or more than a day, is a weakness.',
  sources: [rfc(6750, '5.3'), rfc(6749, '5.1')],
  needs: { signIn: 'maybe' },
  requests: 1,
  signIns: 0,
  async run(bench) {
    const { expiresIn } = await anyToken(bench);
    const advice = 'Issue access tokens for an hour or less, and say so in expires_in.';
    if (expiresIn === undefined)
      return weakness('The token response does not say how long the access token lives.', advice);
    const meaning = `The access token lives for ${duration(expiresIn * 1000)}.`;
    return expiresIn > longest ? weakness(meaning, advice) : pass(meaning);
  },
};
