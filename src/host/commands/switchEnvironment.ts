import * as vscode from 'vscode';
import { member } from '../../shared/json.ts';
import { dialogs } from '../dialogs.ts';
import type { Services } from '../services.ts';
import { openEnvironments } from './viewCommands.ts';

/** Switches to another environment: the one in `{ "environment": "<name>" }`, else the user's choice. */
export async function switchEnvironment(
  { profiles: { environments } }: Pick<Services, 'profiles'>,
  argument: unknown,
): Promise<void> {
  const all = environments.list().environments;
  const given = member(argument, 'environment');
  const asked = all.find(({ name }) => name === given);
  if (asked) return environments.choose(asked.name);
  const settings = {
    icon: 'gear',
    label: vscode.l10n.t('Edit environments in the settings'),
    environment: undefined,
  };
  const items = all.map(({ name, values, source }) => ({
    label: name,
    description: name === environments.active ? vscode.l10n.t('as it is now') : '',
    detail: [...values]
      .map(([variable, value]) => `${variable}: ${value}`)
      .join(' · ')
      .slice(0, 200),
    environment: name,
    source,
  }));
  const chosen = await dialogs.showQuickPick([...items, settings], {
    title: vscode.l10n.t('Switch environment'),
    placeHolder: vscode.l10n.t('Tokens and secrets of each environment are kept apart'),
  });
  if (chosen?.environment !== undefined) await environments.choose(chosen.environment);
  else if (chosen) await openEnvironments();
}
