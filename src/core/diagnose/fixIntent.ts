import type { FailureViewIntent } from '../../shared/views/failureView.ts';
import { member } from '../../shared/json.ts';

/** A message of the failure view if it is one; anything else is nothing. */
export function parseFailureIntent(message: unknown): FailureViewIntent | undefined {
  const type = member(message, 'type');
  if (type === 'fix') return parseFix(message);
  return type === 'runAgain' || type === 'showFlow' || type === 'copy' ? { type } : undefined;
}

/** The choice of a quick fix by its place. */
export function parseFix(message: unknown): Extract<FailureViewIntent, { readonly type: 'fix' }> | undefined {
  const cause = member(message, 'cause');
  const fix = member(message, 'fix');
  return isIndex(cause) && isIndex(fix) ? { type: 'fix', cause, fix } : undefined;
}

function isIndex(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < 100;
}
