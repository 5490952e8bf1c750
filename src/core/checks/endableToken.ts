import type { Bench } from './bench.ts';
import { renewOnce, signInForRefresh } from './refreshable.ts';
import { issued } from './tokenAnswer.ts';
import { Lacking, Undetermined } from './undetermined.ts';
import { watchedToken } from './watchedToken.ts';

/** A token that is seen to end. */
export interface EndableToken {
  /** What it is called where a revocation names its kind; access tokens are looked for without. */
  readonly hint?: 'refresh_token';
  /** The token as it is now: a refresh token may be another one after each use. */
  readonly current: () => string;
  /** Whether it is still good. @throws Undetermined when the answer says nothing of it */
  readonly stillGood: () => Promise<boolean>;
}

/** Names the kind of a token to the revocation endpoint, where it has to be. @see RFC 7009 section 2.1, token_type_hint */
export function kindOf({ hint }: EndableToken): { readonly hint?: 'refresh_token' } {
  return hint === undefined ? {} : { hint };
}

/**
 * Signs in for a token that is good and can be seen to end: an access token where an endpoint tells, else a refresh token, of which
 * the token endpoint does.
 *
 * @throws Undetermined when neither can be seen
 * @see RFC 7009 section 2.1
 */
export async function endableToken(bench: Bench): Promise<EndableToken> {
  try {
    const { accessToken, stillGood } = await watchedToken(bench);
    return { current: () => accessToken, stillGood };
  } catch (thrown) {
    if (!(thrown instanceof Undetermined)) throw thrown;
    return renewable(bench, thrown);
  }
}

async function renewable(bench: Bench, untold: Undetermined): Promise<EndableToken> {
  try {
    const { refreshToken } = await signInForRefresh(bench);
    let current = (await renewOnce(bench, refreshToken)).refreshToken ?? refreshToken;
    const stillGood = async () => {
      const answer = await bench.refresh(current);
      current = answer.refreshToken ?? current;
      return issued(answer);
    };
    return { hint: 'refresh_token', current: () => current, stillGood };
  } catch (thrown) {
    throw thrown instanceof Lacking ? untold : thrown;
  }
}
