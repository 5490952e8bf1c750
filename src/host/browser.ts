import * as vscode from 'vscode';
import type { Browser } from '../core/ports.ts';

/** The user's default browser; it gets loopback URLs of ours, which survive VS Code's re-encoding, and pages to type a code at. */
export const defaultBrowser: Browser = {
  open: async (url) => vscode.env.openExternal(vscode.Uri.parse(url, true)),
};
