import { allAuthentications } from './authentication/all.ts';
import { allGrants } from './grants/all.ts';
import { profileFields } from './profile/fields/all.ts';
import type { Field, ProfileLists } from './profile/fields/field.ts';
import type { AuthenticationTraits, GrantTraits } from './profile/traits.ts';

/** What the product's profiles are made of. */
export const productLists: ProfileLists = {
  grants: allGrants,
  authentications: allAuthentications,
  fields: profileFields,
};

/** @throws TypeError when there is none: a parsed profile always names one of the lists it was parsed with. */
export function grantNamed(id: string, { grants } = productLists): GrantTraits {
  return named(id, grants);
}

/** @throws TypeError when there is none: a parsed profile always names one of the lists it was parsed with. */
export function authenticationNamed(id: string, { authentications } = productLists): AuthenticationTraits {
  return named(id, authentications);
}

/** Whether this is the name of a grant that goes through the browser and comes back with a redirect. */
export function goesThroughBrowser(name: unknown): boolean {
  return allGrants.some(({ id, redirects }) => redirects && id === name);
}

/** @throws TypeError when there is none. */
export function fieldNamed(name: string, { fields }: ProfileLists): Field {
  const field = fields.find((one) => one.name === name);
  if (field === undefined) throw new TypeError(`There is no field ${name}`);
  return field;
}

function named<T extends { readonly id: string }>(id: string, list: readonly T[]): T {
  const found = list.find((one) => one.id === id);
  if (found === undefined) throw new TypeError(`There is no ${id}`);
  return found;
}
