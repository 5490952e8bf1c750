import type { FlowViewIntent } from '../../shared/views/flowView.ts';
import { member } from '../../shared/json.ts';

const plain = [
  ...(['copyUrl', 'copyCode', 'pasteRedirect', 'cancel', 'export', 'compare'] as const),
  ...(['showToken', 'showFailure', 'runAgain'] as const),
];

/** A message of the flow view if it is one; anything else is nothing. */
export function parseFlowIntent(message: unknown): FlowViewIntent | undefined {
  const type = member(message, 'type');
  if (type === 'select' || type === 'copyCurl') {
    const step = member(message, 'step');
    return typeof step === 'number' && Number.isSafeInteger(step) && step > 0 ? { type, step } : undefined;
  }
  if (type === 'showVerifier') {
    const shown = member(message, 'shown');
    return typeof shown === 'boolean' ? { type, shown } : undefined;
  }
  const known = plain.find((each) => each === type);
  return known && { type: known };
}
