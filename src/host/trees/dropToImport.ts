import * as vscode from 'vscode';
import { commands } from '../../shared/commands.ts';

/** Imports files and folders that are dropped on the Profiles view, after the usual preview. */
export const dropToImport: vscode.TreeDragAndDropController<unknown> = {
  dragMimeTypes: [],
  dropMimeTypes: ['text/uri-list'],
  async handleDrop(_row, dropped) {
    const list = (await dropped.get('text/uri-list')?.asString()) ?? '';
    // Lines that begin with # are comments (RFC 2483 section 5).
    const files = list.split(/\r?\n/).filter((line) => line !== '' && !line.startsWith('#'));
    if (files.length > 0) await vscode.commands.executeCommand(commands.importProfiles, { files });
  },
};
