import { parseFix } from '../diagnose/fixIntent.ts';
import type { ApiViewIntent } from '../../shared/views/apiView.ts';
import { member } from '../../shared/json.ts';

const plainTypes = (
  ['sendAgain', 'explainRenewal', 'getToken', 'showFlow', 'copyBody', 'openBody', 'saveBody'] as const
).map((type) => ({
  type,
}));

/** A message of the API view if it is one; anything else is nothing. */
export function parseApiIntent(message: unknown): ApiViewIntent | undefined {
  const type = member(message, 'type');
  if (type === 'fix') return parseFix(message);
  return plainTypes.find((plain) => plain.type === type);
}
