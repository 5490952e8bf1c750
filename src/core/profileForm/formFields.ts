import type {
  FoldedPart,
  FormField,
  FormSection,
  TextField,
  TextFix,
} from '../../shared/views/profileForm.ts';
import { assertionClaims, assertionInWords, lifetime } from '../oauth/assertionClaims.ts';
import type { Field, FieldForm } from '../profile/fields/field.ts';
import { issuer } from '../profile/fields/server.ts';
import { longestUrl, urlProblem } from '../profile/urls.ts';
import { addressFix, useInstead } from './addressFix.ts';
import { choicesOf } from './choiceFields.ts';
import { draftValue, isThere, newDraft, type DraftPair } from './draft.ts';
import { valueInEffect } from './inEffect.ts';
import { listItems, suggestionsFor } from './listFields.ts';
import { idOf, type FormProblems } from './problems.ts';
import { factsOf } from './serverTexts.ts';
import { listsOf, type ProfileFormState } from './state.ts';
import { shorten } from './texts.ts';

/** The fields of one part of the form that the draft's grant and client authentication take. */
export function fieldsIn(
  section: FormSection,
  state: ProfileFormState,
  problems: FormProblems,
): readonly FormField[] {
  const lists = listsOf(state);
  return lists.fields.flatMap((field) =>
    field.form?.section === section && isThere(field, state.draft, lists)
      ? [formField(field, field.form, state, problems)]
      : [],
  );
}

function formField(
  field: Field,
  form: FieldForm,
  state: ProfileFormState,
  problems: FormProblems,
): FormField {
  const { name } = field;
  const value = draftValue(state.draft, name);
  const problem = problems.fields.get(name);
  const effective = valueInEffect(field, state);
  const note = effective ?? notes[name]?.(state, problems) ?? form.note;
  const said = { ...(note !== undefined && { note }), ...(problem !== undefined && { problem }) };
  const base = { name, label: form.label, ...said };
  const placeholder = form.placeholder ?? '';
  const choices = choicesOf(field, state);
  if (choices !== undefined) return { ...base, kind: 'choice', value: String(value), choices };
  switch (field.kind) {
    case 'list': {
      const items = listItems(name, value as readonly string[], state, problems);
      const { noun, separators } = field;
      return {
        ...base,
        kind: 'list',
        noun,
        separators,
        placeholder,
        items,
        suggestions: suggestionsFor(name, state),
      };
    }
    case 'pairs':
      return { ...base, kind: 'pairs', rows: pairRows(name, value as readonly DraftPair[], problems) };
    case 'flag':
      return { ...base, kind: 'flag', value: value === true };
    default: {
      const text = { value: (value as string | null) ?? '', ...(placeholder !== '' && { placeholder }) };
      const kind = field.kind === 'json' ? 'lines' : 'text';
      return {
        ...base,
        ...text,
        kind,
        ...special(field, state),
        ...(effective !== undefined && { note: effective }),
      };
    }
  }
}

/** What is said below a label, where that depends on what was typed. */
const notes: Readonly<
  Record<string, (state: ProfileFormState, problems: FormProblems) => string | undefined>
> = {
  assertionClaims: (state, { profile }) =>
    profile &&
    assertionInWords(
      assertionClaims(
        profile,
        profile.tokenEndpoint ?? factsOf(state)?.tokenEndpoint ?? 'the token endpoint',
      ),
      `is good for ${lifetime} s`,
    ),
  name: (state) =>
    state.draft.name.trim() === ''
      ? 'What the profile is called in lists.'
      : `Tasks and keybindings call it ${idOf(state)}.`,
  id: ({ original }) =>
    original
      ? 'Tasks, keybindings and the stored secret go by it, so it stays.'
      : 'Tasks and keybindings use it. Left empty, it is made from the name.',
  issuer: ({ draft, issuerTaken }) =>
    issuerTaken !== null && draft.issuer === issuerTaken
      ? 'What you gave was the address of its discovery document; this is the issuer it belongs to.'
      : issuer.form.note,
  scopes: ({ draft }) =>
    draft.scopes.length === 0
      ? 'Nothing is asked for: the server decides what it grants.'
      : 'Sent in this order, separated by spaces.',
};

