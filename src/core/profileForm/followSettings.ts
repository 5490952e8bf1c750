import { draftOf, sameDraft } from './draft.ts';
import { hasUnsavedChanges } from './saveModel.ts';
import { listsOf, takeUp, type ProfileFormState, type SettingsEntry } from './state.ts';

/** A form without changes follows the settings; one with changes says that they are no longer what it began with. */
export function followSettings(state: ProfileFormState, entry: SettingsEntry): ProfileFormState {
  const { original, outside } = state;
  const lists = listsOf(state);
  if (original === undefined) return state;
  if (entry.kind !== 'profile') return outside?.kind === entry.kind ? state : { ...state, outside: entry };
  if (sameDraft(draftOf(entry.profile, lists), draftOf(original, lists), lists))
    return outside === null ? state : { ...state, outside: null };
  return hasUnsavedChanges(state) ? { ...state, outside: entry } : reloaded(state, entry);
}

/** The form as it is opened with what the settings have. */
export function reloaded(
  state: ProfileFormState,
  { profile, target }: Extract<SettingsEntry, { kind: 'profile' }>,
): ProfileFormState {
  const opened = takeUp(state.context, draftOf(profile, state.context.lists));
  const { issuer, trustedCertificate } = state.draft;
  const sameServer = opened.draft.issuer === issuer && opened.draft.trustedCertificate === trustedCertificate;
  return {
    ...state,
    ...opened,
    saved: opened.draft,
    original: profile,
    target,
    outside: null,
    discovery: sameServer ? state.discovery : { kind: 'idle' },
    left: [],
    submitted: false,
    save: { kind: 'idle' },
  };
}
