import type { Cause } from './explanation.ts';
import type { Facts } from './facts.ts';

/** Looks at the facts for one kind of cause; none found is an empty list. Never throws. */
export type Rule = (facts: Facts) => readonly Cause[];

/** Whether the server said `code`, or one of several. */
export function said(facts: Facts, ...codes: readonly string[]): boolean {
  return facts.error !== undefined && codes.includes(facts.error);
}

/** Whether the token endpoint or the authorization endpoint answered with an OAuth error or an error status. */
export function wasRefused({ failure }: Facts): boolean {
  const asked = ['token', 'refresh', 'authorization', 'redirect'].includes(failure.step);
  return asked && (failure.kind === 'oauth_error' || failure.kind === 'http_error');
}

/** Whether it is the client's credentials that were refused, as far as the answer tells. */
export function clientRefused(facts: Facts): boolean {
  const { failure, status } = facts;
  if (failure.step !== 'token' && failure.step !== 'refresh') return false;
  return (
    said(facts, ...clientErrors) ||
    (status === 401 && failure.kind !== 'network') ||
    /client[ _-]?(secret|authentication)|(invalid|bad|wrong|incorrect) client/i.test(facts.words)
  );
}

const clientErrors = [
  'invalid_client',
  'incorrect_client_credentials',
  'bad_client_secret',
  'unauthorized',
  'invalid_client_secret',
];
