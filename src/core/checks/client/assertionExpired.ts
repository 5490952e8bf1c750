import { withClaims } from '../assertion.ts';
import { assertionCheck } from './assertionCheck.ts';
import { rfc } from '../../source.ts';

/** How long it has been expired, in seconds: longer than any clock is wrong. */
const age = 600;

/** An assertion must not work forever for whoever has seen it once. */
export const assertionExpired = assertionCheck({
  name: 'expired',
  title: 'An expired assertion is refused',
  what: 'that ended ten minutes ago (exp)',
  spoil: (right) => {
    const { exp = 0, iat = exp } = right.claims;
    const earlier = Math.max(iat, exp) - iat + age;
    const nbf = right.claims.nbf === undefined ? {} : { nbf: right.claims.nbf - earlier };
    return withClaims(right, { exp: exp - earlier, iat: iat - earlier, ...nbf });
  },
  danger: 'one from a log works for ever.',
  advice: 'Refuse assertions whose exp has passed, but for a minute or two of clock skew.',
  sources: [rfc(7523, '3')],
});
