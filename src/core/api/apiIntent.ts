import { parseFix } from '../diagnose/fixIntent.ts';
import type { ApiViewIntent } from '../../shared/views/apiView.ts';
import { member } from '../../shared/json.ts';

const plainKinds = (
  ['sendAgain', 'explainRenewal', 'getToken', 'showFlow', 'copyBody', 'openBody', 'saveBody'] as const
).map((kind) => ({
  kind,
}));

/** A message of the API view if it is one; anything else is nothing. */
export function parseApiIntent(message: unknown): ApiViewIntent | undefined {
  const kind = member(message, 'kind');
  if (kind === 'fix') return parseFix(message);
  return plainKinds.find((plain) => plain.kind === kind);
}
