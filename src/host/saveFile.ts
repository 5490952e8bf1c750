import * as vscode from 'vscode';

/** Asks where a file is to be saved: in the first folder under this name, unless the user says otherwise. */
export function askWhere(
  name: string,
  options: vscode.SaveDialogOptions = {},
): Thenable<vscode.Uri | undefined> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  return vscode.window.showSaveDialog({
    ...options,
    ...(folder && { defaultUri: vscode.Uri.joinPath(folder, name) }),
  });
}

/** Writes what the user saves. @returns whether it could be written */
export async function isWritten(uri: vscode.Uri, content: string | Uint8Array): Promise<boolean> {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  return vscode.workspace.fs.writeFile(uri, bytes).then(
    () => true,
    () => false,
  );
}
