import { hidden } from '../shared/visibleText.ts';

/**
 * A value as indented JSON with a line end. Characters that steer a terminal or hide text are escaped, which JSON leaves as they
 * are: what a server wrote may end up on a screen.
 */
export function jsonText(value: unknown): string {
  const escaped = (unit: string) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
  const text = JSON.stringify(value, undefined, 2).replace(hidden, (character) =>
    character.split('').map(escaped).join(''),
  );
  return `${text}\n`;
}
