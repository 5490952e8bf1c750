import * as vscode from 'vscode';
import { jwtAt } from '../core/leaks/findLeaks.ts';
import { extractToken } from '../core/token/extract.ts';
import type { TokenText } from '../core/token/reading.ts';
import type { PlaceArgument } from '../shared/commands.ts';
import { member } from '../shared/json.ts';
import { dialogs } from './dialogs.ts';

/**
 * Finds the text to decode: the JWT at a place in an open document, else the selection, else the JWT under the cursor, else a
 * token on the clipboard, else what the user types.
 *
 * @param argument a `PlaceArgument`; anything else is ignored
 * @returns undefined when the user cancelled
 */
export async function textToDecode(argument?: unknown): Promise<TokenText | undefined> {
  const editor = vscode.window.activeTextEditor;
  const pointed = jwtAtPlace(argument);
  if (pointed !== undefined) return fromEditor(pointed);
  const selected = editor && !editor.selection.isEmpty ? editor.document.getText(editor.selection) : '';
  if (selected.trim() !== '') return { kind: 'text', text: selected, from: vscode.l10n.t('the selection') };
  const under = editor && jwtIn(editor.document, editor.selection.active);
  if (under !== undefined) return fromEditor(under);
  const copied = await vscode.env.clipboard.readText();
  if (holdsJwt(copied)) return { kind: 'text', text: copied, from: vscode.l10n.t('the clipboard') };
  const typed = await dialogs.showInputBox({
    title: vscode.l10n.t('Decode Token'),
    prompt: vscode.l10n.t('With or without “Bearer”. A whole token response or redirect URL works too.'),
    placeHolder: vscode.l10n.t('Paste a token'),
    // A credential is pasted here, and must not stay readable on the screen.
    password: true,
  });
  return typed === undefined || typed.trim() === ''
    ? undefined
    : { kind: 'text', text: typed, from: vscode.l10n.t('typed input') };
}

function fromEditor(text: string): TokenText {
  return { kind: 'text', text, from: vscode.l10n.t('the editor') };
}

/** The JWT that stands at `position`. */
export function jwtIn(document: vscode.TextDocument, position: vscode.Position): string | undefined {
  return jwtAt(document.lineAt(position).text, position.character);
}

function jwtAtPlace(argument: unknown): string | undefined {
  const place = readPlace(argument);
  const document = place && vscode.workspace.textDocuments.find(({ uri }) => uri.toString() === place.uri);
  // Later typing may have moved it.
  return (
    place &&
    document &&
    jwtIn(document, document.validatePosition(new vscode.Position(place.line, place.character)))
  );
}

/** The place in a document that a command was given, if it was. */
export function readPlace(argument: unknown): PlaceArgument | undefined {
  const [uri, line, character] = ['uri', 'line', 'character'].map((name) => member(argument, name));
  return typeof uri === 'string' && isCount(line) && isCount(character)
    ? { uri, line, character }
    : undefined;
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

/** Only a JWT or a token response on the clipboard is decoded, not any word. */
function holdsJwt(text: string): boolean {
  const found = extractToken(text);
  return found.kind === 'response' || (found.kind === 'token' && /^ey[\w-]+\.[\w-]+\./.test(found.token));
}
