import * as vscode from 'vscode';
import {
  dialectRules,
  httpDialects,
  recogniseDialect,
  type HttpDialect,
} from '../../core/httpFile/dialect.ts';
import { dialogs } from '../dialogs.ts';

/** The extensions that send requests, by whose files they read. */
const extensions: readonly (readonly [string, HttpDialect])[] = [
  ['humao.rest-client', 'rest_client'],
  ['anweber.vscode-httpyac', 'httpyac'],
];

/** What the user answered, by the document's folder, for as long as the window is open. */
const answers = new Map<string, HttpDialect>();

/** Whose file a text is, by its constructs and the extensions that are installed; absent where neither tells. */
export function knownDialect(text: string): HttpDialect | undefined {
  return recogniseDialect(
    text,
    installed().map(([, dialect]) => dialect),
  );
}

/** Whether requests may be sent by another extension than this one. */
export function isOtherToolThere(): boolean {
  return installed().length > 0;
}

function installed() {
  return extensions.filter(([id]) => vscode.extensions.getExtension(id));
}

/**
 * Whose file a document is: its own constructs and the installed extensions decide, else the user is asked once, and only
 * where it makes a difference to the request.
 *
 * @param read the request as a dialect reads it, for comparing
 * @returns absent when the user closed the question
 */
export async function requestDialect(
  document: vscode.TextDocument,
  text: string,
  read: (dialect: HttpDialect) => unknown,
): Promise<HttpDialect | undefined> {
  const known = knownDialect(text);
  if (known !== undefined) return known;
  const different = new Set(httpDialects.map((dialect) => JSON.stringify(read(dialect))));
  if (different.size === 1) return 'rest_client';
  const place = vscode.Uri.joinPath(document.uri, '..').toString();
  const answered = answers.get(place);
  if (answered !== undefined) return answered;
  const items = httpDialects.map((dialect) => ({ label: dialectRules[dialect].title, dialect }));
  const chosen = await dialogs.showQuickPick(items, {
    title: vscode.l10n.t('Which tool is this file written for?'),
    placeHolder: vscode.l10n.t('They read this request differently.'),
  });
  if (chosen !== undefined) answers.set(place, chosen.dialect);
  return chosen?.dialect;
}
