import { answerProblem, questionsFor } from '../diagnose/profileDefaults.ts';
import type { ProfileLists } from '../profile/fields/field.ts';
import { parseProfile } from '../profile/parseProfile.ts';
import type { ProfileProblem } from '../profile/problem.ts';
import type { Profile } from '../profile/profile.ts';
import { freeId, slug } from '../profile/slug.ts';
import { draftValue, inputOf, type DraftPair } from './draft.ts';
import { listsOf, type ProfileFormState } from './state.ts';
import { inForm } from './texts.ts';

/** What is wrong with the draft, by field; `profile` is there when nothing is, as it is to be written. */
export interface FormProblems {
  readonly profile?: Profile;
  /** Field to what is said beside it. */
  readonly fields: ReadonlyMap<string, string>;
  /** `field/index` or `field/name` to what is said of the item. */
  readonly items: ReadonlyMap<string, string>;
}

/** The id the profile will have: its own, else one made from its name. */
export function idOf({ draft, original, context }: ProfileFormState): string {
  if (original) return original.id;
  return draft.id.trim() || freeId(slug(draft.name) || 'profile', context.takenIds);
}

/** Reads the draft as the settings would be read; nothing is kept back (see `shownProblems`). */
export function problemsOf(state: ProfileFormState): FormProblems {
  const { draft, context, original } = state;
  const lists = listsOf(state);
  const id = idOf(state);
  const result = parseProfile(inputOf(draft, id, lists), lists, context.variables);
  const fields = new Map<string, string>();
  const items = new Map<string, string>();
  for (const problem of 'problems' in result ? result.problems : []) place(problem, lists, fields, items);
  if (draft.name.trim() === '') fields.set('name', 'Name is missing.');
  if (!original && context.takenIds.some((taken) => taken.toLowerCase() === id.toLowerCase()))
    fields.set('id', 'Another profile has this id.');
  for (const [name, message] of answerProblems(state)) fields.set(name, message);
  for (const { kind, name } of lists.fields)
    if (kind === 'pairs')
      for (const [index, message] of rowProblems(draftValue(draft, name) as readonly DraftPair[]))
        items.set(`${name}/${index}`, message);
  const wrong = fields.size + items.size > 0;
  return {
    ...('profile' in result && !wrong && { profile: result.written ?? result.profile }),
    fields,
    items,
  };
}

/** The problems worth saying now: that something is missing only where the user has been, or once saving was tried. */
export function shownProblems(state: ProfileFormState, problems: FormProblems): FormProblems {
  if (state.submitted) return problems;
  const shown = [...problems.fields].filter(
    ([field, message]) => !message.includes(' is missing') || state.left.includes(field),
  );
  return { ...problems, fields: new Map(shown) };
}

function place(
  problem: ProfileProblem,
  lists: ProfileLists,
  fields: Map<string, string>,
  items: Map<string, string>,
): void {
  const [field, item] = problem.path;
  const message = inForm(problem.message, lists);
  if (item !== undefined) items.set(`${String(field)}/${item}`, message);
  else if (field !== undefined) fields.set(String(field), message);
  else for (const missing of missingFields(problem.message)) fields.set(missing, message);
}

/** Which fields a sentence like `issuer or tokenEndpoint is missing.` is about: it is said beside the first. */
function missingFields(message: string): readonly string[] {
  const match = /^(\w+)(?: or \w+)? is missing/.exec(message);
  return match?.[1] === undefined ? ['name'] : [match[1]];
}

function answerProblems({ provider, draft, addressesByHand }: ProfileFormState): [string, string][] {
  if (provider === null || addressesByHand) return [];
  return questionsFor(provider, draft.grant).flatMap((question): [string, string][] => {
    const message = answerProblem(question, draft.answers[question.name] ?? '');
    return message === undefined ? [] : [[`answer.${question.name}`, message]];
  });
}

/** What the settings cannot say of rows: a name that is missing, or there twice. */
function rowProblems(rows: readonly DraftPair[]): [number, string][] {
  return rows.flatMap(({ name, value }, index): [number, string][] => {
    if (name.trim() === '') return value === '' ? [] : [[index, 'Name is missing.']];
    const first = rows.findIndex((row) => row.name.trim() === name.trim());
    return first < index ? [[index, `${name.trim()} is there twice.`]] : [];
  });
}
