/**
 * A value as indented JSON with a line end. Characters that steer a terminal or hide text are escaped, which JSON leaves as they
 * are: what a server wrote may end up on a screen.
 */
export function jsonText(value: unknown): string {
  const text = JSON.stringify(value, undefined, 2).replace(
    /[\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return `${text}\n`;
}
