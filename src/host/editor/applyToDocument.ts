import * as vscode from 'vscode';
import { offsetAfter, type TextEdit } from '../../core/httpFile/textEdit.ts';

/** Applies the edits as one, so that one undo reverts them all; cursors stay with their text. @returns whether they were applied */
export async function applyToDocument(
  document: vscode.TextDocument,
  edits: readonly TextEdit[],
): Promise<boolean> {
  if (edits.length === 0) return true;
  const ranges = edits.map(({ start, end, text }) => ({
    range: new vscode.Range(document.positionAt(start), document.positionAt(end)),
    text,
  }));
  const editor = vscode.window.visibleTextEditors.find((one) => one.document === document);
  if (!editor) {
    const edit = new vscode.WorkspaceEdit();
    for (const { range, text } of ranges) edit.replace(document.uri, range, text);
    return vscode.workspace.applyEdit(edit);
  }
  const { version } = document;
  const after = editor.selections.map(({ anchor, active }) =>
    [anchor, active].map((position) => offsetAfter(edits, document.offsetAt(position))),
  );
  const edited = await editor.edit((builder) => {
    for (const { range, text } of ranges) builder.replace(range, text);
  });
  // In a read-only editor VS Code reports success, and changes nothing.
  const done = edited && document.version !== version;
  if (done)
    editor.selections = after.map(
      ([anchor = 0, active = 0]) =>
        new vscode.Selection(document.positionAt(anchor), document.positionAt(active)),
    );
  return done;
}
