/** Kinds of callers that have no name of their own. */
const kinds = ['command', 'task', 'debug', 'terminal', 'agent', 'mcp'] as const;

/**
 * Who wants a token. `command` is whoever ran one of our commands: VS Code does not say whether that was another
 * extension, a keybinding, a task's input or an agent.
 */
export type Caller = (typeof kinds)[number] | `extension:${string}`;

/** The caller a stored text names, if any. */
export function callerOf(value: unknown): Caller | undefined {
  if (typeof value !== 'string') return undefined;
  return kinds.find((kind) => kind === value) ?? (isExtension(value) ? value : undefined);
}

function isExtension(value: string): value is `extension:${string}` {
  return value.startsWith('extension:') && value.length > 'extension:'.length;
}

/** A caller as a person reads it in a question or a list. */
export function callerWords(caller: Caller): string {
  switch (caller) {
    case 'command':
      return 'A task, another extension or an agent';
    case 'task':
      return 'A task';
    case 'debug':
      return 'A debug configuration';
    case 'terminal':
      return 'A terminal';
    case 'agent':
      return 'A chat agent';
    case 'mcp':
      return 'An MCP server';
    default:
      return `The extension ${caller.slice('extension:'.length)}`;
  }
}
