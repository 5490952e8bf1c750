import type { ChoiceField, SaveModel } from '../../shared/views/profileForm.ts';
import { sameDraft } from './draft.ts';
import type { FormProblems } from './problems.ts';
import { listsOf, type ProfileFormState } from './state.ts';

/** Which settings the profile is saved to. */
export function targetField({ target, context }: ProfileFormState): ChoiceField {
  const { workspaceUnavailable } = context;
  return {
    value: target,
    choices: [
      { value: 'user', label: 'User settings', description: 'For you, in every window.' },
      {
        value: 'workspace',
        label: 'Workspace settings',
        description: 'For everyone who works on this folder, without the secret.',
        ...(workspaceUnavailable !== undefined && { disabled: workspaceUnavailable }),
      },
    ],
  };
}

/** Whether closing the form would lose something. */
export function hasUnsavedChanges(state: ProfileFormState): boolean {
  return state.provider !== null && !sameDraft(state.draft, state.saved, listsOf(state));
}

/** What saving would do, or did. */
export function saveModel(state: ProfileFormState, { fields, items }: FormProblems): SaveModel {
  const where = state.target === 'user' ? 'user settings' : 'workspace settings';
  const label = state.original ? 'Save' : 'Add profile';
  const { save } = state;
  if (save.kind === 'saving') return { label, enabled: false, text: 'Saving…', tone: 'quiet' };
  if (save.kind === 'failed') return { label, enabled: true, text: save.text, tone: 'problem' };
  const wrong = new Set([...fields.keys(), ...items.keys()]).size;
  if (state.submitted && wrong > 0) {
    const text = wrong === 1 ? 'One field needs attention.' : `${wrong} fields need attention.`;
    return { label, enabled: true, text, tone: 'problem' };
  }
  if (save.kind === 'saved' && !hasUnsavedChanges(state))
    return { label, enabled: true, text: `Saved to ${where}.`, tone: 'good' };
  const text = hasUnsavedChanges(state) ? 'Changes are not saved yet.' : '';
  return { label, enabled: true, text, tone: 'quiet' };
}
