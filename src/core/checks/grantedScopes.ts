import { isList, textsOf } from '../../shared/json.ts';
import { claimsOf } from '../oauth/jwtClaims.ts';
import type { TokenAnswer } from './tokenAnswer.ts';

/** The scopes of a token response: from its `scope`, else from the JWT; undefined when neither tells. */
export function grantedScopes({ scope, accessToken }: TokenAnswer): readonly string[] | undefined {
  if (scope !== undefined) return scope.split(/[\s,]+/);
  if (accessToken === undefined) return undefined;
  const claims = claimsOf(accessToken);
  const claim = claims['scope'] ?? claims['scp'];
  if (typeof claim === 'string') return claim.split(' ');
  return isList(claim) ? textsOf(claim) : undefined;
}
