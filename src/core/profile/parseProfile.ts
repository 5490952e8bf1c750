import { EntryReader } from './fields/entryReader.ts';
import type { Variables } from './environments.ts';
import { takesField, type Field, type ProfileLists } from './fields/field.ts';
import { readField } from './fields/readField.ts';
import { productLists } from '../productLists.ts';
import { isSecretName } from '../secretNames.ts';
import { nearestField } from './names.ts';
import type { ProfileSource } from './profileSource.ts';
import { kindOf, quoted, type ProfileProblem } from './problem.ts';
import type { Profile } from './profile.ts';
import { slug } from './slug.ts';
import type { AuthenticationTraits, GrantTraits } from './traits.ts';
import { fillVariables, type FilledEntry } from './variables.ts';
import { isObject } from '../../shared/json.ts';

/** A usable profile; hints tell what was ignored or read leniently. */
export interface ValidEntry {
  readonly profile: Profile;
  readonly hints: readonly ProfileProblem[];
  /** The profile before its variables were resolved; absent when it has none. */
  readonly written?: Profile;
  /** The settings that define its variables; absent when it has none. */
  readonly valuesFrom?: ProfileSource;
}

/** An unusable entry, with at least one problem; `id` and `name` as far as they can be read. */
export interface InvalidEntry {
  readonly id?: string;
  readonly name?: string;
  readonly problems: readonly ProfileProblem[];
  readonly hints: readonly ProfileProblem[];
}

/**
 * Parses one entry of `oauthExplorer.profiles`; never throws, whatever the value.
 *
 * @param variables values for `${name}` in its fields, which make of a written profile the one in effect; without them the text
 * is taken literally
 */
export function parseProfile(
  value: unknown,
  lists: ProfileLists = productLists,
  variables?: Variables,
): ValidEntry | InvalidEntry {
  if (!isObject(value))
    return {
      problems: [{ path: [], message: `A profile must be an object, not ${kindOf(value)}.` }],
      hints: [],
    };
  if (variables === undefined) return readEntry(value, lists);
  const filled = fillVariables(value, lists.fields, variables);
  return filled.written.size === 0
    ? readEntry(value, lists)
    : inEnvironment(readEntry(filled.entry, lists), filled, lists, variables);
}

/** Adds to a parsed entry its environment, the profile as it was written, and the variables without a value. */
function inEnvironment(
  read: ValidEntry | InvalidEntry,
  { written, problems }: FilledEntry,
  { fields }: ProfileLists,
  { environment }: Variables,
): ValidEntry | InvalidEntry {
  if ('profile' in read && problems.length === 0 && environment !== undefined) {
    const texts = fields.flatMap(({ name, ...field }) => {
      const text = written.get(name);
      if (text === undefined || !Object.hasOwn(read.profile, name)) return [];
      const isList = field.kind === 'list' && typeof text === 'string';
      return [[name, !isList ? text : field.single === 'item' ? [text] : text.split(' ').filter(Boolean)]];
    });
    return {
      // The environment is added to the name, so that lists, questions, notifications and reports show it; a name with
      // variables tells it already.
      profile: {
        ...read.profile,
        ...(!written.has('name') && { name: `${read.profile.name} (${environment.name})` }),
        environment: environment.name,
      },
      hints: read.hints,
      written: { ...read.profile, ...(Object.fromEntries(texts) as Partial<Profile>) },
      valuesFrom: environment.source,
    };
  }
  const unfilled = new Set(problems.map(({ path }) => path[0]));
  const others = 'profile' in read ? [] : read.problems.filter(({ path }) => !unfilled.has(path[0]));
  const { id, name } = 'profile' in read ? read.profile : read;
  return {
    ...{ ...(id !== undefined && { id }), ...(name !== undefined && { name }), hints: read.hints },
    problems: [
      ...problems,
      ...others.map(({ path, message }) => ({
        path,
        message:
          environment !== undefined && written.has(String(path[0]))
            ? `${message} Its value comes from the environment ${quoted(environment.name)}.`
            : message,
      })),
    ],
  };
}

function readEntry(value: Readonly<Record<string, unknown>>, lists: ProfileLists): ValidEntry | InvalidEntry {
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

/** The fields that the grant has. They were read by their declarations, from which the type is derived. */
function profileOf(
  { fields }: ProfileLists,
  grant: GrantTraits,
  values: ReadonlyMap<string, unknown>,
): Profile {
  const taken = fields.filter((field) => takesField(grant, field) && values.get(field.name) !== undefined);
  return Object.fromEntries(taken.map(({ name }) => [name, values.get(name)])) as Profile;
}

/** Reports each unknown name. A likely typo is a problem, since the profile would do something else than was meant. */
function checkNames(reader: EntryReader, fields: readonly Field[]): void {
  const known = new Set(fields.map(({ name }) => name));
  for (const name of reader.names()) {
    if (known.has(name)) continue;
    const near = nearestField(name, fields);
    if (isSecretName(name))
      reader.problem(
        [name],
        `${quoted(name)} would put a secret into the settings. Remove it here and use “Set Client Secret”; if this file was shared, change the secret.`,
      );
    else if (near) reader.problem([name], `There is no field ${quoted(name)}. Did you mean ${near}?`);
    else reader.hint([name], `There is no field ${quoted(name)}; it is ignored.`);
  }
}

/** Derives the id from the name, or the name from the id. */
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
  if (grant?.needsOneOf) checkOneOf(reader, grant.id, grant.needsOneOf);
}

function checkOneOf(reader: EntryReader, grant: string, fields: readonly string[]): void {
  const [given, ...more] = fields.filter((field) => (reader.value(field) ?? false) !== false);
  const [first = '', ...others] = fields;
  if (given === undefined)
    reader.problem([], `${first} is missing: ${grant} needs it, or ${others.join(' or ')} in its place.`);
  for (const field of more)
    reader.problem([field], `${field} does not go with ${given}: ${grant} takes only one of them.`);
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

/** The secret is kept for one origin: a typed endpoint at another one would leak it there. */
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

/** Checks that need the values of several fields. */
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
