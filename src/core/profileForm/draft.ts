import { suitsAuthentication, takesField, type Field, type ProfileLists } from '../profile/fields/field.ts';
import { productLists } from '../productLists.ts';
import type { profileFields } from '../profile/fields/all.ts';
import type { ExtraParameters, Profile } from '../profile/profile.ts';
import { isList, objectOf } from '../../shared/json.ts';

/** A name and value still being typed; names may be empty or occur twice. */
export interface DraftPair {
  readonly name: string;
  readonly value: string;
}

/** The value of a field while it is typed: everything but lists, rows and flags is text. */
type DraftValue<F extends Field> = F extends { readonly kind: 'list' }
  ? readonly string[]
  : F extends { readonly kind: 'pairs' }
    ? readonly DraftPair[]
    : F extends { readonly kind: 'flag' }
      ? boolean
      : F extends { readonly metadata: string }
        ? string | null
        : string;

/**
 * A profile still being typed, and the fields of every grant are kept while one is chosen. An empty id is made from the name, an
 * endpoint that is `null` is as the server's metadata says.
 */
export type ProfileDraft = {
  readonly [F in (typeof profileFields)[number] as F['name']]: DraftValue<F>;
} & {
  /** Answers to what the provider asks. */
  readonly answers: Readonly<Record<string, string>>;
};

/** What stands in a field that nothing was typed into. */
function emptyValue(field: Field, { grants, authentications }: ProfileLists): unknown {
  switch (field.kind) {
    case 'list':
    case 'pairs':
      return [];
    case 'flag':
      return false;
    case 'url':
      return field.metadata === undefined ? (field.default ?? '') : null;
    case 'choice':
      if (field.name === 'grant') return grants[0]?.id ?? '';
      if (field.name === 'clientAuthentication') return authentications[0]?.id ?? '';
      return field.default ?? '';
    case 'text':
      return field.default ?? '';
    case 'number':
    case 'json':
      return '';
  }
}

/** A new draft; its values are made by the declarations that its type is derived from. */
export function newDraft(lists = productLists): ProfileDraft {
  const values = lists.fields.map((field) => [field.name, emptyValue(field, lists)]);
  return { ...(Object.fromEntries(values) as ProfileDraft), answers: {} };
}

export const emptyDraft = newDraft();

/** The value of a draft's field by its name. */
export function draftValue(draft: ProfileDraft, name: string): unknown {
  return new Map<string, unknown>(Object.entries(draft)).get(name);
}

/** The draft that an existing profile's form starts with. */
export function draftOf(profile: Profile, lists = productLists): ProfileDraft {
  return { ...newDraft(lists), ...entryDraft({ ...profile }, lists) };
}

/** As much of a settings entry as can be shown in the form, however incomplete or wrong it is. */
export function entryDraft(
  entry: Readonly<Record<string, unknown>>,
  lists = productLists,
): Partial<ProfileDraft> {
  const values = new Map(Object.entries(entry));
  const shown = lists.fields.map((field) => [field.name, shownValue(field, values.get(field.name), lists)]);
  return Object.fromEntries(shown.filter(([, value]) => value !== undefined)) as Partial<ProfileDraft>;
}

function shownValue(field: Field, value: unknown, lists: ProfileLists): unknown {
  switch (field.kind) {
    case 'text':
    case 'url':
      return typeof value === 'string' ? value : undefined;
    case 'choice':
      return field.choices(lists).find((one) => one.value === value)?.value;
    case 'list':
      return (isList(value) ? value : [value]).filter((one) => typeof one === 'string');
    case 'pairs':
      return pairsOf(textsIn(value));
    case 'flag':
      return value === true;
    case 'number':
      return typeof value === 'number' ? String(value) : undefined;
    case 'json':
      return value === undefined ? undefined : JSON.stringify(value, null, 2);
  }
}

function textsIn(value: unknown): ExtraParameters {
  const entries = Object.entries(objectOf(value));
  return Object.fromEntries(entries.filter(([, item]) => typeof item === 'string')) as ExtraParameters;
}

/** Parameters as rows. */
function pairsOf(parameters: ExtraParameters): DraftPair[] {
  return Object.entries(parameters).map(([name, value]) => ({ name, value }));
}

/**
 * The draft as it would stand in the settings: what is empty, default or of another grant is left out.
 *
 * @param id used when the draft has none of its own.
 */
export function inputOf(draft: ProfileDraft, id: string, lists = productLists): Record<string, unknown> {
  const values = new Map<string, unknown>(Object.entries(draft));
  const input = lists.fields
    .filter((field) => isThere(field, draft, lists))
    .map((field): [string, unknown] => [field.name, inputValue(field, values.get(field.name))])
    .filter(([, value]) => value !== undefined);
  return { id, ...Object.fromEntries(input) };
}

/** Whether the draft's grant and client authentication take the field. */
export function isThere(field: Field, draft: ProfileDraft, lists: ProfileLists): boolean {
  const grant = lists.grants.find(({ id }) => id === draft.grant);
  const authentication = lists.authentications.find(({ id }) => id === draft.clientAuthentication);
  return (
    (grant === undefined || takesField(grant, field)) &&
    (authentication === undefined ||
      suitsAuthentication(authentication, field) ||
      grant?.fields?.includes(field.name) === true)
  );
}

function inputValue(field: Field, value: unknown): unknown {
  if (typeof value === 'string') {
    const text = value.trim();
    if (text === '' || (field.kind === 'choice' && text === field.default)) return undefined;
    if (field.kind === 'number') return /^-?\d{1,15}$/.test(text) ? Number(text) : text;
    return field.kind === 'json' ? fromJson(text) : text;
  }
  if (field.kind === 'pairs') return named(value as readonly DraftPair[]);
  return Array.isArray(value) && value.length > 0 ? value : value === true ? true : undefined;
}

/** What is not JSON yet stays the text it is, and the field says so. */
function fromJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

function named(rows: readonly DraftPair[]): ExtraParameters | undefined {
  const kept = rows.filter((row) => row.name.trim() !== '');
  return kept.length === 0 ? undefined : Object.fromEntries(kept.map((row) => [row.name.trim(), row.value]));
}

/** Whether saving one would write the same as saving the other. */
export function sameDraft(one: ProfileDraft, other: ProfileDraft, lists: ProfileLists): boolean {
  return JSON.stringify(inputOf(one, '', lists)) === JSON.stringify(inputOf(other, '', lists));
}
