import type { EntryReader } from './entryReader.ts';
import { textProblem } from './entryReader.ts';
import { kindOf, quoted } from './problem.ts';
import type { ExtraParameters } from './profile.ts';
import { looksSecret } from './profileFields.ts';

/** Most items in a list of a profile. */
export const mostItems = 200;

/** @see RFC 6749 section 3.3 (scope-token) */
export const scopePattern = /^[\x21\x23-\x5b\x5d-\x7e]+$/u;

/** An absolute URI without fragment. @see RFC 8707 section 2 */
export const resourcePattern = /^[A-Za-z][A-Za-z0-9+.-]*:[^\s#]+$/u;

/** The name of an extra parameter. */
export const parameterNamePattern = /^[\x21-\x7e]{1,128}$/u;

/** A list of scope tokens, in order and each once; a single text is split at its blanks, with a hint. */
export function readScopes(reader: EntryReader): readonly string[] {
  const value = reader.value('scopes');
  if (value === undefined) return [];
  if (typeof value === 'string' && value.length <= 16_384) {
    reader.hint(
      ['scopes'],
      'scopes is one text; it is split at its blanks. Better write a list, one scope an item.',
    );
    return readItems(reader, 'scopes', value.split(' ').filter(Boolean), scopeProblem);
  }
  return readItems(reader, 'scopes', value, scopeProblem);
}

function scopeProblem(scope: string): string | undefined {
  if (scopePattern.test(scope)) return undefined;
  return scope.includes(' ')
    ? `The scope ${quoted(scope)} holds a blank. Write each scope as an item of its own.`
    : `The scope ${quoted(scope)} holds a character that RFC 6749 does not allow in a scope (only printable ASCII without " and \\).`;
}

/** Resource indicators: a list, or a single text. @see RFC 8707 section 2 */
export function readResource(reader: EntryReader): readonly string[] {
  const value = reader.value('resource');
  if (value === undefined) return [];
  return readItems(reader, 'resource', typeof value === 'string' ? [value] : value, (resource) => {
    if (resource.includes('#')) return 'A resource must not hold a fragment (#).';
    return resourcePattern.test(resource) && URL.canParse(resource)
      ? undefined
      : 'A resource must be an absolute URI such as https://api.example.com.';
  });
}

function readItems(
  reader: EntryReader,
  field: 'scopes' | 'resource',
  value: unknown,
  wrong: (item: string) => string | undefined,
): readonly string[] {
  if (!Array.isArray(value)) {
    reader.problem([field], `${field} must be a list of texts, not ${kindOf(value)}.`);
    return [];
  }
  if (value.length > mostItems) {
    reader.problem([field], `${field} holds more than ${mostItems} items.`);
    return [];
  }
  const items = new Set<string>();
  for (const [index, item] of (value as unknown[]).entries()) {
    const problem = textProblem(`Item ${index + 1} of ${field}`, item, 2048) ?? wrong(item as string);
    if (problem !== undefined) reader.problem([field, index], problem);
    else if (items.has(item as string))
      reader.hint([field, index], `${quoted(item as string)} is there twice; it is used once.`);
    else items.add(item as string);
  }
  return [...items];
}

/** What the flow itself sends, so that a profile must not: parameter to the field that shapes it. */
export const ownParameters: ReadonlyMap<string, string> = new Map([
  ['grant_type', 'grant'],
  ['client_id', 'clientId'],
  ['scope', 'scopes'],
  ['redirect_uri', 'redirectUri'],
  ['response_type', ''],
  ['state', ''],
  ['nonce', ''],
  ['code_challenge', ''],
  ['code_challenge_method', ''],
]);

/** Extra request parameters: an object of texts, none of them the flow's own or a secret. */
export function readParameters(
  reader: EntryReader,
  field: 'authorizationParameters' | 'tokenParameters',
): ExtraParameters {
  const value = reader.value(field);
  if (value === undefined) return {};
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    reader.problem([field], `${field} must be an object of names and texts, not ${kindOf(value)}.`);
    return {};
  }
  const entries = Object.entries(value as Record<string, unknown>);
  if (entries.length > mostItems) {
    reader.problem([field], `${field} holds more than ${mostItems} parameters.`);
    return {};
  }
  for (const [name, text] of entries) {
    const problem = parameterProblem(name, text);
    if (problem !== undefined) reader.problem([field, name], problem);
  }
  // fromEntries defines own properties, so that a parameter named `__proto__` stays a parameter.
  return Object.fromEntries(entries.filter(([, text]) => typeof text === 'string')) as ExtraParameters;
}

function parameterProblem(name: string, value: unknown): string | undefined {
  if (!parameterNamePattern.test(name))
    return `The parameter name ${quoted(name)} must be 1 to 128 printable ASCII characters without blanks.`;
  if (looksSecret(name))
    return `The parameter ${quoted(name)} would put a secret into the settings. Remove it; for the client secret use “Set Client Secret”.`;
  const owner = ownParameters.get(name);
  if (owner !== undefined)
    return owner === ''
      ? `The parameter ${quoted(name)} is made anew for every flow. Remove it.`
      : `The parameter ${quoted(name)} is sent by the flow itself. Remove it and use the field ${owner}.`;
  if (typeof value !== 'string')
    return `The parameter ${quoted(name)} must be a text, not ${kindOf(value)}. Put it in quotation marks.`;
  if (value.length > 8192) return `The parameter ${quoted(name)} is longer than 8192 characters.`;
  return undefined;
}
