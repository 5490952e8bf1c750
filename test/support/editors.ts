import type { Session } from './session.ts';

/**
 * Opens a file of the workspace by its path within it and gives it the focus. VS Code does it, not a person at its palette: how a
 * file is opened is nothing of this extension's, and the palette closes when whatever was there before takes the focus late.
 */
export async function openFile({ probe, workbench }: Session, path: string): Promise<void> {
  await probe.run(async ({ vscode }, name) => {
    const folder = vscode.workspace.workspaceFolders?.[0];
    if (folder === undefined) throw new Error('No folder is open.');
    await vscode.window.showTextDocument(vscode.Uri.joinPath(folder.uri, name), { preview: false });
    return null;
  }, path);
  await workbench.page
    .locator('.tab.active')
    .filter({ hasText: path.slice(path.lastIndexOf('/') + 1) })
    .waitFor();
  await workbench.page.locator('.editor-group-container.active .view-line').first().waitFor();
}

/** Saves what is changed and closes every editor, views too; VS Code asks nothing then. */
export async function saveAndCloseAll({ probe, workbench }: Session): Promise<void> {
  await probe.run(async ({ vscode }) => {
    await vscode.workspace.saveAll(false);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    return null;
  }, null);
  await workbench.editorsClosed();
}
