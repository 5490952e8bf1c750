/** The kinds of callers, which VS Code does not tell apart. */
const kinds = ['command', 'call', 'end', 'extension', 'terminal', 'agent', 'mcp'] as const;

/**
 * Who wants a token. `extension` called our exported API. `command` is whoever ran one of our commands: VS Code does not tell
 * whether that was a task’s or a debug configuration’s input, a keybinding, another extension or an agent. It is called `call`
 * where a request is sent with the token, which the caller does not get, and `end` where the token or the sign-in is to end.
 */
export type Caller = (typeof kinds)[number];

/** The caller that a stored text names, if any. */
export function callerOf(value: unknown): Caller | undefined {
  return kinds.find((kind) => kind === value);
}

/** Whether a permission for `had` includes `wanted`: whoever has the token can also send requests with it. */
export function includesCaller(had: Caller, wanted: Caller): boolean {
  return had === wanted || (had === 'command' && wanted === 'call');
}

/** A caller in words, for a question or a list. */
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
