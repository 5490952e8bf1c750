import { readFileSync } from 'node:fs';
import * as vscode from 'vscode';

/** Put in by the build (esbuild.mjs): the chunks of each view, in the order in which they run, and what gives a chunk's text. */
declare const VIEW_CHUNKS: Readonly<Record<string, readonly string[]>>;
declare const PACKED: (chunk: string) => string;

/** What the page of a view runs, and the style sheet of its icons. */
export function viewParts(extension: vscode.Uri, view: string): { script: string; icons: string } {
  // Without the packed chunks, as in the in-host tests, from the files of the build.
  const read =
    typeof VIEW_CHUNKS === 'undefined'
      ? (file: string) => readFileSync(vscode.Uri.joinPath(extension, 'dist', 'webview', file).fsPath, 'utf8')
      : PACKED;
  const chunks = typeof VIEW_CHUNKS === 'undefined' ? [`${view}.js`] : (VIEW_CHUNKS[view] ?? []);
  return { script: chunks.map((chunk) => read(chunk)).join(''), icons: read('icons.css') };
}
