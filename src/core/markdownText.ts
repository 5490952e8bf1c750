/** Text that stays text: what came from outside cannot make Markdown or HTML. */
export function markdownText(value: string): string {
  return value.replace(/[\\`*_[\]<>|#~&]/g, (character) => `\\${character}`).replace(/\s+/g, ' ');
}

/** A code span of one line that nothing in the text can end. @see CommonMark section 6.1 */
export function markdownCode(value: string): string {
  const line = value.replace(/\s+/g, ' ');
  const longest = [...line.matchAll(/`+/g)].reduce((most, [run]) => Math.max(most, run.length), 0);
  const fence = '`'.repeat(longest + 1);
  return `${fence}${line.startsWith('`') ? ' ' : ''}${line}${line.endsWith('`') ? ' ' : ''}${fence}`;
}