/** How a line of text differs from one that only shows what was typed. */
function special(field: Field, state: ProfileFormState): Partial<TextField> {
  const { original, draft } = state;
  if (field.name === 'id')
    return { value: original?.id ?? draft.id, placeholder: idOf(state), ...(original && { readonly: true }) };
  const isServers = field.name === 'issuer' || 'metadata' in field;
  const fix = isServers ? fixOf(field.name, state) : undefined;
  return { ...('metadata' in field ? endpoint(field.name, state) : {}), ...(fix && { fix }) };
}

/** An address that can be mended with one press; the name a server gives itself only on the origin that was asked. */
function fixOf(name: string, { draft, discovery }: ProfileFormState): TextFix | undefined {
  const value = draftValue(draft, name);
  const typed = typeof value === 'string' ? value : '';
  const fix = addressFix(name, typed);
  if (fix || name !== 'issuer' || discovery.kind !== 'failed') return fix;
  const { received = '' } = discovery;
  if (received.length > longestUrl) return undefined;
  if (urlProblem('issuer', received) !== undefined || urlProblem('issuer', typed.trim()) !== undefined)
    return undefined;
  return new URL(received).origin === new URL(typed.trim()).origin ? useInstead(received) : undefined;
}

/** An endpoint follows the metadata until something is typed. */
function endpoint(name: string, state: ProfileFormState): Partial<TextField> {
  const typed = draftValue(state.draft, name) as string | null;
  const facts = factsOf(state);
  const said = facts && new Map<string, unknown>(Object.entries(facts)).get(name);
  if (typeof said !== 'string') return { note: withoutMetadata(state) };
  const found = shorten(said, 300);
  if (typed === null) return { value: found, note: 'From the server’s metadata.' };
  if (typed.trim() === '') return { placeholder: found, note: 'Empty: what the metadata says is used.' };
  return typed.trim() === found ? {} : { note: `The metadata says ${found}.` };
}

function withoutMetadata({ draft, discovery }: ProfileFormState): string {
  if (discovery.kind === 'failed' || discovery.kind === 'found')
    return 'Not in the metadata: enter it yourself.';
  return draft.issuer.trim() === ''
    ? 'Needed if the server publishes no metadata.'
    : 'Leave it empty to use what the metadata says.';
}

function pairRows(field: string, rows: readonly DraftPair[], { items }: FormProblems) {
  return rows.map(({ name, value }, index) => {
    const wrong = items.get(`${field}/${name.trim()}`) ?? items.get(`${field}/${index}`);
    return { name, value, ...(wrong !== undefined && { problem: wrong }) };
  });
}

/** A part that is closed at first: how much in it is not as it is by default, and whether something is wrong in it. */
export function foldedPart(
  section: FormSection,
  state: ProfileFormState,
  { fields, items }: FormProblems,
): FoldedPart {
  const lists = listsOf(state);
  const own = lists.fields.filter(({ form }) => form?.section === section);
  const empty = newDraft(lists);
  const counts = own
    .filter((field) => isThere(field, state.draft, lists) && !(field.name === 'id' && state.original))
    .map((field) => changes(field, draftValue(state.draft, field.name), draftValue(empty, field.name)));
  const wrong = [...fields.keys(), ...items.keys()].map((key) => key.split('/')[0] ?? '');
  return {
    changed: counts.reduce((sum, count) => sum + count, 0),
    problem: wrong.some((name) => own.some((field) => field.name === name)),
  };
}

function changes({ kind }: Field, value: unknown, byDefault: unknown): number {
  if (kind === 'pairs')
    return (value as readonly DraftPair[]).filter(({ name }) => name.trim() !== '').length;
  if (Array.isArray(value)) return value.length > 0 ? 1 : 0;
  const typed = typeof value === 'string' ? value.trim() : value;
  return (typed ?? '') === (byDefault ?? '') ? 0 : 1;
}
