import * as vscode from 'vscode';
import type { FlowReport } from '../../core/record/report.ts';
import { curl } from '../../core/flowView/export/curl.ts';
import { har } from '../../core/flowView/export/har.ts';
import { flowMarkdown } from '../../core/flowView/export/markdown.ts';
import { flowView } from '../../core/flowView/flowView.ts';
import { redactFlow } from '../../core/flowView/redactFlow.ts';
import type { Services } from '../services.ts';
import { chooseFlow, hasEnded } from '../chooseFlow.ts';
import { dialogs } from '../dialogs.ts';
import { askWhere } from '../saveFile.ts';

interface Format extends vscode.QuickPickItem {
  readonly extension: string;
  /** @param flow with its exchanges redacted, unless the user wants the secrets */
  write: (services: Pick<Services, 'version'>, flow: FlowReport, redacted: boolean) => string;
}

const formats: readonly Format[] = [
  {
    label: 'curl',
    description: 'Shell commands, secrets as variables',
    extension: 'sh',
    write: (_, flow, redacted) =>
      flow.exchanges
        .filter(({ leg }) => leg === 'extension')
        .map((exchange) => curl(exchange, redacted ? 'variables' : 'plain'))
        .join('\n\n') + '\n',
  },
  {
    label: 'HAR 1.2',
    description: 'HTTP Archive, for browsers’ developer tools and proxies',
    extension: 'har',
    write: (services, flow) => JSON.stringify(har(flow.exchanges, services.version), null, 2),
  },
  {
    label: 'Markdown',
    description: 'With a mermaid sequence diagram, for issues and documentation',
    extension: 'md',
    // It is redacted already, and is not to be masked again.
    write: (_, flow) => flowMarkdown(flowView({ state: 'ended', flow }, { plain: true })),
  },
];

/** Copies or saves a run: redacted, unless the user asks for the secrets after reading what that means. */
export async function exportFlow(
  services: Pick<Services, 'clock' | 'flows' | 'version'>,
  argument: unknown,
): Promise<void> {
  const entry = await chooseFlow(services, argument, { ...hasEnded, title: vscode.l10n.t('Export a flow') });
  if (entry?.state !== 'ended') return;
  const format = await dialogs.showQuickPick(formats, { title: vscode.l10n.t('Export as') });
  if (!format) return;
  const redacted = await askRedacted();
  if (redacted === undefined) return;
  const flow = redacted ? { ...entry.flow, exchanges: redactFlow(entry.flow) } : entry.flow;
  await deliver(format.write(services, flow, redacted), entry.flow.profile.id, format.extension);
}

async function askRedacted(): Promise<boolean | undefined> {
  const items = [
    {
      label: vscode.l10n.t('Redacted'),
      description: vscode.l10n.t('Secrets and tokens show only their last 6 characters'),
      redacted: true,
    },
    {
      label: vscode.l10n.t('With all secrets…'),
      description: vscode.l10n.t('Client secret, code, verifier and tokens in plain text'),
      redacted: false,
    },
  ];
  const choice = await dialogs.showQuickPick(items, { title: vscode.l10n.t('What may it contain?') });
  if (!choice || choice.redacted) return choice?.redacted;
  const yes = vscode.l10n.t('Export with Secrets');
  const answer = await dialogs.showWarningMessage(
    vscode.l10n.t('Export this flow with all its secrets?'),
    {
      modal: true,
      detail: vscode.l10n.t(
        'The result contains the client secret, the authorization code, the PKCE verifier and all tokens as they were sent. Whoever reads it can act as this client and user until they expire or are revoked.',
      ),
    },
    yes,
  );
  return answer === yes ? false : undefined;
}

async function deliver(text: string, profileId: string, extension: string): Promise<void> {
  const copy = vscode.l10n.t('Copy to the clipboard');
  const save = vscode.l10n.t('Save as a file…');
  const items = [copy, save].map((label) => ({ label }));
  const choice = (await dialogs.showQuickPick(items, { title: vscode.l10n.t('Where to?') }))?.label;
  if (choice === copy) {
    await vscode.env.clipboard.writeText(text);
    dialogs.done(vscode.l10n.t('Flow copied'));
  }
  if (choice !== save) return;
  const uri = await askWhere(`${profileId}-flow.${extension}`);
  if (uri) await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
}
