import type { Field } from '../profile/fields/field.ts';
import { fillVariables, type FilledEntry } from '../profile/variables.ts';
import { inputOf, type ProfileDraft } from './draft.ts';
import { listsOf, type ProfileFormState } from './state.ts';
import { shorten } from './texts.ts';

/** The draft with values in the place of its variables. */
interface DraftInEffect extends FilledEntry {
  /** A text of it, empty where there is none or one of its variables stands for nothing. */
  readonly text: (name: string) => string;
  /** The environment it is in effect for; absent for a draft without variables. */
  readonly environment?: string;
}

/** What a draft comes to in the environment in force: where its server is, and whose secret it would use. */
export function inEffect(state: ProfileFormState, draft: ProfileDraft = state.draft): DraftInEffect {
  const lists = listsOf(state);
  const { variables = { names: [] } } = state.context;
  const filled = fillVariables(inputOf(draft, '', lists), lists.fields, variables);
  const environment = filled.written.size > 0 ? variables.environment?.name : undefined;
  const unfilled = new Set(filled.problems.map(({ path }) => path[0]));
  return {
    ...filled,
    ...(environment !== undefined && { environment }),
    text: (name) => {
      const value = unfilled.has(name) ? undefined : filled.entry[name];
      return typeof value === 'string' ? value.trim() : '';
    },
  };
}

/** What a field with variables comes to, as a note beside what was typed; absent for one without, or with a problem. */
export function valueInEffect({ name }: Field, state: ProfileFormState): string | undefined {
  const { entry, written, problems, environment } = inEffect(state);
  if (environment === undefined || !written.has(name)) return undefined;
  if (problems.some(({ path }) => path[0] === name)) return undefined;
  const value = entry[name];
  const text = Array.isArray(value)
    ? value.join(' ')
    : typeof value === 'string'
      ? value
      : JSON.stringify(value);
  return `In the environment “${environment}”: ${shorten(text, 300)}`;
}
