import type { ProfileFormEdit } from '../../shared/views/profileForm.ts';
import { clientAuthentications, grants } from '../profile/profile.ts';
import type { Provider } from '../diagnose/provider.ts';
import type { DraftPair, ProfileDraft } from './draft.ts';
import { withAnswers, withGrant } from './providerDefaults.ts';
import { splitResources, splitScopes } from './splitValues.ts';

/** The draft after one change of a field; a change that makes no sense (the webview is not trusted) changes nothing. */
export function editDraft(draft: ProfileDraft, edit: ProfileFormEdit, provider: Provider): ProfileDraft {
  switch (edit.type) {
    case 'text':
      return { ...draft, [edit.field]: edit.value };
    case 'ask':
      return withAnswers(provider, draft, { ...draft.answers, [edit.name]: edit.value });
    case 'choose':
      return choose(draft, edit, provider);
    case 'renew':
      return { ...draft, renew: edit.value };
    case 'add': {
      const added = edit.field === 'scopes' ? splitScopes(edit.text) : splitResources(edit.text);
      return { ...draft, [edit.field]: [...new Set([...draft[edit.field], ...added])] };
    }
    case 'remove':
      return { ...draft, [edit.field]: draft[edit.field].filter((_, index) => index !== edit.index) };
    case 'pair':
      return { ...draft, [edit.field]: withRow(draft[edit.field], edit) };
    case 'removePair':
      return { ...draft, [edit.field]: draft[edit.field].filter((_, index) => index !== edit.index) };
  }
}

function choose(
  draft: ProfileDraft,
  edit: Extract<ProfileFormEdit, { type: 'choose' }>,
  provider: Provider,
): ProfileDraft {
  switch (edit.field) {
    case 'grant': {
      const grant = grants.find((known) => known === edit.value);
      return grant === undefined ? draft : withGrant(provider, draft, grant);
    }
    case 'clientAuthentication': {
      const method = clientAuthentications.find((known) => known === edit.value);
      return method === undefined ? draft : { ...draft, clientAuthentication: method };
    }
    case 'basicEncoding':
      return { ...draft, basicEncoding: edit.value === 'raw' ? 'raw' : 'form' };
    case 'tokenDialect':
      return { ...draft, tokenDialect: edit.value };
    case 'target':
      return draft;
  }
}

function withRow(
  rows: readonly DraftPair[],
  { index, part, value }: Extract<ProfileFormEdit, { type: 'pair' }>,
): DraftPair[] {
  if (index >= rows.length) return [...rows, { name: '', value: '', [part]: value }];
  return rows.map((row, at) => (at === index ? { ...row, [part]: value } : row));
}
