import * as vscode from 'vscode';
import { extractToken } from '../core/token/extract.ts';
import type { TokenText } from '../core/token/reading.ts';
import { dialogs } from './dialogs.ts';

/**
 * Finds the text to decode: the selection, else a token on the clipboard, else what the user types.
 *
 * @returns nothing when the user thought better of it.
 */
export async function textToDecode(): Promise<TokenText | undefined> {
  const editor = vscode.window.activeTextEditor;
  const selected = editor && !editor.selection.isEmpty ? editor.document.getText(editor.selection) : '';
  if (selected.trim() !== '') return { kind: 'text', text: selected, from: vscode.l10n.t('the selection') };
  const copied = await vscode.env.clipboard.readText();
  if (holdsJwt(copied)) return { kind: 'text', text: copied, from: vscode.l10n.t('the clipboard') };
  const typed = await dialogs.showInputBox({
    title: vscode.l10n.t('Decode Token'),
    prompt: vscode.l10n.t('With or without “Bearer”; a whole token response or redirect URL is fine too.'),
    placeHolder: vscode.l10n.t('Paste a token'),
    // What is pasted here is a credential: it must not stay readable on the screen.
    password: true,
  });
  return typed === undefined || typed.trim() === ''
    ? undefined
    : { kind: 'text', text: typed, from: vscode.l10n.t('typed input') };
}

/** An arbitrary word on the clipboard is no reason to decode it; a JWT or a token response is. */
function holdsJwt(text: string): boolean {
  const found = extractToken(text);
  return found.kind === 'response' || (found.kind === 'token' && /^ey[\w-]+\.[\w-]+\./.test(found.token));
}
