import * as vscode from 'vscode';
import { possibleOperations } from '../../core/grants/possibleOperations.ts';
import { lastingWords } from '../../core/session/profilesTree.ts';
import { tokenState } from '../../core/session/tokenState.ts';
import { getsBound, isBound } from '../../core/token/isBound.ts';
import { statusLine } from '../../core/session/statusLine.ts';
import { serverCommands, type CommandName } from '../../shared/commands.ts';
import { dialogs } from '../dialogs.ts';
import { byHand } from '../byHand.ts';
import type { Services } from '../services.ts';
import type { Item } from '../safeWindow.ts';
import { operationWords } from './operationCommands.ts';

interface MenuItem extends Item {
  readonly run?: CommandName;
}

/** The menu of the active profile, with only what is possible now. */
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
        { icon: 'key', label: vscode.l10n.t('Show Token'), run: 'showToken' },
        ...(tokens && isBound(tokens)
          ? []
          : [{ icon: 'copy', label: vscode.l10n.t('Copy Access Token'), run: 'copyToken' } as const]),
        ...possible.map((name) => ({ ...operationWords()[name], run: serverCommands[name] })),
      ]
    : [];
  const items: readonly MenuItem[] = [
    { icon: 'play', label: vscode.l10n.t('Get Token'), run: 'getToken' },
    ...(tokens?.refresh_token === undefined
      ? []
      : [{ icon: 'refresh', label: vscode.l10n.t('Refresh Token'), run: 'refreshToken' } as const]),
    ...withToken,
    ...(getsBound(profile, tokens)
      ? []
      : [{ icon: 'insert', label: vscode.l10n.t('Insert Bearer Token'), run: 'insertBearer' } as const]),
    { label: '', kind: vscode.QuickPickItemKind.Separator },
    { icon: 'edit', label: vscode.l10n.t('Edit Profile'), run: 'editProfile' },
    ...(lastingWords(profile).registrable
      ? [{ icon: 'server', label: vscode.l10n.t('Registration…'), run: 'manageRegistration' } as const]
      : []),
    { icon: 'beaker', label: vscode.l10n.t('Check Redirect and PKCE…'), run: 'runChecks' },
    { icon: 'list-selection', label: vscode.l10n.t('Choose Another Profile…'), run: 'setActiveProfile' },
  ];
  const chosen = await dialogs.showQuickPick(items, {
    title: profile.name,
    placeHolder: statusLine(profile, tokens, services.clock.now()).tooltip,
  });
  if (chosen?.run === undefined) return;
  await services.run(
    chosen.run,
    ...(chosen.run === 'setActiveProfile' ? [] : [byHand({ profile: profile.id })]),
  );
}
