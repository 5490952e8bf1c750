import * as vscode from 'vscode';
import { configuredServers } from '../../core/mcp/configFiles.ts';
import { commands } from '../../shared/commands.ts';

/** Lenses above each server in a file such as `mcp.json`: explore it, check it, or why OAuth plays no part. */
export function mcpLenses(document: vscode.TextDocument): vscode.CodeLens[] {
  return configuredServers(document.getText()).flatMap(({ offset, url }) => {
    const at = document.positionAt(offset);
    const range = new vscode.Range(at, at);
    if (url === undefined)
      return [
        new vscode.CodeLens(range, {
          title: vscode.l10n.t('Started on this computer (stdio), so OAuth is not involved'),
          command: '',
        }),
      ];
    return [
      new vscode.CodeLens(range, {
        title: vscode.l10n.t('$(plug) Can a client connect?'),
        tooltip: vscode.l10n.t('Asks the server, without a token, what a client must do to sign in'),
        command: commands.exploreMcpServer,
        arguments: [{ url }],
      }),
      new vscode.CodeLens(range, {
        title: vscode.l10n.t('$(beaker) Check'),
        tooltip: vscode.l10n.t(
          'Checks the server as its clients and attackers see it. Nothing is sent until you start it',
        ),
        command: commands.checkMcpServer,
        arguments: [{ url }],
      }),
    ];
  });
}
