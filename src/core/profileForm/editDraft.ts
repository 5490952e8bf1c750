import { isList, textsOf } from '../../shared/json.ts';
import type { ProfileFormEdit } from '../../shared/views/profileForm.ts';
import type { Provider } from '../diagnose/provider.ts';
import type { ProfileLists } from '../profile/fields/field.ts';
import { draftValue, type DraftPair, type ProfileDraft } from './draft.ts';
import { withAnswers, withGrant } from './providerDefaults.ts';

/** The draft after one change of a field; a change that makes no sense (the webview is not trusted) changes nothing. */
export function editDraft(
  draft: ProfileDraft,
  edit: ProfileFormEdit,
  provider: Provider,
  lists: ProfileLists,
): ProfileDraft {
  if (edit.type === 'ask')
    return withAnswers(provider, draft, { ...draft.answers, [edit.name]: edit.value }, lists);
  const field = lists.fields.find(({ name }) => name === edit.field);
  const value = draftValue(draft, edit.field);
  const changed = (to: unknown): ProfileDraft => ({ ...draft, [edit.field]: to });
  switch (edit.type) {
    case 'text':
      return field && ['text', 'url', 'number', 'json'].includes(field.kind) ? changed(edit.value) : draft;
    case 'flag':
      return field?.kind === 'flag' ? changed(edit.value) : draft;
    case 'choose':
      if (!isChoice(edit, lists)) return draft;
      return edit.field === 'grant' ? withGrant(provider, draft, edit.value, lists) : changed(edit.value);
    case 'add':
      return field?.kind === 'list'
        ? changed([...new Set([...textsOf(value), ...field.split(edit.text)])])
        : draft;
    case 'pair':
      return field?.kind === 'pairs' ? changed(withRow(value as readonly DraftPair[], edit)) : draft;
    case 'remove':
    case 'removePair':
      return isList(value) ? changed(value.filter((_, index) => index !== edit.index)) : draft;
  }
}

function isChoice(
  { field: name, value }: Extract<ProfileFormEdit, { type: 'choose' }>,
  lists: ProfileLists,
): boolean {
  // The dialects are the catalogue's: the field itself is a text.
  if (name === 'tokenDialect') return true;
  const field = lists.fields.find((one) => one.name === name);
  return field?.kind === 'choice' && field.choices(lists).some((one) => one.value === value);
}

function withRow(
  rows: readonly DraftPair[],
  { index, part, value }: Extract<ProfileFormEdit, { type: 'pair' }>,
): DraftPair[] {
  if (index >= rows.length) return [...rows, { name: '', value: '', [part]: value }];
  return rows.map((row, at) => (at === index ? { ...row, [part]: value } : row));
}
