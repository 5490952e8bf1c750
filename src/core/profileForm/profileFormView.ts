import { adviceFor } from './adviceFor.ts';
import {
  formSections,
  type AskField,
  type FormSection,
  type ProfileFormFields,
  type ProfileFormModel,
} from '../../shared/views/profileForm.ts';
import type { Catalogue } from '../diagnose/catalogue.ts';
import { plainText } from '../http/plainText.ts';
import { questionsFor } from '../diagnose/profileDefaults.ts';
import { recogniseProvider } from '../diagnose/recognise.ts';
import { hasAddresses } from './answers.ts';
import { fieldsIn, foldedPart } from './formFields.ts';
import { inEffect } from './inEffect.ts';
import { problemsOf, shownProblems, type FormProblems } from './problems.ts';
import { redirectAdvice } from './redirectAdvice.ts';
import { saveModel, targetField } from './saveModel.ts';
import { secretModel } from './secretModel.ts';
import { discoveryModel } from './serverTexts.ts';
import type { ProfileFormState, SettingsEntry } from './state.ts';

/** The form as it is drawn. */
export function profileFormView(state: ProfileFormState): ProfileFormModel {
  const typed = state.provider === null ? '' : plainText(state.draft.name, 80).trim();
  const heading = state.original?.name ?? (typed === '' ? 'New profile' : typed);
  const common = {
    heading,
    seen: state.seen,
    ...(state.focus !== null && { focus: state.focus }),
    ...(state.outside && { outside: outsideModel(state.outside) }),
    ...(state.abandoned && { restore: 'This form was closed with changes that were not saved.' }),
  };
  if (state.provider === null)
    return {
      ...common,
      providers: anyFirst(state.context.catalogue).map(({ id, name, description }) => ({
        id,
        name,
        description,
      })),
    };
  const problems = problemsOf(state);
  return {
    ...common,
    form: fieldsOf({ ...state, provider: state.provider }, shownProblems(state, problems)),
  };
}

function outsideModel({ kind }: SettingsEntry): NonNullable<ProfileFormModel['outside']> {
  switch (kind) {
    case 'profile':
      return {
        text: 'This profile was changed in the settings. Saving replaces that by what is here.',
        reload: true,
      };
    case 'unreadable':
      return {
        text: 'The entry of this profile in the settings has a problem now. Correct it there before you save.',
        reload: false,
      };
    case 'removed':
      return {
        text: 'This profile was removed from the settings. Saving adds it again.',
        reload: false,
      };
  }
}

/** Whoever chose any server may have one that is known: its addresses tell. */
function looksLike(state: WithProvider): Pick<ProfileFormFields, 'looksLike'> {
  const { context, draft } = state;
  if (draft.provider !== '') return {};
  const { text } = inEffect(state);
  const [issuer, tokenEndpoint] = [text('issuer'), text('tokenEndpoint')];
  const addresses = { ...(issuer !== '' && { issuer }), ...(tokenEndpoint && { tokenEndpoint }) };
  const { provider, how, why } = recogniseProvider(context.catalogue, addresses);
  if (how !== 'recognised') return {};
  return { looksLike: { id: provider.id, text: why, action: `Use what is known of ${provider.name}` } };
}

/** The generic provider is the catalogue's last. */
function anyFirst(catalogue: Catalogue): Catalogue {
  return [...catalogue.slice(-1), ...catalogue.slice(0, -1)];
}

type WithProvider = ProfileFormState & { readonly provider: NonNullable<ProfileFormState['provider']> };

function fieldsOf(state: WithProvider, problems: FormProblems): ProfileFormFields {
  const { draft, provider } = state;
  const redirect =
    fieldsIn('redirect', state, problems).length > 0 &&
    redirectAdvice(inEffect(state).text('redirectUri'), provider, state.context.editor);
  // The generic provider's links are standards, not documentation of this server.
  const link = draft.provider === '' ? undefined : provider.links[0]?.title;
  return {
    provider: { name: provider.name, text: provider.description, ...(link !== undefined && { link }) },
    advice: adviceFor(provider, draft.grant),
    ...looksLike(state),
    asks: state.addressesByHand ? [] : askFields(state, problems),
    endpoints: state.addressesByHand || !hasAddresses(provider) ? 'asked' : 'derived',
    fields: sections((section) => fieldsIn(section, state, problems)),
    target: targetField(state),
    discovery: discoveryModel(state),
    secret: secretModel(state),
    ...(redirect && { redirect }),
    extra: foldedPart('extra', state, problems),
    advanced: foldedPart('advanced', state, problems),
    save: saveModel(state, problems),
  };
}

/** One value for each part of the form. */
function sections<T>(make: (section: FormSection) => T): Readonly<Record<FormSection, T>> {
  return Object.fromEntries(formSections.map((section) => [section, make(section)])) as Record<
    FormSection,
    T
  >;
}

/** The questions of the provider, with the answers so far. */
function askFields({ provider, draft }: WithProvider, { fields }: FormProblems): readonly AskField[] {
  return questionsFor(provider, draft.grant).map((question) => {
    const problem = fields.get(`answer.${question.name}`);
    return {
      name: question.name,
      label: question.label,
      value: draft.answers[question.name] ?? '',
      placeholder: question.default ?? question.placeholder,
      note: question.description,
      ...(problem !== undefined && { problem }),
    };
  });
}
