import type { ProfileFormIntent, ProfileFormModel } from '../src/shared/views/profileForm.ts';
import { Edits } from './profile/edits.ts';
import { focusField } from './profile/field.ts';
import { focusProblem, moveFocus, showProblem } from './profile/focusProblem.ts';
import { profileView } from './profile/form.ts';
import { profileStyles } from './profile/styles.ts';
import { startView } from './view.ts';

const edits = new Edits();
/** The field the host last asked to begin at: each request moves the focus once. */
let focused: string | undefined;

startView<ProfileFormModel, ProfileFormIntent>((model, send) => {
  edits.begin(model.seen, send);
  if (edits.savedWithProblems(model.form?.save.tone === 'problem')) moveFocus(focusProblem);
  requestAnimationFrame(showProblem);
  if (model.focus !== focused) {
    focused = model.focus;
    if (focused !== undefined) moveFocus(() => focusField(focused ?? ''));
  }
  return profileView(model, edits);
}, profileStyles);
