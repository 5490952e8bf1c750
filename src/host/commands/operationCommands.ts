import * as vscode from 'vscode';
import { possibleOperations, type OperationName } from '../../core/grants/possibleOperations.ts';
import { shorten } from '../../core/http/plainText.ts';
import { chooseProfile, type ToChoose } from '../chooseProfile.ts';
import { dialogs } from '../dialogs.ts';
import { withFlow } from '../flowProgress.ts';
import { offerToken } from '../offerToken.ts';
import { presentFailure } from '../presentFailure.ts';
import { updateToken } from '../showToken.ts';
import type { Services } from '../services.ts';

type ToOperate = ToChoose & Pick<Services, 'flows' | 'run' | 'runner' | 'secrets' | 'views'>;

/** Asks the server what it knows of the profile's access token. @see RFC 7662 */
export function introspectToken(services: ToOperate, argument: unknown): Promise<void> {
  return operate(services, argument, 'introspection');
}

/** Asks the server who the user is. @see OpenID Connect Core 1.0 section 5.3 */
export function userInfo(services: ToOperate, argument: unknown): Promise<void> {
  return operate(services, argument, 'userinfo');
}

/** Has the server take the profile's tokens back, and forgets them. @see RFC 7009 */
export function revokeToken(services: ToOperate, argument: unknown): Promise<void> {
  return operate(services, argument, 'revocation');
}

/** Ends the user's session at the server, and forgets the profile's tokens. @see OpenID Connect RP-Initiated Logout 1.0 */
export function signOut(services: ToOperate, argument: unknown): Promise<void> {
  return operate(services, argument, 'signOut');
}

/** What each operation is called where a profile is chosen for it. */
function titles(): Readonly<Record<OperationName, string>> {
  return {
    introspection: vscode.l10n.t('Introspect the token of'),
    userinfo: vscode.l10n.t('Show who the user is of'),
    revocation: vscode.l10n.t('Revoke the token of'),
    signOut: vscode.l10n.t('Sign out at the server of'),
  };
}

/** Does it with the token there is, good or expired, and shows the run; its failure is explained like that of any flow. */
async function operate(services: ToOperate, argument: unknown, name: OperationName): Promise<void> {
  const profile = await chooseProfile(services, argument, {
    title: titles()[name],
    fits: (one, tokens) =>
      possibleOperations(one, tokens, services.runner.metadata.last(one.issuer)).includes(name),
  });
  if (!profile) return;
  const tokens = await services.tokens.get(profile);
  if (tokens === undefined) {
    // Not awaited: the command is over.
    void offerToken(services, profile);
    return;
  }
  const title = vscode.l10n.t('Asking the server of “{0}”', profile.name);
  const { report, spent } = await withFlow(services.flows, profile, title, (request) =>
    services.runner.operate(name, { profile, tokens, ...request }),
  );
  const { outcome } = report;
  if (outcome.kind === 'failure') {
    presentFailure(services, profile, { ...outcome, report });
    return;
  }
  if (spent) await services.tokens.delete(profile);
  else await updateToken(services, profile);
  if (outcome.kind !== 'checked') return;
  void services.run('showFlow', { flow: report.id });
  void dialogs.showInformationMessage(`${shorten(profile.name, 40)}: ${shorten(outcome.meaning, 300)}`);
}
