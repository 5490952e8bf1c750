import * as vscode from 'vscode';
import { mcpUrlProblem } from '../core/mcp/serverUrl.ts';
import { textMember } from '../shared/json.ts';
import { dialogs } from './dialogs.ts';

/** The MCP server that a command is about: the URL of its argument, as a lens gives it, or one that is typed or pasted. */
export async function mcpUrl(argument: unknown, title: string): Promise<URL | undefined> {
  const text = textMember(argument, 'url')?.trim() ?? (await ask(title));
  if (text === undefined) return undefined;
  const problem = mcpUrlProblem(text);
  if (problem === undefined) return new URL(text);
  void dialogs.showErrorMessage(problem);
  return undefined;
}

async function ask(title: string): Promise<string | undefined> {
  const text = await dialogs.showInputBox({
    title,
    prompt: vscode.l10n.t('The URL that clients connect to, as it stands in mcp.json'),
    placeHolder: 'https://mcp.example.com/mcp',
    validateInput: (value) => (value.trim() === '' ? undefined : mcpUrlProblem(value.trim())),
  });
  return text === undefined || text.trim() === '' ? undefined : text.trim();
}
