import { partAtEnd, type PartName } from './fields.ts';
import type { ImportedProfile, Variables } from './imported.ts';
import { resolve } from './imported.ts';
import { toImported } from './toImported.ts';

/**
 * Profiles out of loose variables: those with the same beginning belong together, as in `ORDERS_CLIENT_ID` and
 * `ORDERS_TOKEN_URL` (or httpYac's `orders_clientId`). Only groups with a client and a server count.
 */
export function variableGroups(variables: Variables, fallbackName: string): (ImportedProfile | string)[] {
  const groups = new Map<string, Partial<Record<PartName, string>>>();
  for (const [name, value] of variables) {
    const found = partAtEnd(name);
    if (found === undefined || value.trim() === '') continue;
    const key = found.prefix.toLowerCase();
    const group = groups.get(key) ?? {};
    group[found.part] ??= resolve(value, variables);
    groups.set(key, group);
    // The first spelling of the beginning is the profile's name.
    group.name ??= found.prefix;
  }
  return [...groups.values()]
    .filter(
      ({ clientId, tokenEndpoint, issuer }) =>
        clientId !== undefined && (tokenEndpoint ?? issuer) !== undefined,
    )
    .map((parts) => toImported(parts, fallbackName));
}
