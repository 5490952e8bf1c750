import type { Profile } from './profile.ts';
import { defaultClientAuthentication, defaultRedirectUri } from './profileDefaults.ts';
import { profileFields, usesField, type ProfileField } from './profileFields.ts';

/** A profile as it is written to the settings. */
export type ProfileJson = Readonly<Partial<Record<ProfileField, unknown>>>;

/**
 * Writes only what differs from the defaults, in a fixed order; `parseProfile` makes the same profile of it. The id is always
 * written: made of the name it would change with it, and the secret would be lost.
 */
export function serializeProfile(profile: Profile): ProfileJson {
  const values = new Map<string, unknown>(Object.entries(profile));
  const json: [ProfileField, unknown][] = [];
  for (const field of profileFields) {
    const value = values.get(field);
    if (!usesField(profile.grant, field) || isDefault(profile, field, value)) continue;
    json.push([field, field === 'resource' ? oneOrMore(value) : value]);
  }
  return Object.fromEntries(json);
}

function isDefault(profile: Profile, field: ProfileField, value: unknown): boolean {
  switch (field) {
    case 'clientAuthentication':
      return value === defaultClientAuthentication(profile.grant);
    case 'redirectUri':
      return value === defaultRedirectUri;
    default:
      return value === undefined || isEmpty(value);
  }
}

function isEmpty(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}

function oneOrMore(value: unknown): unknown {
  return Array.isArray(value) && value.length === 1 ? (value[0] as unknown) : value;
}
