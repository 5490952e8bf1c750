/** Kinds of callers; VS Code names none of them. */
const kinds = ['command', 'call', 'end', 'extension', 'terminal', 'agent', 'mcp'] as const;

/**
 * Who wants a token. `extension` called what ours exports; `command` is whoever ran one of our commands: VS Code does not say
 * whether that was a task’s or a debug configuration’s input, a keybinding, another extension or an agent. It is `call` where a
 * request is sent with the token, which its caller does not get, and `end` where the token or the sign-in is to end.
 */
export type Caller = (typeof kinds)[number];

/** The caller a stored text names, if any. */
export function callerOf(value: unknown): Caller | undefined {
  return kinds.find((kind) => kind === value);
}

/** Whether who was allowed to be `had` may do all that `wanted` does: with the token itself anybody sends requests. */
export function includesCaller(had: Caller, wanted: Caller): boolean {
  return had === wanted || (had === 'command' && wanted === 'call');
}

/** A caller as a person reads it in a question or a list. */
export function callerWords(caller: Caller): string {
  switch (caller) {
    case 'command':
      return 'A task, another extension or an agent';
    case 'call':
      return `${callerWords('command')}, to send requests`;
    case 'end':
      return `${callerWords('command')}, to revoke and sign out`;
    case 'terminal':
      return 'A terminal';
    case 'agent':
      return 'A chat agent';
    case 'mcp':
      return 'An MCP server';
    case 'extension':
      return 'Another extension';
  }
}
