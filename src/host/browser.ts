import * as vscode from 'vscode';
import type { Browser } from '../core/ports.ts';

/** The user's default browser; it only ever gets loopback URLs of ours, which survive VS Code's re-encoding. */
export const defaultBrowser: Browser = {
  open: async (url) => vscode.env.openExternal(vscode.Uri.parse(url, true)),
};
