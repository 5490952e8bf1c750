import * as vscode from 'vscode';
import type { Browser } from '../core/ports.ts';

/**
 * The user's default browser. It opens our own loopback URLs, which VS Code's re-encoding does not change, and pages on which
 * to type a code.
 */
export const defaultBrowser: Browser = {
  open: async (url) => vscode.env.openExternal(vscode.Uri.parse(url, true)),
};
