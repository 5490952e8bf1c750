import * as vscode from 'vscode';
import { shorten } from '../../core/http/plainText.ts';
import type { ManagedRegistration, RegistrationAction } from '../../core/operations/managedRegistration.ts';
import { parseKeptRegistration } from '../../core/operations/registrationRequest.ts';
import type { FlowReport } from '../../core/record/report.ts';
import { secretPlace, type Profile, type SecretPlace } from '../../core/profile/profile.ts';
import { member } from '../../shared/json.ts';
import { lastingWords } from '../../core/session/profilesTree.ts';
import { chooseProfile, type ToChoose } from '../chooseProfile.ts';
import { dialogs } from '../dialogs.ts';
import { withFlow } from '../flowProgress.ts';
import { presentFailure } from '../presentFailure.ts';
import { named } from '../profileArgument.ts';
import type { Services } from '../services.ts';
import { management } from './registerClient.ts';
import type { Item } from '../safeWindow.ts';

type ToManage = ToChoose & Pick<Services, 'flows' | 'run' | 'runner' | 'secrets'>;

interface Choice extends Item {
  readonly action: RegistrationAction;
}

/**
 * Reads, changes or deletes a profile's registered client, with the registration access token in the keychain. Takes
 * `{ profile, action }`, and asks for what is missing.
 *
 * @see RFC 7592
 */
export async function manageRegistration(services: ToManage, argument: unknown): Promise<void> {
  const profile = await chooseProfile(services, argument, {
    title: vscode.l10n.t('Manage the registration of'),
    fits: (one) => lastingWords(one).registrable,
  });
  if (!profile) return;
  const place = secretPlace(profile, undefined, { what: management });
  const text = await services.secrets.use(place);
  const kept = text === undefined ? undefined : parseKeptRegistration(text);
  if (kept === undefined) {
    void tellNone(services, profile);
    return;
  }
  const action = actionOf(argument) ?? (await chooseAction(profile));
  if (action === undefined || (action === 'delete' && !(await reallyDelete(profile)))) return;
  const { outcome, ...report } = await ask(services, { action, profile, kept });
  if (outcome.kind === 'failure') {
    presentFailure(services, profile, { ...outcome, report: { ...report, outcome } });
    return;
  }
  if (outcome.kind !== 'checked') return;
  void services.run('showFlow', { flow: report.id });
  if (action === 'delete') await services.secrets.delete(place);
  tell(services, profile, action, outcome.meaning);
}

/** Asks the server; a token or secret that it renews is stored at once. */
async function ask(services: ToManage, asked: Omit<ManagedRegistration, 'keep'>): Promise<FlowReport> {
  const { flows, runner, secrets } = services;
  const { profile } = asked;
  const keep = async (place: SecretPlace, text: string) => {
    if ((await secrets.get(place)) !== text) await secrets.renew(place, text);
  };
  const managed: ManagedRegistration = {
    ...asked,
    keep: async ({ registration, clientSecret }) => {
      await keep(secretPlace(profile, undefined, { what: management }), JSON.stringify(registration));
      if (clientSecret !== undefined) await keep(secretPlace(profile), clientSecret);
    },
  };
  const title = vscode.l10n.t('Asking the server of “{0}”', profile.name);
  const { report } = await withFlow(flows, profile, title, async (request) => ({
    report: await runner.manage(managed, request),
  }));
  return report;
}

/** Not awaited: the command is over. */
function tell(services: ToManage, profile: Profile, action: RegistrationAction, meaning: string): void {
  const remove = vscode.l10n.t('Delete Profile');
  const buttons = action === 'delete' ? [remove] : [];
  void dialogs
    .showInformationMessage(`${shorten(profile.name, 40)}: ${shorten(meaning, 400)}`, ...buttons)
    .then((answer) => answer === remove && services.run('deleteProfile', named(profile)));
}

async function tellNone(services: ToManage, { name }: Profile): Promise<void> {
  const register = vscode.l10n.t('Register a Client…');
  const text = vscode.l10n.t(
    'The keychain has no registration access token for “{0}”: only clients that were registered from here can be managed here.',
    name,
  );
  if ((await dialogs.showInformationMessage(text, register)) === register)
    await services.run('registerClient');
}

function actionOf(argument: unknown): RegistrationAction | undefined {
  const action = member(argument, 'action');
  return action === 'read' || action === 'update' || action === 'delete' ? action : undefined;
}

async function chooseAction({ name }: Profile): Promise<RegistrationAction | undefined> {
  const items: readonly Choice[] = [
    {
      icon: 'search',
      label: vscode.l10n.t('Show the registration'),
      detail: vscode.l10n.t('What the server has of the client, and whether the profile fits it.'),
      action: 'read',
    },
    {
      icon: 'edit',
      label: vscode.l10n.t('Change it to what the profile wants'),
      detail: vscode.l10n.t('Adds the redirect URI, the grant and the scopes; what is there already stays.'),
      action: 'update',
    },
    { icon: 'trash', label: vscode.l10n.t('Delete the client at the server…'), action: 'delete' },
  ];
  const title = vscode.l10n.t('Registration of “{0}”', name);
  return (await dialogs.showQuickPick(items, { title }))?.action;
}

async function reallyDelete({ name, clientId, issuer = '' }: Profile): Promise<boolean> {
  const yes = vscode.l10n.t('Delete Client');
  const title = vscode.l10n.t('Delete the client of “{0}” at the server?', name);
  const detail = vscode.l10n.t(
    '{0} forgets the client {1}. Nobody who uses it can get a token any more. This cannot be undone.',
    issuer,
    clientId,
  );
  return (await dialogs.showWarningMessage(title, { modal: true, detail }, yes)) === yes;
}
