import * as vscode from 'vscode';
import { parseHttpFile } from '../../core/httpFile/document.ts';
import type { RequestArgument } from '../../shared/commands.ts';
import { profileIdOf } from '../profileArgument.ts';
import { httpLanguage } from './documents.ts';
import type { RequestEditors, Target } from './requestEditors.ts';
import { dialogs } from '../dialogs.ts';

export type { Target };

/**
 * The place that a command's argument names, else the one the user means; tells the user, and returns undefined, when there are
 * no requests there.
 */
export async function findTarget(
  argument: RequestArgument,
  editors: Pick<RequestEditors, 'find'>,
): Promise<Target | undefined> {
  const { uri, line = 0 } = argument;
  const target = uri === undefined ? await editors.find() : await atArgument(uri, line);
  if (target && httpLanguage(target.document)) return target;
  void dialogs.showInformationMessage(
    vscode.l10n.t('Open an .http or .rest file, or a Markdown document, and put the cursor in a request.'),
  );
  return undefined;
}

async function atArgument(uri: string, line: number): Promise<Target> {
  const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(uri, true));
  return { document, position: new vscode.Position(Math.max(0, Math.floor(line)), 0) };
}

/** Reads the command argument from what a keybinding, a lens or a tree passed. */
export function readRequestArgument(argument: unknown): RequestArgument {
  if (typeof argument !== 'object' || argument === null) return {};
  const { uri, line, renew } = argument as Record<string, unknown>;
  const profile = profileIdOf(argument);
  return {
    ...(profile !== undefined && { profile }),
    ...(typeof uri === 'string' && { uri }),
    ...(typeof line === 'number' && Number.isFinite(line) && { line }),
    ...(renew === true && { renew }),
  };
}

/** A target's document, parsed as it is now. */
export function analyse({ document, position }: Target) {
  const text = document.getText();
  const file = parseHttpFile(text, httpLanguage(document));
  return { text, file, offset: document.offsetAt(position) };
}
