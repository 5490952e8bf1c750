import assert from 'node:assert/strict';

/** Fails when one of the planted texts, or a part of it that would give it away, is in what was written. */
export function assertNowhere(planted: readonly (string | undefined)[], written: string): void {
  for (const text of planted) {
    assert.ok(text !== undefined && text.length >= 6, 'Nothing was planted.');
    assert.ok(!written.includes(text), `${text.slice(0, 6)}… was written: ${around(written, text)}`);
    // More than its last 6 characters.
    assert.ok(
      text.length < 16 || !written.includes(text.slice(-12)),
      `…${text.slice(-6)} was written: ${around(written, text.slice(-12))}`,
    );
  }
}

/** Where it was written. */
function around(written: string, text: string): string {
  const at = written.indexOf(text);
  return written.slice(Math.max(0, at - 200), at + text.length + 40);
}
