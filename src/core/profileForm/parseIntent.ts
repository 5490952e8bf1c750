import { formActions, formEdits, type ProfileFormIntent } from '../../shared/views/profileForm.ts';
import { readIntent } from '../../shared/intents.ts';
import { member } from '../../shared/json.ts';
import type { Field, ProfileLists } from '../profile/fields/field.ts';
import { productLists } from '../productLists.ts';

/** What a webview sent as an intent of this form; `undefined` for anything else, since a webview is not trusted. */
export function parseIntent(value: unknown, lists = productLists): ProfileFormIntent | undefined {
  if (member(value, 'edit') === undefined) return readIntent(formActions, value);
  const edit = readIntent(formEdits, value);
  return edit && (edit.type === 'ask' || fieldsOf(edit.type, lists).includes(edit.field)) ? edit : undefined;
}

const edited: Readonly<Record<string, readonly Field['kind'][]>> = {
  text: ['text', 'url', 'number', 'json'],
  choose: ['choice'],
  flag: ['flag'],
  add: ['list'],
  remove: ['list'],
  pair: ['pairs'],
  removePair: ['pairs'],
};

/** The fields that an edit of this type may change. */
function fieldsOf(type: string, { fields }: ProfileLists): readonly string[] {
  const names = fields
    .filter(({ kind, form }) => form !== undefined && edited[type]?.includes(kind))
    .map(({ name }) => name);
  // Which dialects there are the catalogue says, and the target is none of the profile's own.
  return type === 'choose' ? [...names, 'tokenDialect', 'target'] : names;
}
