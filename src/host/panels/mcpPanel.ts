import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { networkFetch } from '../../adapters/network.ts';
import { McpController, type McpDeps } from '../../core/mcp/mcpController.ts';
import { isMcpProfile } from '../../core/mcp/mcpProfile.ts';
import { mcpReport } from '../../core/mcp/mcpReport.ts';
import { freeId, slug } from '../../core/profile/slug.ts';
import { FailureError } from '../../core/record/failure.ts';
import { freePort } from '../../demo/listen.ts';
import { readIntent } from '../../shared/intents.ts';
import { mcpIntents, type McpViewIntent, type McpViewModel } from '../../shared/views/mcpView.ts';
import { reach } from '../contextKeys.ts';
import { dialogs } from '../dialogs.ts';
import { withFlowProgress } from '../flowProgress.ts';
import type { Services } from '../services.ts';
import { requestTimeout } from '../settings.ts';
import { Panels } from './tabs.ts';
import type { ViewPanel } from './viewPanel.ts';

type Needed = Pick<
  Services,
  | 'clock'
  | 'extensionUri'
  | 'flows'
  | 'profiles'
  | 'run'
  | 'runner'
  | 'secrets'
  | 'session'
  | 'version'
  | 'views'
>;

interface OpenServer {
  readonly controller: McpController;
  handle: (intent: McpViewIntent) => Promise<void>;
  dispose: () => void;
}

/** The MCP views: one tab for each URL. */
export class McpPanels extends Panels<Needed, McpViewModel, McpViewIntent, OpenServer> {
  constructor(services: Needed) {
    super(services, { name: 'mcp', parse: (message) => readIntent(mcpIntents, message) });
  }

  /** Explores the MCP server at this URL as a client would: at once, and without a token. */
  show(url: URL): void {
    const tab =
      this.tabs.reveal(url.href) ??
      this.tabs.open(url.href, vscode.l10n.t('MCP: {0}', url.host), (panel) => this.#begin(url, panel));
    void tab.content.controller.explore();
  }

  #begin(url: URL, panel: ViewPanel<McpViewModel>): OpenServer {
    const id = randomUUID();
    const draw = (model: McpViewModel) => panel.show(model);
    const controller = new McpController(url, id, { ...explorerOf(this.services), draw });
    return {
      controller,
      handle: async (intent) => {
        await controller.handle(intent);
        await this.#handle(intent, id, controller.model);
      },
      dispose: () => controller.dispose(),
    };
  }

  async #handle({ type }: McpViewIntent, id: string, model: McpViewModel): Promise<void> {
    const { run, views } = this.services;
    if (type === 'showFlow') (await views.flow()).show(id);
    if ((type === 'showToken' || type === 'editProfile') && model.profile !== undefined)
      await run(type, { profile: model.profile });
    if (type === 'check') await run('checkMcpServer', { url: model.url });
    if (type !== 'copyReport') return;
    await vscode.env.clipboard.writeText(mcpReport(model));
    dialogs.done(vscode.l10n.t('Report copied'));
  }
}

function explorerOf({
  clock,
  flows,
  profiles,
  runner,
  secrets,
  session,
  version,
}: Needed): Omit<McpDeps, 'draw'> {
  return {
    ...{ clock, version, fetch: networkFetch, timeout: () => requestTimeout() },
    record: (report) => {
      flows.put({ state: 'ended', flow: report });
      if (report.exchanges.some(({ response }) => response !== undefined)) void reach('mcpExplored');
    },
    known: (resource) => profiles.usable().find((profile) => isMcpProfile(profile, resource)),
    // A fixed port, as the client is registered with it before the sign-in listens there. @see RFC 8252 section 7.3
    freeRedirect: async () => `http://127.0.0.1:${await freePort()}/callback`,
    nameFor: (host) => ({
      id: freeId(slug(`mcp ${host}`) || 'mcp', profiles.ids()),
      name: vscode.l10n.t('MCP: {0}', host),
    }),
    isOneService: (...asked) => runner.isOneService(...asked),
    save: (profile) => profiles.save(profile, { scope: 'user' }, profiles.get(profile.id)?.profile.id),
    keepSecret: (place, secret) => secrets.set(place, secret),
    signIn: async (profile, signal) => {
      const obtained = await withFlowProgress(flows, profile, (stop) =>
        session.fresh(profile, AbortSignal.any([signal, stop])),
      );
      if (obtained.report !== undefined) return obtained.report;
      if (obtained.kind === 'failure') throw new FailureError(obtained.failure);
      throw new RangeError('The sign-in reported nothing.');
    },
  };
}
