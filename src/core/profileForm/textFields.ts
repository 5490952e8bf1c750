import type { AskField, TextField, TextFieldName } from '../../shared/views/profileForm.ts';
import { questionsFor } from '../diagnose/profileDefaults.ts';
import { defaultRedirectUri } from './draft.ts';
import { idOf, type FormProblems } from './problems.ts';
import type { ServerFacts } from './serverFacts.ts';
import { factsOf } from './serverTexts.ts';
import type { ProfileFormState } from './state.ts';
import { shorten } from './texts.ts';

/** The questions of the provider, with the answers so far. */
export function askFields(
  { provider, draft }: ProfileFormState,
  { fields }: FormProblems,
): readonly AskField[] {
  if (provider === null) return [];
  return questionsFor(provider, draft.grant).map((question) => ({
    name: question.name,
    label: question.label,
    value: draft.answers[question.name] ?? '',
    placeholder: question.default ?? question.placeholder,
    note: question.description,
    ...problem(fields.get(`answer.${question.name}`)),
  }));
}

/** Every field with one line of text. */
export function textFields(
  state: ProfileFormState,
  { fields }: FormProblems,
): Readonly<Record<TextFieldName, TextField>> {
  const { draft, original } = state;
  const id = idOf(state);
  const field = (name: TextFieldName, rest: TextField): TextField => ({
    ...rest,
    ...problem(fields.get(name)),
  });
  return {
    name: field('name', {
      value: draft.name,
      placeholder: 'Orders API (test)',
      note:
        draft.name.trim() === ''
          ? 'What the profile is called in lists.'
          : `Tasks and keybindings call it ${id}.`,
    }),
    id: field('id', {
      value: original ? original.id : draft.id,
      placeholder: id,
      note: original
        ? 'Tasks, keybindings and the stored secret go by it, so it stays.'
        : 'Tasks and keybindings go by it. Leave it empty to have it made from the name.',
      ...(original && { readonly: true }),
    }),
    issuer: field('issuer', {
      value: draft.issuer,
      placeholder: 'https://login.example.com',
      note: 'The address the server is known by. Its metadata is looked up when you stop typing.',
    }),
    tokenEndpoint: field('tokenEndpoint', endpoint(state, 'tokenEndpoint')),
    authorizationEndpoint: field('authorizationEndpoint', endpoint(state, 'authorizationEndpoint')),
    clientId: field('clientId', { value: draft.clientId, note: 'As registered at the server.' }),
    redirectUri: field('redirectUri', { value: draft.redirectUri, placeholder: defaultRedirectUri }),
    audience: field('audience', {
      value: draft.audience,
      note: 'The API the token is for, where the server wants to know it this way (Auth0).',
    }),
    trustedCertificate: field('trustedCertificate', {
      value: draft.trustedCertificate,
      placeholder: 'SHA-256 fingerprint, AB:CD:…',
      note: 'The one certificate to trust for a server on this machine whose certificate no authority has signed.',
    }),
  };
}

/** An endpoint follows the metadata until something is typed. */
function endpoint(state: ProfileFormState, name: 'tokenEndpoint' | 'authorizationEndpoint'): TextField {
  const typed = state.draft[name];
  const found = found300(factsOf(state), name);
  if (found === undefined)
    return {
      value: typed ?? '',
      note: withoutMetadata(state),
    };
  if (typed === null) return { value: found, note: 'From the server’s metadata.' };
  if (typed.trim() === '')
    return { value: typed, placeholder: found, note: 'Empty: what the metadata says is used.' };
  return typed.trim() === found ? { value: typed } : { value: typed, note: `The metadata says ${found}.` };
}

function withoutMetadata({ draft, discovery }: ProfileFormState): string {
  if (discovery.kind === 'failed' || discovery.kind === 'found')
    return 'The metadata does not say it: type it by hand.';
  return draft.issuer.trim() === ''
    ? 'Needed if the server publishes no metadata.'
    : 'Leave it empty to use what the metadata says.';
}

function found300(facts: ServerFacts | undefined, name: 'tokenEndpoint' | 'authorizationEndpoint') {
  const found = facts?.[name];
  return found === undefined ? undefined : shorten(found, 300);
}

function problem(text: string | undefined): { problem?: string } {
  return text === undefined ? {} : { problem: text };
}
