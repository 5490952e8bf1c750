/** What a piece of a request file can be, in the words of VS Code's standard semantic token types. */
export const highlightKinds = ['comment', 'keyword', 'string', 'property', 'variable', 'operator'] as const;
export type HighlightKind = (typeof highlightKinds)[number];
