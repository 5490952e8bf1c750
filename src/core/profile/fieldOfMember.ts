import { profileFields } from './fields/all.ts';

type Named = Extract<(typeof profileFields)[number], { readonly metadata: string }>;

/** The profile's field that overrides a member of the server's metadata; undefined when none does. */
export function fieldOfMember(member: string): Named['name'] | undefined {
  return profileFields.find((field): field is Named => 'metadata' in field && field.metadata === member)
    ?.name;
}
