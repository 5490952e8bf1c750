import * as vscode from 'vscode';

/** Asks where to save a file, and suggests this name in the first workspace folder. */
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

/** Writes a file that the user saves. @returns whether that worked */
export async function isWritten(uri: vscode.Uri, content: string | Uint8Array): Promise<boolean> {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  return vscode.workspace.fs.writeFile(uri, bytes).then(
    () => true,
    () => false,
  );
}
