import { textProblem, type EntryReader } from './entryReader.ts';
import type { Field, JsonFieldDeclaration, ListFieldDeclaration, ProfileLists } from './field.ts';
import { kindOf, quoted } from '../problem.ts';
import type { ExtraParameters } from '../profile.ts';
import { isSecretName } from '../../secretNames.ts';
import { isList, isObject } from '../../../shared/json.ts';

/** Most items that a list may have. */
export const mostItems = 200;

/** Longest item of a list, in characters. */
export const longestItem = 2048;

/** Longest value of an extra parameter, in characters. */
export const longestParameter = 8192;

/** The name of an extra parameter. */
export const parameterNamePattern = /^[\x21-\x7e]{1,128}$/u;

/** An entry's value for a field, or its default; undefined when it has neither, or is invalid. */
export function readField(reader: EntryReader, field: Field, lists: ProfileLists): unknown {
  switch (field.kind) {
    case 'text':
    case 'url': {
      const read = field.kind === 'text' ? reader.text(field) : reader.url(field);
      return read === undefined ? field.default : (field.normalise?.(read) ?? read);
    }
    case 'choice':
      return reader.choice(
        field.name,
        field.choices(lists).map(({ value }) => value),
      );
    case 'flag':
      return reader.flag(field.name);
    case 'number':
      return reader.number(field);
    case 'list':
      return readList(reader, field);
    case 'pairs':
      return readParameters(reader, field.name);
    case 'json':
      return readJson(reader, field);
  }
}

function readJson(reader: EntryReader, { name, longest, problem }: JsonFieldDeclaration): unknown {
  const value = reader.value(name);
  if (value === undefined) return undefined;
  const wrong =
    typeof value !== 'object' || value === null
      ? `${name} must be a JSON object or list, not ${kindOf(value)}.`
      : JSON.stringify(value).length > longest
        ? `${name} is longer than ${longest} characters.`
        : problem?.(value);
  if (wrong === undefined) return value;
  reader.problem([name], wrong);
  return undefined;
}

/** A list of texts without duplicates; a single text in its place is split, with a hint, or is the one item. */
function readList(reader: EntryReader, field: ListFieldDeclaration): readonly string[] {
  const value = reader.value(field.name);
  if (value === undefined) return [];
  if (typeof value !== 'string') return readItems(reader, field, value);
  if (field.single === 'item') return readItems(reader, field, [value]);
  if (value.length > 16_384) return readItems(reader, field, value);
  reader.hint(
    [field.name],
    `${field.name} is one text, which is split at its spaces. Better write a list, one ${field.noun} an item.`,
  );
  return readItems(reader, field, value.split(' ').filter(Boolean));
}

function readItems(
  reader: EntryReader,
  { name: field, itemProblem }: ListFieldDeclaration,
  value: unknown,
): readonly string[] {
  if (!isList(value)) {
    reader.problem([field], `${field} must be a list of texts, not ${kindOf(value)}.`);
    return [];
  }
  if (value.length > mostItems) {
    reader.problem([field], `${field} holds more than ${mostItems} items.`);
    return [];
  }
  const items = new Set<string>();
  for (const [index, item] of value.entries()) {
    const problem =
      textProblem(`Item ${index + 1} of ${field}`, item, longestItem) ?? itemProblem(item as string);
    if (problem !== undefined) reader.problem([field, index], problem);
    else if (items.has(item as string))
      reader.hint([field, index], `${quoted(item as string)} is there twice; it is used once.`);
    else items.add(item as string);
  }
  return [...items];
}

/** Parameters that the flow itself sends and a profile must not set, each with the field that controls it. */
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

/** Extra request parameters: texts by name, none of them the flow's own or a secret. */
function readParameters(reader: EntryReader, field: string): ExtraParameters {
  const value = reader.value(field);
  if (value === undefined) return {};
  if (!isObject(value)) {
    reader.problem([field], `${field} must be an object of names and texts, not ${kindOf(value)}.`);
    return {};
  }
  const entries = Object.entries(value);
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
    return `The parameter name ${quoted(name)} must be 1 to 128 printable ASCII characters without spaces.`;
  if (isSecretName(name))
    return `The parameter ${quoted(name)} would put a secret into the settings. Remove it; for the client secret use “Set Client Secret”.`;
  const owner = ownParameters.get(name);
  if (owner !== undefined)
    return owner === ''
      ? `The parameter ${quoted(name)} is made anew for every flow. Remove it.`
      : `The parameter ${quoted(name)} is sent by the flow itself. Remove it and use the field ${owner}.`;
  if (typeof value !== 'string')
    return `The parameter ${quoted(name)} must be a text, not ${kindOf(value)}. Put it in quotation marks.`;
  if (value.length > longestParameter)
    return `The parameter ${quoted(name)} is longer than ${longestParameter} characters.`;
  return undefined;
}
