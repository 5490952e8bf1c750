import { isList } from '../../shared/json.ts';
import { takesField, type Field } from './fields/field.ts';
import { grantNamed, productLists } from '../productLists.ts';
import type { Profile } from './profile.ts';

/** A profile as the settings store it. */
export type ProfileJson = Readonly<Record<string, unknown>>;

/**
 * Serializes what differs from the defaults, in a fixed order; `parseProfile` restores the same profile. The id is always
 * written: derived from the name it would change with it, and the secret would be lost.
 */
export function serializeProfile(profile: Profile, lists = productLists): ProfileJson {
  const values = new Map<string, unknown>(Object.entries(profile));
  const grant = grantNamed(profile.grant, lists);
  const defaults = new Map<string, unknown>([['clientAuthentication', grant.defaultAuthentication]]);
  const json: [string, unknown][] = [];
  for (const field of lists.fields) {
    const value = values.get(field.name);
    const byDefault =
      defaults.get(field.name) ?? ('default' in field && field.kind !== 'choice' ? field.default : undefined);
    // Of JSON, `{}` is a value.
    const isLeft = field.kind === 'json' ? value === undefined : isEmpty(value);
    if (takesField(grant, field) && value !== byDefault && !isLeft)
      json.push([field.name, written(field, value)]);
  }
  return Object.fromEntries(json);
}

function isEmpty(value: unknown): boolean {
  return (
    value === undefined || (typeof value === 'object' && value !== null && Object.keys(value).length === 0)
  );
}

function written(field: Field, value: unknown): unknown {
  const mayStandAlone = field.kind === 'list' && field.single === 'item';
  return mayStandAlone && isList(value) && value.length === 1 ? value[0] : value;
}
