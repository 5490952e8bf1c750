import * as vscode from 'vscode';
import { highlight } from '../../core/httpFile/highlight.ts';
import { highlightKinds } from '../../core/httpFile/highlightKind.ts';
import type { ParsedDocuments } from './documents.ts';

/** Colours for request files, for users without another extension that has a grammar for them. */
export function requestHighlight(
  documents: ParsedDocuments,
  document: vscode.TextDocument,
  range: vscode.Range,
): vscode.SemanticTokens | undefined {
  if (hasGrammar(document.languageId, vscode.extensions.all)) return undefined;
  const parsed = documents.get(document);
  if (!parsed) return undefined;
  const builder = new vscode.SemanticTokensBuilder();
  const [from, to] = [document.offsetAt(range.start), document.offsetAt(range.end)];
  for (const { line, character, length, kind } of highlight(parsed.text, parsed.file, from, to))
    builder.push(line, character, length, highlightKinds.indexOf(kind));
  return builder.build();
}

/** Whether one of `extensions` contributes a grammar for the language. */
export function hasGrammar(
  language: string,
  extensions: readonly Pick<vscode.Extension<unknown>, 'packageJSON'>[],
): boolean {
  return extensions.some(({ packageJSON }) => {
    const { contributes } = packageJSON as { contributes?: { grammars?: unknown } };
    const grammars: unknown = contributes?.grammars;
    return (
      Array.isArray(grammars) &&
      grammars.some((grammar) => (grammar as { language?: unknown } | null)?.language === language)
    );
  });
}
