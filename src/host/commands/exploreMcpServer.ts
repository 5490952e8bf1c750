import * as vscode from 'vscode';
import { mcpUrlProblem } from '../../core/mcp/serverUrl.ts';
import type { Services } from '../services.ts';
import { dialogs } from '../dialogs.ts';

/** Walks what a client must do with an MCP server's URL: the one given, as by a lens, or one that is typed or pasted. */
export async function exploreMcpServer(services: Pick<Services, 'views'>, argument: unknown): Promise<void> {
  const given =
    typeof argument === 'object' && argument !== null && 'url' in argument && typeof argument.url === 'string'
      ? argument.url.trim()
      : undefined;
  const text = given ?? (await ask());
  if (text === undefined) return;
  const problem = mcpUrlProblem(text);
  if (problem !== undefined) {
    void dialogs.showErrorMessage(problem);
    return;
  }
  (await services.views.mcp()).show(new URL(text));
}

async function ask(): Promise<string | undefined> {
  const text = await dialogs.showInputBox({
    title: vscode.l10n.t('Explore MCP Server'),
    prompt: vscode.l10n.t('The URL that clients connect to, as it stands in mcp.json'),
    placeHolder: 'https://mcp.example.com/mcp',
    ignoreFocusOut: true,
    validateInput: (value) => (value.trim() === '' ? undefined : mcpUrlProblem(value.trim())),
  });
  return text === undefined || text.trim() === '' ? undefined : text.trim();
}
