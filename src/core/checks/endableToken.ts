import type { Bench } from './bench.ts';
import { renewOnce, signInForRefresh } from './refreshable.ts';
import { issued } from './tokenAnswer.ts';
import { Lacking, Undetermined } from './undetermined.ts';
import { watchedToken } from './watchedToken.ts';

/** A token of which one can see whether it was revoked. */
export interface EndableToken {
  /** Its kind for the revocation endpoint, which finds access tokens without it. */
  readonly hint?: 'refresh_token';
  /** The present token: a refresh token may be replaced on each use. */
  readonly current: () => string;
  /** Whether it is still valid. @throws Undetermined when the answer tells nothing about it */
  readonly stillGood: () => Promise<boolean>;
}

/** The kind of a token for the revocation endpoint, where it must be named. @see RFC 7009 section 2.1, token_type_hint */
export function kindOf({ hint }: EndableToken): { readonly hint?: 'refresh_token' } {
  return hint === undefined ? {} : { hint };
}

/**
 * Signs in for a token whose revocation can be seen: an access token where an endpoint tells, else a refresh token, of which
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
