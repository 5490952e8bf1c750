/** Scopes out of what was typed or pasted: separated by white space, commas or quotes, as in a JSON array. @see RFC 6749 section 3.3 */
export function splitScopes(text: string): string[] {
  return unique(text.split(/[\s,;"'[\]]+/));
}

/** Resource indicators out of what was typed or pasted: one a line, or separated by blanks. @see RFC 8707 section 2 */
export function splitResources(text: string): string[] {
  return unique(text.split(/\s+/));
}

function unique(values: readonly string[]): string[] {
  return [...new Set(values.filter((value) => value !== ''))];
}
