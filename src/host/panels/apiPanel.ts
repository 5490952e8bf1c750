import * as vscode from 'vscode';
import { ApiController } from '../../core/api/apiController.ts';
import type { ApiCall } from '../../core/api/callApi.ts';
import { tokenFacts } from '../../core/diagnose/tokenFacts.ts';
import { readIntent } from '../../shared/intents.ts';
import { apiIntents, type ApiViewIntent, type ApiViewModel } from '../../shared/views/apiView.ts';
import { explainRun, type ToExplain } from '../explainRun.ts';
import { hostFixes, type ToFix } from '../hostFixes.ts';
import { askWhere, isWritten } from '../saveFile.ts';
import { sendAndShow, type ToSend } from '../sendRequest.ts';
import type { Services } from '../services.ts';
import { Panels } from './tabs.ts';

type Needed = ToFix & ToExplain & ToSend & Pick<Services, 'extensionUri'>;

/** The API views: one tab beside the editor for each profile, showing its last call. */
export class ApiPanels extends Panels<Needed, ApiViewModel, ApiViewIntent, ApiController> {
  constructor(services: Needed) {
    super(services, {
      name: 'api',
      column: vscode.ViewColumn.Beside,
      parse: (message) => readIntent(apiIntents, message),
    });
  }

  /** Shows the result of a call, with an explanation when it failed. */
  async show(call: ApiCall): Promise<void> {
    const { report, tokens } = call;
    const services = this.services;
    const explanation = await explainRun(services, report, tokenFacts(tokens));
    const path = URL.canParse(call.url) ? new URL(call.url).pathname : call.url;
    const title = `${call.request.method} ${path}`.slice(0, 60);
    const open = this.tabs.reveal(report.profile.id);
    if (open) {
      open.panel.title = title;
      open.content.show(call, explanation);
      return;
    }
    this.tabs.open(
      report.profile.id,
      title,
      (panel) =>
        new ApiController(call, explanation, {
          ...hostFixes(services),
          draw: (model) => panel.show(model),
          open: async (name, text) => (await services.views.texts()).show(name, text),
          saveBody,
          copy: (text) => vscode.env.clipboard.writeText(text),
          sendAgain: ({ report: { profile }, request }) =>
            sendAndShow(services, services.profiles.latest(profile)?.profile ?? profile, request),
          showFlow: (flow) => services.run('showFlow', { flow }),
          explain: (flow) => services.run('showFailure', { flow }),
        }),
    );
  }
}

/** Asks where to save the body, and writes it. */
async function saveBody(fileName: string, body: Uint8Array): Promise<ApiViewModel['notice']> {
  const uri = await askWhere(fileName, { title: vscode.l10n.t('Save the body') });
  if (uri === undefined) return undefined;
  return (await isWritten(uri, body))
    ? { text: vscode.l10n.t('The body is in {0}.', uri.fsPath), done: true }
    : { text: vscode.l10n.t('The body could not be written to {0}.', uri.fsPath), done: false };
}
