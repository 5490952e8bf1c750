import * as vscode from 'vscode';
import { possibleOperations, type OperationName } from '../../core/grants/possibleOperations.ts';
import { shorten } from '../../core/http/plainText.ts';
import { mayHaveToken } from '../accessQuestion.ts';
import { isByHand } from '../byHand.ts';
import { chooseProfile, type ToChoose } from '../chooseProfile.ts';
import { dialogs } from '../dialogs.ts';
import { withFlow } from '../flowProgress.ts';
import { offerToken } from '../offerToken.ts';
import { presentFailure } from '../presentFailure.ts';
import { updateToken } from '../showToken.ts';
import type { Services } from '../services.ts';

type ToOperate = ToChoose & Pick<Services, 'access' | 'flows' | 'run' | 'runner' | 'secrets' | 'views'>;

/** The texts of an operation. */
interface OperationWords {
  readonly icon: string;
  readonly label: string;
  /** The title of the list of profiles. */
  readonly title: string;
}

/** The texts of the operations with a token at its server. */
export function operationWords(): Readonly<Record<OperationName, OperationWords>> {
  return {
    introspection: {
      icon: 'search',
      label: vscode.l10n.t('Introspect Token'),
      title: vscode.l10n.t('Introspect the token of'),
    },
    userinfo: {
      icon: 'person',
      label: vscode.l10n.t('Show User Info'),
      title: vscode.l10n.t('Show the user info of'),
    },
    revocation: {
      icon: 'trash',
      label: vscode.l10n.t('Revoke Token'),
      title: vscode.l10n.t('Revoke the token of'),
    },
    signOut: {
      icon: 'sign-out',
      label: vscode.l10n.t('Sign Out at the Server'),
      title: vscode.l10n.t('Sign out at the server of'),
    },
  };
}

/** Runs an operation with the present token, valid or expired, and shows the run; a failure is explained like any flow's. */
export async function operate(services: ToOperate, argument: unknown, name: OperationName): Promise<void> {
  const ends = name === 'revocation' || name === 'signOut';
  const profile = await chooseProfile(services, argument, {
    title: operationWords()[name].title,
    // Nobody chose the only one there is: an agent may have run the command.
    isAsked: ends,
    fits: (one, tokens) =>
      possibleOperations(one, tokens, services.runner.metadata.last(one.issuer)).includes(name),
  });
  if (!profile) return;
  if (ends && !isByHand(argument) && !(await mayHaveToken(services.access, 'end', profile))) return;
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
