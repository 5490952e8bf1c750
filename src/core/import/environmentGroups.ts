import type { Found, ImportedProfile, VariableList } from './imported.ts';
import { variableGroups } from './variableGroups.ts';

/** The clients in the variables of one of a file's environments; those of the same beginning are the same in another one. */
export function groupsOf(variables: VariableList, environment: string): Found[] {
  return variableGroups(variables, environment).map((one) => {
    const name = typeof one === 'string' ? undefined : one.entry['name'];
    const isNamed = name !== environment.slice(0, 100);
    return withOrigin(one, {
      environment,
      of: isNamed ? `variables ${String(name)}` : 'variables',
      name: isNamed ? name : 'Imported',
    });
  });
}

/** A profile with the place it is from; a sentence stays as it is. */
export function withOrigin(one: Found, origin: NonNullable<ImportedProfile['origin']>): Found {
  return typeof one === 'string' ? one : { ...one, origin };
}
