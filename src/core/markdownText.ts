/** Text that stays text: what came from outside cannot make Markdown or HTML. */
export function markdownText(value: string): string {
  // Between letters an underscore emphasises nothing, and names as invalid_request stay readable where nobody renders them.
  return value
    .replace(/[\\`*{}[\]<>#|!~&]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\\$&')
    .replace(/\s+/g, ' ');
}

/** A code span of one line that nothing in the text can end. @see CommonMark section 6.1 */
export function markdownCode(value: string): string {
  const line = value.replace(/\s+/g, ' ');
  const longest = [...line.matchAll(/`+/g)].reduce((most, [run]) => Math.max(most, run.length), 0);
  const fence = '`'.repeat(longest + 1);
  return `${fence}${line.startsWith('`') ? ' ' : ''}${line}${line.endsWith('`') ? ' ' : ''}${fence}`;
}
