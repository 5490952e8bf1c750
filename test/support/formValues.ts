import type { ProfileField } from '../../src/core/profile/profile.ts';
import type {
  ChoiceField,
  FormField,
  ListField,
  PairsField,
  ProfileFormFields,
  TextField,
} from '../../src/shared/views/profileForm.ts';

/** A drawn form whose fields are found by kind and name. */
export type FormValues = ProfileFormFields & {
  readonly text: Readonly<Record<ProfileField, TextField>>;
  readonly choice: Readonly<Record<ProfileField, ChoiceField>>;
  readonly list: Readonly<Record<ProfileField, ListField>>;
  readonly pairs: Readonly<Record<ProfileField, PairsField>>;
};

/** The form with its fields by kind and name; one that is not drawn is absent. */
export function formValues(form: ProfileFormFields): FormValues {
  const all = Object.values(form.fields).flat();
  const of = <T>(kind: FormField['kind']) =>
    Object.fromEntries(
      all.filter((field) => field.kind === kind).map((field) => [field.name, field]),
    ) as Record<ProfileField, T>;
  return { ...form, text: of('text'), choice: of('choice'), list: of('list'), pairs: of('pairs') };
}
