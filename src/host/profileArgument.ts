import type { Profile } from '../core/profile/profile.ts';
import { member } from '../shared/json.ts';

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

/** The environment that a command was told to take the profile in, whichever is in force. */
export function environmentOf(argument: unknown): string | undefined {
  const environment = member(argument, 'environment');
  return typeof environment === 'string' ? environment : undefined;
}

/** The argument that has a command work on exactly this profile, in the environment it is in effect for. */
export function named({ id, environment }: Pick<Profile, 'id' | 'environment'>): {
  readonly profile: string;
  readonly environment?: string;
} {
  return { profile: id, ...(environment !== undefined && { environment }) };
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
