import * as vscode from 'vscode';
import type { Update } from '../core/import/alreadyThere.ts';
import { everyHost, type PlannedImport, type ReadyImport } from '../core/import/importPlan.ts';
import { plainText } from '../core/http/plainText.ts';
import { dialogs } from './dialogs.ts';

/** Shows what an import would do, and lets the user select; `undefined` when nothing is to be imported. */
export async function chooseOf(
  plan: readonly PlannedImport[],
  format: string,
): Promise<readonly PlannedImport[] | undefined> {
  const picked = await preview(plan, format);
  return picked && updateOrKeep(picked);
}

interface PreviewItem extends vscode.QuickPickItem {
  readonly planned: PlannedImport;
}

async function preview(plan: readonly PlannedImport[], format: string): Promise<PlannedImport[] | undefined> {
  const items = plan.map((planned): PreviewItem => ({
    ...previewOf(planned),
    planned,
    picked: !isThere(planned),
  }));
  const chosen = await dialogs.showQuickPick(items, {
    title: vscode.l10n.t('Import from: {0}', format),
    placeHolder: vscode.l10n.t('Choose what to import to the user settings'),
    canPickMany: true,
    ignoreFocusOut: true,
    matchOnDescription: true,
    matchOnDetail: true,
  });
  return chosen?.map(({ planned }) => planned);
}

/** Whether importing would change nothing. */
function isThere(planned: PlannedImport): boolean {
  return planned.kind === 'ready' && planned.update?.fields.length === 0 && planned.secret === undefined;
}

/** A profile's line: every host that it contacts or sends tokens to, and the only one that gets its secret. */
function previewOf(planned: PlannedImport): vscode.QuickPickItem {
  const isReady = planned.kind === 'ready';
  const { secretHost, file } = planned;
  const places = isReady ? (planned.environments ?? []) : [];
  const hasSecret = planned.secret !== undefined || places.some(({ secret }) => secret !== undefined);
  const words = [
    everyHost(planned).join(', '),
    isReady ? planned.profile.grant : vscode.l10n.t('opens in the editor'),
    ...(isReady && planned.update
      ? [vscode.l10n.t('already there as “{0}”', plainText(planned.update.profile.name, 60))]
      : []),
    ...places.map(({ name }) => `“${plainText(name, 60)}”`),
    ...(file === undefined ? [] : [file]),
  ];
  // First, so that a narrow window cuts off other words: it is what the user confirms.
  const said = [
    ...(hasSecret ? [secretWords(secretHost)] : []),
    ...(isReady ? [`${planned.profile.clientId} · ${planned.profile.scopes.join(' ')}`] : planned.problems),
    ...planned.notes,
  ];
  return {
    label: isReady ? planned.profile.name : planned.name,
    description: words.filter(Boolean).join(' · '),
    detail: said.join(' · '),
  };
}

function secretWords(host: string | undefined): string {
  return host === undefined
    ? vscode.l10n.t('the secret goes to the keychain once the profile has a server')
    : vscode.l10n.t('the secret goes to the keychain and to {0} only', host);
}

/** For profiles that exist already, asks whether to update them or to add others beside them; `undefined` for neither. */
async function updateOrKeep(picked: readonly PlannedImport[]): Promise<readonly PlannedImport[] | undefined> {
  const updates = picked.filter(
    (one): one is ReadyImport => one.kind === 'ready' && one.update !== undefined,
  );
  if (updates.length === 0) return picked;
  const update = vscode.l10n.t('Update');
  const keep = vscode.l10n.t('Keep Both');
  const lines = updates.map(
    ({ update: there, secret }) =>
      `“${plainText(there?.profile.name ?? '', 60)}”: ${changesOf(there, secret)}`,
  );
  const answer = await dialogs.showInformationMessage(
    vscode.l10n.t('Some exist already: update them with what was found?'),
    { modal: true, detail: shortened(lines, '\n') },
    update,
    keep,
  );
  if (answer !== update) return answer === keep ? picked : undefined;
  return picked.map((one) =>
    one.kind === 'ready' && one.update ? { ...one, profile: one.update.profile } : one,
  );
}

/** What would change of a profile that is there. */
function changesOf(update: Update | undefined, secret: string | undefined): string {
  const fields = [
    ...(update?.fields ?? []),
    ...(secret === undefined ? [] : [vscode.l10n.t('the secret in the keychain')]),
  ];
  return fields.length === 0 ? vscode.l10n.t('nothing changes') : fields.join(', ');
}

/** The first three sentences, and how many more there are, as a notification has little room. */
export function shortened(problems: readonly string[], between = ' '): string {
  const more = problems.length - 3;
  const first = problems.slice(0, 3);
  return [...first, ...(more > 0 ? [vscode.l10n.t('And {0} more.', more)] : [])].join(between);
}
