import { partAtEnd } from './fields.ts';
import { Gathered } from './gathered.ts';
import type { Found, VariableList } from './imported.ts';

/** Variables of the same beginning, whose ends are parts of a profile. */
interface Group {
  readonly name: string;
  readonly gathered: Gathered;
}

/**
 * Profiles out of loose variables: those with the same beginning belong together, as in `ORDERS_CLIENT_ID` and
 * `ORDERS_TOKEN_URL` (or httpYac's `orders_clientId`). A name with two values makes its group none: which belongs to which cannot
 * be known.
 */
export function variableGroups(list: VariableList, fallbackName: string): Found[] {
  const variables = new Map(list);
  const groups = new Map<string, Group>();
  for (const [name, value] of list) {
    const found = partAtEnd(name);
    if (found === undefined || value.trim() === '') continue;
    const key = found.prefix.toLowerCase();
    // The first spelling of the beginning is the profile's name.
    const group = groups.get(key) ?? { name: found.prefix, gathered: new Gathered(variables) };
    groups.set(key, group);
    group.gathered.put(found.part, value, name);
  }
  const clients = [...groups.values()].filter(({ gathered }) => isClient(gathered));
  const complete = clients.filter(({ gathered }) => isComplete(gathered));
  // Halves are only worth a form when there is nothing whole.
  return (complete.length > 0 ? complete : clients).flatMap(({ name, gathered }) =>
    finish(name, gathered, fallbackName),
  );
}

function finish(name: string, gathered: Gathered, fallbackName: string): Found[] {
  if (gathered.problems.length > 0) return [...gathered.problems];
  return [gathered.finish(name === '' ? fallbackName : name)];
}

function isClient(gathered: Gathered): boolean {
  return gathered.problems.length > 0 || gathered.get('clientId') !== undefined;
}

function isComplete(gathered: Gathered): boolean {
  const server = gathered.get('tokenEndpoint') ?? gathered.get('issuer');
  return gathered.problems.length > 0 || (gathered.get('clientId') !== undefined && server !== undefined);
}
