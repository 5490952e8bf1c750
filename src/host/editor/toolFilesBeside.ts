import * as vscode from 'vscode';
import type { HttpDialect } from '../../core/httpFile/dialect.ts';
import { isToolFile, type ToolFile } from '../../core/httpFile/toolFiles.ts';
import { environmentFolders } from './environmentFiles.ts';
import { readText } from './gitIgnore.ts';

/** Most files of a folder that are read. */
const mostFiles = 10;

/** What a tool reads beside a document and above it; of what cannot be read, the name counts. */
export async function readToolFiles(
  document: vscode.TextDocument,
  dialect: HttpDialect,
): Promise<readonly ToolFile[]> {
  const found = environmentFolders(document).map(async (folder) => {
    const entries = await vscode.workspace.fs.readDirectory(folder).then(
      (all) => all,
      () => [],
    );
    const names = entries.map(([name]) => name).filter((name) => isToolFile(dialect, name));
    const files = names.slice(0, mostFiles).map(async (name) => {
      const text = await readText(vscode.Uri.joinPath(folder, name)).catch(() => '');
      return { name, text };
    });
    return Promise.all(files);
  });
  return (await Promise.all(found)).flat();
}

/** The cookies that JetBrains keeps for a project; empty when it keeps none. */
export async function readCookieFile(document: vscode.TextDocument): Promise<string> {
  const folder = vscode.workspace.getWorkspaceFolder(document.uri)?.uri;
  if (!folder) return '';
  return readText(vscode.Uri.joinPath(folder, '.idea/httpRequests/http-client.cookies')).catch(() => '');
}
