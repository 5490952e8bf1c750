import { createHash } from 'node:crypto';
import type { Field } from '../profile/fields/field.ts';
import { productLists } from '../productLists.ts';
import { secretPlace, type ExtraParameters, type Profile, type SecretPlace } from '../profile/profile.ts';

/** The service name of all our keychain entries. */
export const vaultService = 'oauth-explorer';

/**
 * The account of a profile's client secret: `<profile id>@<origin>`, so that it never follows a profile to another server, and
 * with the environment, so that two of them on one server never share any.
 */
export function secretKey({ id, origin, what, environment }: SecretPlace): string {
  const within = environment === undefined ? '' : `/in/${encodeURIComponent(environment.toLowerCase())}`;
  return `${id}@${origin}${within}${what === undefined ? '' : `/${what}`}`;
}

/**
 * The account that stands for the same in the environment `to`, as one that was renamed is called now; absent for an account that
 * does not belong to the environment `from`.
 */
export function movedAccount(account: string, from: string, to: string): string | undefined {
  // An origin has no path, so that what comes first after its host is the environment.
  const host = account.indexOf('://') + 3;
  const within = account.indexOf('/', host);
  const [before, after] = [from, to].map((name) => `/in/${encodeURIComponent(name.toLowerCase())}`) as [
    string,
    string,
  ];
  const rest = account.slice(within + before.length);
  if (host < 3 || !account.startsWith(before, within) || !/^(?:\/|$)/.test(rest)) return undefined;
  return account.slice(0, within) + after + rest;
}

/** The account for the bindings of a profile's client secret. */
export function bindingKey(place: SecretPlace): string {
  return `${secretKey(place)}/bound`;
}

/** The account for the token of exactly this set-up. */
export function tokenKey(profile: Profile): string {
  return `${secretKey(secretPlace(profile))}/token/${setupHash(profile)}`;
}

/** The account for the list of a profile's accounts. */
export function indexKey(profileId: string): string {
  return `${profileId}/accounts`;
}

/** Whose key it is: a profile's id has neither `@` nor a slash. */
export function profileOf(key: string): string {
  return key.split(/[@/]/, 1)[0] ?? '';
}

/** How many windows can announce at once what they are about to list. */
export const mostIntents = 8;

/** The account of what one window is about to list for a profile. */
export function intentKey(profileId: string, number: number): string {
  return `${indexKey(profileId)}/${number}`;
}

/** Whether a key is that of a list of accounts: a profile's id has no slash, and other accounts have an `@`. */
export function isIndexKey(key: string): boolean {
  return key.endsWith('/accounts') && !key.includes('@');
}

/**
 * A hash (32 hexadecimal digits) of everything that shapes a profile's token: another server, client, grant, scope, audience,
 * resource, parameter or dialect is another set-up. The order of scopes, resources and parameters does not matter, nor does what
 * only says how to reach the server (name, redirect URI, client authentication).
 */
export function setupHash(profile: Profile, { fields } = productLists): string {
  const values = new Map<string, unknown>(Object.entries(profile));
  const shaping = new Map(fields.filter((field) => field.shapesToken).map((field) => [field.name, field]));
  const shape: unknown[] = firstShape.map((name) => {
    const field = shaping.get(name);
    shaping.delete(name);
    return field && shapeOf(field, values.get(name));
  });
  // A field that came later counts only where it says something, so that tokens from before it are still found.
  for (const [name, field] of shaping)
    if (values.get(name) !== undefined) shape.push([name, shapeOf(field, values.get(name))]);
  return createHash('sha256').update(JSON.stringify(shape)).digest('hex').slice(0, 32);
}

/** What shaped a token in 0.1.0, in the order in which its hashes were made. */
const firstShape = [
  'id',
  'issuer',
  'tokenEndpoint',
  'authorizationEndpoint',
  'grant',
  'clientId',
  'scopes',
  'audience',
  'resource',
  'tokenParameters',
  'authorizationParameters',
  'tokenDialect',
];

/** A value in the one order in which it is hashed; `null` when there is none. */
function shapeOf({ kind }: Field, value: unknown): unknown {
  switch (kind) {
    case 'list':
      return [...((value ?? []) as readonly string[])].sort();
    case 'pairs':
      return sorted((value ?? {}) as ExtraParameters);
    default:
      return value ?? null;
  }
}

function sorted(parameters: ExtraParameters): [string, string][] {
  return Object.entries(parameters).sort(([a], [b]) => (a < b ? -1 : 1));
}
