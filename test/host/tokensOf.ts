import assert from 'node:assert/strict';
import type { Caller } from '../../src/core/access/caller.ts';
import type { TokenOwner } from '../../src/core/access/access.ts';
import { ownerOf } from '../../src/host/accessQuestion.ts';
import type { Services } from '../../src/host/services.ts';

/** What decisions about the tokens of a profile, as it is in the settings, are kept under. */
export function tokensOf(
  { profiles }: Pick<Services, 'profiles'>,
  id: string,
  caller: Caller = 'command',
): TokenOwner {
  const found = profiles.get(id);
  assert.ok(found);
  return ownerOf(found.profile, caller);
}
