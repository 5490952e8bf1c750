import type { Profile } from '../core/profile/profile.ts';
import { member, textMember } from '../shared/json.ts';

/**
 * The profile a command was asked to work on: from a keybinding, a task, another extension (`{ profile }`)
 * or a row of the Profiles tree; everything else counts as none.
 */
export function profileIdOf(argument: unknown): string | undefined {
  return textMember(argument, 'profile') ?? textMember(member(argument, 'line'), 'id');
}

/** The flow a command was asked to work on: `{ flow }`, or a row of the Flows tree. */
export function flowIdOf(argument: unknown): string | undefined {
  return textMember(argument, 'flow') ?? textMember(member(argument, 'line'), 'id');
}

/** The argument that has a command work on exactly this profile, in the environment it is in effect for. */
export function named({ id, environment }: Pick<Profile, 'id' | 'environment'>): {
  readonly profile: string;
  readonly environment?: string;
} {
  return { profile: id, ...(environment !== undefined && { environment }) };
}
