import * as vscode from 'vscode';
import { mcpUrl } from '../mcpUrl.ts';
import type { Services } from '../services.ts';

/** Walks what a client must do with an MCP server's URL: the one given, as by a lens, or one that is typed or pasted. */
export async function exploreMcpServer(services: Pick<Services, 'views'>, argument: unknown): Promise<void> {
  const url = await mcpUrl(argument, vscode.l10n.t('Explore MCP Server'));
  if (url !== undefined) (await services.views.mcp()).show(url);
}
