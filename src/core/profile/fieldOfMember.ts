import { profileFields } from './fields/all.ts';

type Named = Extract<(typeof profileFields)[number], { readonly metadata: string }>;

/** The field of a profile that stands in for a member of the server's metadata; absent: none does. */
export function fieldOfMember(member: string): Named['name'] | undefined {
  return profileFields.find((field): field is Named => 'metadata' in field && field.metadata === member)
    ?.name;
}
