import { member, parseFix } from '../diagnose/fixIntent.ts';
import type { ApiViewIntent } from '../../shared/views/apiView.ts';

/** A message of the API view if it is one; anything else is nothing. */
export function parseApiIntent(message: unknown): ApiViewIntent | undefined {
  const kind = member(message, 'kind');
  if (kind === 'fix') return parseFix(message);
  return kind === 'sendAgain' || kind === 'showFlow' || kind === 'copyBody' ? { kind } : undefined;
}
