import * as vscode from 'vscode';
import { possibleOperations, type OperationName } from '../../core/grants/possibleOperations.ts';
import { hasRedirect } from '../../core/profile/profile.ts';
import { tokenState } from '../../core/session/tokenState.ts';
import { statusLine, withoutIcons } from '../../core/session/statusLine.ts';
import type { CommandName } from '../../shared/commands.ts';
import { dialogs } from '../dialogs.ts';
import type { Services } from '../services.ts';

interface MenuItem extends vscode.QuickPickItem {
  readonly run?: CommandName;
}

/** What one can do with a token at its server. */
function serverItems(): Readonly<Record<OperationName, MenuItem>> {
  return {
    introspection: { label: vscode.l10n.t('$(search) Introspect Token'), run: 'introspectToken' },
    userinfo: { label: vscode.l10n.t('$(person) Show User Info'), run: 'userInfo' },
    revocation: { label: vscode.l10n.t('$(trash) Revoke Token'), run: 'revokeToken' },
    signOut: { label: vscode.l10n.t('$(sign-out) Sign Out at the Server'), run: 'signOut' },
  };
}

/** What one can do with the active profile; offers only what it can do now. */
export async function profileMenu(
  services: Pick<Services, 'activeProfile' | 'clock' | 'run' | 'runner' | 'tokens'>,
): Promise<void> {
  const profile = services.activeProfile();
  if (profile === undefined) {
    await services.run('setActiveProfile');
    return;
  }
  const tokens = services.tokens.peek(profile);
  const has = tokenState(tokens, services.clock.now()).kind !== 'none';
  const possible = possibleOperations(profile, tokens, services.runner.metadata.last(profile.issuer));
  const withToken: readonly MenuItem[] = has
    ? [
        { label: vscode.l10n.t('$(key) Show Token'), run: 'showToken' },
        { label: vscode.l10n.t('$(copy) Copy Access Token'), run: 'copyToken' },
        ...possible.map((name) => serverItems()[name]),
      ]
    : [];
  const items: readonly MenuItem[] = [
    { label: vscode.l10n.t('$(play) Get Token'), run: 'getToken' },
    ...(tokens?.refresh_token === undefined
      ? []
      : [{ label: vscode.l10n.t('$(refresh) Refresh Token'), run: 'refreshToken' } as const]),
    ...withToken,
    { label: vscode.l10n.t('$(insert) Insert Bearer Token'), run: 'insertBearer' },
    { label: '', kind: vscode.QuickPickItemKind.Separator },
    { label: vscode.l10n.t('$(edit) Edit Profile'), run: 'editProfile' },
    ...(hasRedirect(profile) && profile.issuer !== undefined
      ? [{ label: vscode.l10n.t('$(server) Registration…'), run: 'manageRegistration' } as const]
      : []),
    { label: vscode.l10n.t('$(beaker) Check Redirect and PKCE…'), run: 'runChecks' },
    { label: vscode.l10n.t('$(list-selection) Choose Another Profile…'), run: 'setActiveProfile' },
  ];
  const chosen = await dialogs.showQuickPick(items, {
    title: withoutIcons(profile.name),
    placeHolder: statusLine(profile, tokens, services.clock.now()).tooltip,
  });
  if (chosen?.run === undefined) return;
  await services.run(chosen.run, ...(chosen.run === 'setActiveProfile' ? [] : [{ profile: profile.id }]));
}
