import * as vscode from 'vscode';
import {
  dialectRules,
  httpDialects,
  recogniseDialect,
  type HttpDialect,
} from '../../core/httpFile/dialect.ts';
import { dialogs } from '../dialogs.ts';

/** The extensions that send requests, with the dialect that each reads. */
const extensions: readonly (readonly [string, HttpDialect])[] = [
  ['humao.rest-client', 'rest_client'],
  ['anweber.vscode-httpyac', 'httpyac'],
];

/** The user's answers by the document's folder, until the window is closed. */
const answers = new Map<string, HttpDialect>();

/** The dialect of a text, by its syntax and the installed extensions; undefined where neither tells. */
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
 * The dialect of a document: by its own syntax and the installed extensions, else the user is asked once, and only where it
 * makes a difference to the request.
 *
 * @param read the request in a dialect, for comparing
 * @returns undefined when the user closed the question
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
