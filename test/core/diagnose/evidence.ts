import assert from 'node:assert/strict';
import type { Explanation } from '../../../src/core/diagnose/explanation.ts';
import type { FailureInput } from '../../../src/core/diagnose/facts.ts';
import type { Failure } from '../../../src/core/record/failure.ts';
import type { Exchange, ExchangePurpose } from '../../../src/core/record/exchange.ts';
import type { Profile } from '../../../src/core/profile/profile.ts';
import { explain } from './play.ts';

/** An OAuth error as a failure of a step. */
export const refused = (error: string, description?: string, step: Failure['step'] = 'token'): Failure => ({
  ...{ kind: 'oauth_error', step, status: 400, exchange: 1, message: '', advice: '' },
  body: { error, ...(description === undefined ? {} : { error_description: description }) },
});
/** One request with its answer, a token request unless told. */
export const exchange = (
  change: Partial<Exchange> & { form?: Record<string, string>; url?: string } = {},
): Exchange => {
  const { form = {}, url = 'https://login.example.com/token', ...rest } = change;
  return {
    ...{ id: 1, purpose: 'token', leg: 'extension', startedAt: 0, deviations: [] },
    request: { method: 'POST', url, headers: [], body: new URLSearchParams(form).toString() },
    response: { status: 400, statusText: 'Bad Request', headers: [], body: '{}' },
    ...rest,
  };
};
/** The same as a GET. */
export const get = (purpose: ExchangePurpose, url: string, change: Partial<Exchange> = {}): Exchange => ({
  ...exchange({ purpose, ...change }),
  request: { method: 'GET', url, headers: [] },
});
/** The explanation of a failure, with one exchange around it unless told. */
export const why = (profile: Profile, failure: Failure, more: Partial<FailureInput> = {}): Explanation =>
  explain(profile, { failure, exchanges: more.exchanges ?? [exchange()] }, more);
/** The most likely cause. */
export const first = (explanation: Explanation) => {
  const [found] = explanation.causes;
  assert.ok(found);
  return found;
};
