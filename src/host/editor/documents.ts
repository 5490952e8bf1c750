import type * as vscode from 'vscode';
import { parseHttpFile } from '../../core/httpFile/document.ts';
import type { HttpFile, HttpLanguage } from '../../core/httpFile/request.ts';

/** How a document is read; undefined when it holds no requests for us. */
export function httpLanguage(document: vscode.TextDocument): HttpLanguage | undefined {
  if (document.languageId === 'markdown') return 'markdown';
  if (document.languageId === 'http' || document.languageId === 'rest') return 'http';
  return /\.(?:http|rest)$/i.test(document.uri.path) ? 'http' : undefined;
}

/** A document's text, and what it was parsed to, for one version. */
export interface ParsedDocument {
  readonly version: number;
  readonly text: string;
  readonly file: HttpFile;
}

/** Parses each version of a document once; documents that are no longer in use are not kept. */
export class ParsedDocuments {
  readonly #parsed = new WeakMap<vscode.TextDocument, ParsedDocument>();

  /** @returns undefined when the document holds no requests for us. */
  get(document: vscode.TextDocument): ParsedDocument | undefined {
    const language = httpLanguage(document);
    if (!language) return undefined;
    const known = this.#parsed.get(document);
    if (known?.version === document.version) return known;
    const text = document.getText();
    const parsed = { version: document.version, text, file: parseHttpFile(text, language) };
    this.#parsed.set(document, parsed);
    return parsed;
  }
}
