import type { Profile } from '../profile/profile.ts';
import type { Decorator, DecoratorKind } from './decorator.ts';

/** What can be done to the requests of a flow, in the order in which it is done: the only list of it. */
const allDecorators: readonly DecoratorKind[] = [];

/** What a profile wants done to the requests of one flow. */
export function decoratorsOf(
  profile: Profile,
  kinds: readonly DecoratorKind[] = allDecorators,
): Promise<readonly Decorator[]> {
  return Promise.all(kinds.filter((kind) => kind.appliesTo(profile)).map((kind) => kind.make(profile)));
}
