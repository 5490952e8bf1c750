import { collect } from './collect.ts';
import { partNamed, type PartName } from './fields.ts';
import {
  listOf,
  objectOf,
  resolve,
  type ImportResult,
  type ImportedProfile,
  type Variables,
} from './imported.ts';
import { toImported } from './toImported.ts';
import { variableGroups } from './variableGroups.ts';

type Json = Readonly<Record<string, unknown>>;

/** Deepest folder looked into. */
const deepest = 30;

/** The OAuth 2.0 settings of a collection, its folders and requests. @see https://schema.postman.com (collection v2.1.0) */
export function fromPostmanCollection(json: Json): ImportResult {
  const variables = keyValues(json['variable']);
  const name = textOf(objectOf(json['info'])['name']) ?? 'Postman';
  const found = new Map<string, ImportedProfile | string>();
  visit({ ...json, name }, 0);
  return collect('Postman collection', [...found.values()]);

  function visit(node: Json, depth: number): void {
    const auth = objectOf(node['auth'] ?? objectOf(node['request'])['auth']);
    if (auth['type'] === 'oauth2') {
      const one = fromAuth(keyValues(auth['oauth2']), textOf(node['name']) ?? name, variables);
      // Folders often repeat what the collection says: the first with the same settings stands for all.
      found.set(sameness(one), found.get(sameness(one)) ?? one);
    }
    if (depth < deepest) for (const child of listOf(node['item'])) visit(objectOf(child), depth + 1);
  }
}

/** A Postman environment: loose variables. */
export function fromPostmanEnvironment(json: Json): ImportResult {
  const variables = keyValues(json['values']);
  return collect('Postman environment', variableGroups(variables, textOf(json['name']) ?? 'Postman'));
}

function fromAuth(settings: Variables, node: string, variables: Variables): ImportedProfile | string {
  const parts: Partial<Record<PartName, string>> = {};
  for (const [key, value] of settings) {
    const part = partNamed(key);
    if (part !== undefined) parts[part] = resolve(value, variables);
  }
  const tokenName = settings.get('tokenName')?.trim();
  return toImported({ ...parts, name: tokenName === undefined || tokenName === '' ? node : tokenName }, node);
}

/** `[{ key, value }]`, or in older collections a plain object; switched-off ones are left out. */
function keyValues(list: unknown): Variables {
  const pairs = Array.isArray(list)
    ? listOf(list)
        .map(objectOf)
        .filter(({ enabled, disabled }) => enabled !== false && disabled !== true)
        .map(({ key, value }) => [key, value] as const)
    : Object.entries(objectOf(list));
  return new Map(
    pairs.flatMap(([key, value]) =>
      typeof key === 'string' && (typeof value === 'string' || typeof value === 'number')
        ? [[key, String(value)] as const]
        : [],
    ),
  );
}

function sameness(one: ImportedProfile | string): string {
  return typeof one === 'string' ? one : JSON.stringify({ ...one.entry, name: '' });
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}
