import * as vscode from 'vscode';
import { Access, type AccessAnswer, type TokenOwner } from '../core/access/access.ts';
import { callerWords, type Caller } from '../core/access/caller.ts';
import type { Vault } from '../core/vault/vault.ts';
import { secretOrigin, type Profile } from '../core/profile/profile.ts';
import { dialogs } from './dialogs.ts';

const key = 'access.decisions';

/** This user's decisions about callers, kept in the extension's global state; the vault has the proof that none was revoked since. */
export function accessOf(
  state: Pick<vscode.Memento, 'get' | 'update'>,
  vault: Pick<Vault, 'get' | 'set'>,
): Access {
  return new Access({
    vault,
    read: () => state.get(key),
    write: (decisions) => Promise.resolve(state.update(key, decisions)),
  });
}

/**
 * What a decision about a caller applies to: the tokens of a profile in one environment, at one server; and for an MCP server
 * only that server, even if another one has the same profile.
 */
export function ownerOf(profile: Profile, caller: Caller): TokenOwner {
  const { id, environment, mcpServer } = profile;
  const server = secretOrigin(profile);
  return {
    profile: environment === undefined ? id : `${id} in ${environment}`,
    server: caller === 'mcp' && mcpServer !== undefined ? `${server} · ${mcpServer}` : server,
  };
}

/** Whether `caller` may have the profile's token, or do with it what it wants, asked once. */
export function mayHaveToken(access: Access, caller: Caller, profile: Profile): Promise<boolean> {
  return access.allows(caller, ownerOf(profile, caller), () => ask(caller, profile));
}

async function ask(caller: Caller, profile: Profile): Promise<AccessAnswer | undefined> {
  const session = vscode.l10n.t('Allow for This Session');
  const always = vscode.l10n.t('Always');
  const never = vscode.l10n.t('Never');
  const question = questionOf(caller, profile);
  const answer = await dialogs.showWarningMessage(question, session, always, never);
  return answer === session
    ? 'session'
    : answer === always
      ? 'always'
      : answer === never
        ? 'never'
        : undefined;
}

function questionOf(caller: Caller, { mcpServer = '', name }: Profile): string {
  switch (caller) {
    case 'mcp':
      return vscode.l10n.t(
        'VS Code will start the MCP server {0} with the access token of “{1}”, a new one at each start. Whoever runs the server can act with it until it expires.',
        mcpServer,
        name,
      );
    case 'agent':
      return vscode.l10n.t(
        '{0} wants to send requests with the access token of “{1}”. It sees the answers, not the token; each request and each new host is shown to you first.',
        callerWords(caller),
        name,
      );
    case 'call':
      return vscode.l10n.t(
        '{0} wants to send requests with the access token of “{1}”. It does not get the token; each new host is shown to you first.',
        callerWords('command'),
        name,
      );
    case 'end':
      return vscode.l10n.t(
        '{0} wants to end the token or the sign-in of “{1}” at its server. Whatever uses the token stops working, and you may have to sign in again.',
        callerWords('command'),
        name,
      );
    case 'command':
    case 'extension':
    case 'terminal':
      return vscode.l10n.t(
        '{0} wants the access token of “{1}”. Whoever gets it can act with it until it expires; an agent would pass it to its model.',
        callerWords(caller),
        name,
      );
  }
}
