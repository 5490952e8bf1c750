import type { JWTPayload } from 'jose';
import { isInMilliseconds } from '../isTime.ts';
import { moment } from './idTokenProblem.ts';

/** A remark about an id_token that is accepted all the same. */
export interface ClaimNote {
  readonly code: string;
  readonly message: string;
}

/** Clock skew that is accepted, in seconds. */
export const tolerated = 30;

/**
 * Oddities of an id_token for which the standards do not refuse it: times in milliseconds or in the future, a `sub` that names
 * nobody.
 *
 * @param now milliseconds since the epoch
 * @see RFC 7519 section 2, OpenID Connect Core 1.0 section 2
 */
export function oddities(claims: JWTPayload, now: number): readonly ClaimNote[] {
  const times = (['exp', 'iat', 'auth_time'] as const).flatMap((name) => {
    const value = claims[name];
    return typeof value === 'number' ? [{ name, value }] : [];
  });
  return [
    ...times
      .filter(({ value }) => isInMilliseconds(value))
      .map(({ name, value }) => ({
        code: 'id_token_time_in_milliseconds',
        message: `The ${name} of the id_token (${value}) seems to count milliseconds: it has to be in seconds.`,
      })),
    ...times
      .filter(
        ({ name, value }) => name !== 'exp' && !isInMilliseconds(value) && value > now / 1000 + tolerated,
      )
      .map(({ name, value }) => ({
        code: 'id_token_time_in_future',
        message: `The ${name} of the id_token is ${moment(value)}, ${Math.round(value - now / 1000)} s after the time of this machine: one of the two clocks is wrong.`,
      })),
    ...(claims.sub === ''
      ? [{ code: 'id_token_sub_empty', message: 'The sub of the id_token is empty: it names no user.' }]
      : []),
  ];
}
