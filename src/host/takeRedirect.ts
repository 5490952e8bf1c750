import * as vscode from 'vscode';
import type { Services } from './services.ts';
import { dialogs } from './dialogs.ts';

/**
 * Passes a redirect that the editor received (`vscode://oauth-explorer.oauth-explorer/callback?...`) to the waiting sign-in
 * whose `state` it carries. Any page can make the editor open such an address, so nothing else is done with it.
 *
 * @see RFC 8252 section 7.1
 */
export async function takeRedirect({ flows }: Pick<Services, 'flows'>, uri: vscode.Uri): Promise<void> {
  const address = addressOf(uri);
  const refusals: string[] = [];
  for (const entry of flows.entries) {
    const waiting = entry.state === 'running' ? entry.flow.waiting : undefined;
    if (waiting?.kind !== 'redirect') continue;
    const result = await waiting.submitRedirect(address);
    if (result.accepted) return;
    refusals.push(result.reason);
  }
  const [refusal] = refusals;
  void dialogs.showWarningMessage(
    refusals.length === 1 && refusal !== undefined
      ? vscode.l10n.t(
          'A redirect reached the editor, but the sign-in that is waiting cannot use it. {0}',
          refusal,
        )
      : vscode.l10n.t(
          'A redirect reached the editor for a sign-in that is not waiting in this window: it has ended, or waits in another window.',
        ),
  );
}

/**
 * Restores the address as the browser had it. On the desktop VS Code has decoded the query once, so a plus or percent sign in
 * it was `%2B` or `%25` before; in a browser it passes the query encoded.
 */
function addressOf({ scheme, authority, path, query, fragment }: vscode.Uri): string {
  const isEncoded = /%[0-9A-F]{2}/.test(query) && new URLSearchParams(query).toString() === query;
  const encoded = (text: string) => (isEncoded ? text : text.replaceAll('%', '%25').replaceAll('+', '%2B'));
  return `${scheme}://${authority}${path}${query === '' ? '' : `?${encoded(query)}`}${fragment === '' ? '' : `#${encoded(fragment)}`}`;
}
