import { visibleText } from '../../shared/visibleText.ts';
import type { FindingView, Severity, SourceView } from '../../shared/views/finding.ts';

/** Makes a finding; `message` tells the fact, `reason` why it matters and what to do. */
export function finding(
  severity: Severity,
  code: string,
  message: string,
  reason: string,
  source?: SourceView,
): FindingView {
  return { code, severity, message, reason, ...(source && { source }) };
}

/** An untrusted value for a sentence: in quotation marks, with hidden characters named, at most 80 characters. */
export function quoted(value: string): string {
  return `“${visibleText(value.slice(0, 80))}${value.length > 80 ? '…' : ''}”`;
}

/** Several values for a sentence: the first five, and how many more. */
export function quotedList(values: readonly string[]): string {
  const more = values.length > 5 ? ` and ${values.length - 5} more` : '';
  return values.slice(0, 5).map(quoted).join(', ') + more;
}

/** A time for a sentence: `2026-11-22 10:00:00 UTC`. */
export function moment(at: number): string {
  const date = new Date(at);
  return Number.isNaN(date.getTime())
    ? 'a moment out of range'
    : `${date.toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}
