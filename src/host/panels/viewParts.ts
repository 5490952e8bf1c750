import { readFileSync } from 'node:fs';
import * as vscode from 'vscode';

/**
 * Defined by the build (esbuild.mjs): the chunks of each view in the order in which they run, and a function that returns a
 * chunk's text.
 */
declare const VIEW_CHUNKS: Readonly<Record<string, readonly string[]>>;
declare const PACKED: (chunk: string) => string;

/** The script of a view's page, and the style sheet of its icons. */
export function viewParts(extension: vscode.Uri, view: string): { script: string; icons: string } {
  // Without packed chunks, as in the in-host tests, they are read from the build's files.
  const read =
    typeof VIEW_CHUNKS === 'undefined'
      ? (file: string) => readFileSync(vscode.Uri.joinPath(extension, 'dist', 'webview', file).fsPath, 'utf8')
      : PACKED;
  const chunks = typeof VIEW_CHUNKS === 'undefined' ? [`${view}.js`] : (VIEW_CHUNKS[view] ?? []);
  return { script: chunks.map((chunk) => read(chunk)).join(''), icons: read('icons.css') };
}
