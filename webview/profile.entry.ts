import type { ProfileFormIntent, ProfileFormModel } from '../src/shared/views/profileForm.ts';
import { Edits } from './profile/edits.ts';
import { focusProblem } from './profile/focusProblem.ts';
import { profileView } from './profile/form.ts';
import { profileStyles } from './profile/styles.ts';
import { startView } from './view.ts';

const edits = new Edits();

startView<ProfileFormModel, ProfileFormIntent>((model, send) => {
  edits.begin(model.seen, send);
  if (edits.savedWithProblems(model.form?.save.tone === 'problem')) requestAnimationFrame(focusProblem);
  return profileView(model, edits);
}, profileStyles);
