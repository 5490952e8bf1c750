import * as vscode from 'vscode';
import { SafeWindow } from './safeWindow.ts';

/** Every message, prompt, list and progress notification of the extension goes through here. */
export const dialogs = new SafeWindow(vscode.window, vscode.ProgressLocation.Notification);
