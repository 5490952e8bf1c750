import { EntryReader } from './fields/entryReader.ts';
import { takesField, type Field, type ProfileLists } from './fields/field.ts';
import { readField } from './fields/readField.ts';
import { productLists } from '../productLists.ts';
import { looksSecret, nearestField } from './names.ts';
import { kindOf, quoted, type ProfileProblem } from './problem.ts';
import type { Profile } from './profile.ts';
import { slug } from './slug.ts';
import type { AuthenticationTraits, GrantTraits } from './traits.ts';
import { isObject } from '../../shared/json.ts';

/** A profile that can be used; hints say what was ignored or read generously. */
export interface ValidEntry {
  readonly profile: Profile;
  readonly hints: readonly ProfileProblem[];
}

/** An entry that cannot be used, with at least one problem; `id` and `name` are there as far as they are readable. */
export interface InvalidEntry {
  readonly id?: string;
  readonly name?: string;
  readonly problems: readonly ProfileProblem[];
  readonly hints: readonly ProfileProblem[];
}

/** Reads one entry of `oauthExplorer.profiles`; never throws, whatever the value. */
export function parseProfile(value: unknown, lists: ProfileLists = productLists): ValidEntry | InvalidEntry {
  if (!isObject(value))
    return {
      problems: [{ path: [], message: `A profile must be an object, not ${kindOf(value)}.` }],
      hints: [],
    };
  const reader = new EntryReader(value);
  checkNames(reader, lists.fields);
  const values = new Map(lists.fields.map((field) => [field.name, readField(reader, field, lists)]));
  name(reader, values);
  const grant = lists.grants.find(({ id }) => id === values.get('grant'));
  const chosen = values.get('clientAuthentication') ?? grant?.defaultAuthentication ?? 'none';
  values.set('clientAuthentication', chosen);
  const authentication = lists.authentications.find(({ id }) => id === chosen);
  checkPresence(reader, lists, grant);
  checkAuthentication(reader, grant, authentication);
  if (authentication?.proves === true) checkSecretOrigin(reader, lists, values);
  checkValues(reader, lists, values);
  const { problems, hints } = reader;
  if (grant) hintUnused(reader, lists, grant);
  if (problems.length > 0 || grant === undefined) {
    const [id, called] = [values.get('id'), values.get('name')] as [string?, string?];
    return { ...(id && { id }), ...(called && { name: called }), problems, hints };
  }
  return { profile: profileOf(lists, grant, values), hints };
}

/** The fields the grant takes. They are read by their declarations, which is what the type is derived from. */
function profileOf(
  { fields }: ProfileLists,
  grant: GrantTraits,
  values: ReadonlyMap<string, unknown>,
): Profile {
  const taken = fields.filter((field) => takesField(grant, field) && values.get(field.name) !== undefined);
  return Object.fromEntries(taken.map(({ name }) => [name, values.get(name)])) as Profile;
}

/** Says what every field is that is not ours; a slip of the pen is a problem, since the profile would do something else. */
function checkNames(reader: EntryReader, fields: readonly Field[]): void {
  const known = new Set(fields.map(({ name }) => name));
  for (const name of reader.names()) {
    if (known.has(name)) continue;
    const near = nearestField(name, fields);
    if (looksSecret(name))
      reader.problem(
        [name],
        `${quoted(name)} would put a secret into the settings. Remove it here and use “Set Client Secret”; if this file was shared, change the secret.`,
      );
    else if (near) reader.problem([name], `There is no field ${quoted(name)}. Did you mean ${near}?`);
    else reader.hint([name], `There is no field ${quoted(name)}; it is ignored.`);
  }
}

/** An id is made of the name, or the name is the id. */
function name(reader: EntryReader, values: Map<string, unknown>): void {
  const [written, called] = [values.get('id'), values.get('name')] as [string?, string?];
  if (!reader.has('id') && !reader.has('name')) reader.problem([], 'name is missing.');
  const id = written ?? (reader.has('id') ? '' : slug(called ?? ''));
  if (id === '' && called !== undefined && !reader.has('id'))
    reader.problem([], 'id is missing, and none can be made from this name.');
  values.set('id', id).set('name', called ?? id);
}

function checkPresence(reader: EntryReader, { fields }: ProfileLists, grant: GrantTraits | undefined): void {
  const missing = (field: string) => !reader.has(field);
  for (const { name, required } of fields)
    if (required && missing(name)) reader.problem([], `${name} is missing.`);
  const noIssuer = missing('issuer');
  if (noIssuer && missing('tokenEndpoint')) {
    reader.problem([], 'issuer or tokenEndpoint is missing.');
    return;
  }
  for (const field of fields) {
    if (grant?.needs.includes(field.name) !== true || !missing(field.name)) continue;
    if (!('metadata' in field)) reader.problem([], `${field.name} is missing: ${grant.id} needs it.`);
    else if (noIssuer)
      reader.problem([], `${field.name} is missing: without an issuer it cannot be looked up.`);
  }
}

function checkAuthentication(
  reader: EntryReader,
  grant: GrantTraits | undefined,
  authentication: AuthenticationTraits | undefined,
): void {
  if (grant?.provesItself && authentication?.proves === false)
    reader.problem(
      ['clientAuthentication'],
      `clientAuthentication ${authentication.id} does not go with ${grant.id}: only a client that proves itself gets a token for itself.`,
    );
}

/** The secret is kept for one origin and goes nowhere else: a typed endpoint elsewhere would carry it off. */
function checkSecretOrigin(
  reader: EntryReader,
  { fields }: ProfileLists,
  values: ReadonlyMap<string, unknown>,
): void {
  const issuer = values.get('issuer');
  if (typeof issuer !== 'string') return;
  for (const field of fields) {
    const url = values.get(field.name);
    if (!('getsSecret' in field) || typeof url !== 'string') continue;
    if (new URL(url).origin !== new URL(issuer).origin)
      reader.problem(
        [field.name],
        `${field.name} is on another origin than issuer, and the client secret is kept for the issuer’s origin only. ` +
          `Remove ${field.name} to use the one the issuer publishes, or remove issuer.`,
      );
  }
}

/** What only shows when a value is seen with the others. */
function checkValues(
  reader: EntryReader,
  { fields }: ProfileLists,
  values: ReadonlyMap<string, unknown>,
): void {
  for (const field of fields) {
    const value = values.get(field.name);
    const wrong = 'check' in field && typeof value === 'string' ? field.check(value, values) : undefined;
    if (wrong !== undefined) reader.problem([field.name], wrong);
  }
}

function hintUnused(reader: EntryReader, { fields }: ProfileLists, grant: GrantTraits): void {
  for (const field of fields)
    if (reader.has(field.name) && !takesField(grant, field))
      reader.hint([field.name], `${field.name} is not used by ${grant.id}; it is ignored.`);
}
