import { capital } from '../../shared/capital.ts';
import type { ProfileLists } from '../profile/fields/field.ts';

/** A sentence about a settings entry in the words of the form. */
export function inForm(message: string, { fields }: ProfileLists): string {
  const words = new Map(fields.map((field) => [field.name, field.words ?? field.name]));
  return capital(message.replace(/\b[a-z]+[A-Z][A-Za-z]*\b/g, (word) => words.get(word) ?? word));
}

/** `a, b and 3 more`, so that a hostile list stays short. */
export function shortList(values: readonly string[], most: number): string {
  const shown = values.slice(0, most).map((value) => shorten(value, 60));
  const rest = values.length - shown.length;
  return rest > 0 ? `${shown.join(', ')} and ${rest} more` : shown.join(', ');
}

/** The beginning of a text from outside. */
export function shorten(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most)}…` : text;
}
