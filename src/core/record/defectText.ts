/**
 * Describes an unexpected error for a log: its class, its code and where it was thrown, but never its message, which may repeat
 * what was sent or read.
 */
export function defectText(thrown: unknown): string {
  if (!(thrown instanceof Error)) return typeof thrown;
  const { name, message, stack = '' } = thrown;
  const code: unknown = 'code' in thrown ? thrown.code : undefined;
  const kind = /^\w{1,40}$/.test(name) ? name : 'Error';
  const known = typeof code === 'string' && /^[A-Z][A-Z_\d]{1,30}$/.test(code) ? ` ${code}` : '';
  return [`${kind}${known}`, ...frames(stack, message)].join('\n');
}

/** The stack's lines below the message; none when the message has changed since, as the old one could not be told from them. */
function frames(stack: string, message: string): readonly string[] {
  const start = stack.indexOf(message);
  if (start < 0) return [];
  return stack
    .slice(start + message.length)
    .split('\n')
    .filter((line) => /^[ \t]+at /.test(line));
}
