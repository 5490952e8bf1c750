import { EntryReader } from './entryReader.ts';
import { readParameters, readResource, readScopes } from './listFields.ts';
import { kindOf, quoted, type ProfileProblem } from './problem.ts';
import { clientAuthentications, grants, type Grant, type Profile } from './profile.ts';
import { defaultClientAuthentication, defaultRedirectUri } from './profileDefaults.ts';
import { looksSecret, nearestField, profileFields, usesField } from './profileFields.ts';
import { readServer } from './serverFields.ts';
import { slug } from './slug.ts';
import { redirectUriProblem } from './urlFields.ts';

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

/** Letters, digits and `. _ -`, so that an id is the same in keychains, settings and commands. */
export const idPattern = /^[A-Za-z0-9][A-Za-z0-9._-]*$/u;

/** Longest id, so that `<id>@<origin>` stays below the 513 characters of a Windows credential's user name. */
export const longestId = 100;

/** Longest name, in UTF-16 units. */
export const longestName = 100;

/** Reads one entry of `oauthExplorer.profiles`; never throws, whatever the value. */
export function parseProfile(value: unknown): ValidEntry | InvalidEntry {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return {
      problems: [{ path: [], message: `A profile must be an object, not ${kindOf(value)}.` }],
      hints: [],
    };
  const reader = new EntryReader(value);
  checkNames(reader);
  const naming = readNaming(reader);
  const grant = reader.choice('grant', grants);
  if (!reader.has('grant')) reader.problem([], 'grant is missing.');
  const client = readClient(reader, grant);
  const server = readServer(reader, grant, client.clientAuthentication);
  const code = readAuthorizationCode(reader);
  if (grant) hintUnused(reader, grant);
  const { problems, hints } = reader;
  if (problems.length > 0 || grant === undefined) {
    const { id, name } = naming;
    return { ...(id !== '' && { id }), ...(name !== '' && { name }), problems, hints };
  }
  const common = { ...naming, ...client, ...server };
  return {
    profile: grant === 'client_credentials' ? { ...common, grant } : { ...common, grant, ...code },
    hints,
  };
}

/** Says what every field is that is not ours; a slip of the pen is a problem, since the profile would do something else. */
function checkNames(reader: EntryReader): void {
  const known = new Set<string>(profileFields);
  for (const name of reader.names()) {
    if (known.has(name)) continue;
    const near = nearestField(name);
    if (looksSecret(name))
      reader.problem(
        [name],
        `${quoted(name)} would put a secret into the settings. Remove it here and use “Set Client Secret”; if this file was shared, change the secret.`,
      );
    else if (near) reader.problem([name], `There is no field ${quoted(name)}. Did you mean ${near}?`);
    else reader.hint([name], `There is no field ${quoted(name)}; it is ignored.`);
  }
}

function readNaming(reader: EntryReader): { readonly id: string; readonly name: string } {
  const written = reader.text('id', {
    longest: longestId,
    pattern: idPattern,
    shape: 'letters, digits, “.”, “_” or “-”, and begin with a letter or digit',
  });
  const name = reader.text('name', { longest: longestName });
  if (!reader.has('id') && !reader.has('name')) reader.problem([], 'name is missing.');
  const id = written ?? (reader.has('id') ? '' : slug(name ?? ''));
  if (id === '' && name !== undefined && !reader.has('id'))
    reader.problem([], 'id is missing, and none can be made from this name.');
  return { id, name: name ?? id };
}

function readClient(reader: EntryReader, grant: Grant | undefined) {
  const clientId = reader.text('clientId', { longest: 512 }) ?? '';
  if (!reader.has('clientId')) reader.problem([], 'clientId is missing.');
  const chosen = reader.choice('clientAuthentication', clientAuthentications);
  if (grant === 'client_credentials' && chosen === 'none')
    reader.problem(
      ['clientAuthentication'],
      'clientAuthentication none does not go with client_credentials: only a client that proves itself gets a token for itself.',
    );
  const basicEncoding = reader.choice('basicEncoding', ['form', 'raw']);
  const renew = reader.flag('renew');
  const audience = reader.text('audience', { longest: 2048 });
  return {
    clientId,
    clientAuthentication: chosen ?? defaultClientAuthentication(grant ?? 'authorization_code'),
    ...(basicEncoding !== undefined && { basicEncoding }),
    scopes: readScopes(reader),
    ...(audience !== undefined && { audience }),
    resource: readResource(reader),
    tokenParameters: readParameters(reader, 'tokenParameters'),
    ...(renew !== undefined && { renew }),
  };
}

function readAuthorizationCode(reader: EntryReader) {
  const authorizationEndpoint = reader.url('authorizationEndpoint');
  const redirectUri = reader.checked('redirectUri', redirectUriProblem) ?? defaultRedirectUri;
  const authorizationParameters = readParameters(reader, 'authorizationParameters');
  return {
    ...(authorizationEndpoint !== undefined && { authorizationEndpoint }),
    redirectUri,
    authorizationParameters,
  };
}

function hintUnused(reader: EntryReader, grant: Grant): void {
  for (const field of profileFields)
    if (reader.has(field) && !usesField(grant, field))
      reader.hint([field], `${field} is not used by ${grant}; it is ignored.`);
}
