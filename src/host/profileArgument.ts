/**
 * The profile a command was asked to work on: from a keybinding, a task, another extension (`{ profile }`)
 * or a row of the Profiles tree; everything else counts as none.
 */
export function profileIdOf(argument: unknown): string | undefined {
  if (typeof argument !== 'object' || argument === null) return undefined;
  if ('profile' in argument && typeof argument.profile === 'string') return argument.profile;
  if ('line' in argument) return lineId(argument.line);
  return undefined;
}

/** The flow a command was asked to work on: `{ flow }`, or a row of the Flows tree. */
export function flowIdOf(argument: unknown): string | undefined {
  if (typeof argument !== 'object' || argument === null) return undefined;
  if ('flow' in argument && typeof argument.flow === 'string') return argument.flow;
  return 'line' in argument ? lineId(argument.line) : undefined;
}

function lineId(line: unknown): string | undefined {
  return typeof line === 'object' && line !== null && 'id' in line && typeof line.id === 'string'
    ? line.id
    : undefined;
}
