import * as vscode from 'vscode';
import type { ApiBench } from '../../core/checks/apiBench.ts';
import type { ApiTarget } from '../../core/checks/apiTarget.ts';
import type { Check, CheckWords } from '../../core/checks/check.ts';
import { planApiChecks } from '../../core/checks/runApiChecks.ts';
import { ChecksController, type ChecksControllerDeps } from '../../core/checks/checksController.ts';
import { planChecks } from '../../core/checks/plan.ts';
import { applyFix } from '../../core/diagnose/failureController.ts';
import type { AuthorizationCodeProfile, Profile } from '../../core/profile/profile.ts';
import { withoutProfile } from '../../core/profile/withoutProfile.ts';
import { readIntent } from '../../shared/intents.ts';
import { checksIntents, type ChecksViewIntent, type ChecksViewModel } from '../../shared/views/checksView.ts';
import { hostFixes, type ToFix } from '../hostFixes.ts';
import { runApiTarget } from '../runApiTarget.ts';
import { runProfileChecks } from '../runProfileChecks.ts';
import { askWhere, isWritten } from '../saveFile.ts';
import type { Services } from '../services.ts';
import { Panels } from './tabs.ts';

type Needed = ToFix &
  Pick<Services, 'checks' | 'clock' | 'extensionUri' | 'flows' | 'runner' | 'session' | 'tokens' | 'version'>;

/** The checks in a tab; `key` identifies what they are about, as it was when the tab was opened or last run. */
interface OpenChecks extends Pick<ChecksController, 'dispose' | 'handle'> {
  key: () => string;
}

type Draw = (model: ChecksViewModel) => void;

/** The checks views: one tab for each profile, and for each API. */
export class ChecksPanels extends Panels<Needed, ChecksViewModel, ChecksViewIntent, OpenChecks> {
  constructor(services: Needed) {
    super(services, { name: 'checks', parse: (message) => readIntent(checksIntents, message) });
  }

  /**
   * Shows the plan for a profile; nothing is sent before the user starts it.
   *
   * @param others authorization code profiles of the same server
   */
  show(profile: Profile, others: readonly AuthorizationCodeProfile[]): void {
    const title = vscode.l10n.t('Checks: {0}', profile.name);
    let now = profile;
    const planned = () => {
      const subject = { profile: now, hasOtherClient: others.length > 0 };
      return { subject, items: planChecks(subject) };
    };
    const key = () => JSON.stringify([now, others]);
    this.#show(profile.id, key, title, (draw) => {
      const { subject, items } = planned();
      return new ChecksController(subject, items, {
        ...this.#common<Check>(profile, draw),
        run: (...asked) => runProfileChecks(this.services, now, others, ...asked),
        renewed: () => {
          now = this.services.profiles.latest(profile)?.profile ?? now;
          return planned();
        },
      });
    });
  }

  /** Shows the plan for an API, an MCP server among them; nothing is sent before the user starts it. */
  showApi(target: ApiTarget): void {
    const { request, mcp } = target;
    const { host, pathname } = new URL(request.url);
    const named = mcp ? `MCP: ${host}` : `${request.method} ${host}${pathname}`;
    const profile = { ...(target.profile ?? withoutProfile(request.url)), name: named };
    const key = () => JSON.stringify([target.profile, request.method, request.url, request.headers]);
    const title = vscode.l10n.t('Checks: {0}', mcp ? host : pathname);
    const withTarget = vscode.l10n.t('{0}, and what leads there', host);
    const subject = { profile, hasOtherClient: false, target: mcp ? withTarget : host };
    const items = planApiChecks(mcp !== undefined, target.profile !== undefined);
    this.#show(`api ${request.method} ${request.url}`, key, title, (draw) => {
      return new ChecksController(subject, items, {
        ...this.#common<Check<ApiBench>>(profile, draw),
        run: (...asked) => runApiTarget(this.services, target, ...asked),
        renewed: () => undefined,
      });
    });
  }

  /** @param key identifies what is checked; when the open tab's is another, the tab starts anew */
  #show(id: string, key: () => string, title: string, begin: (draw: Draw) => Omit<OpenChecks, 'key'>): void {
    if (this.tabs.get(id)?.content.key() === key()) {
      this.tabs.reveal(id);
      return;
    }
    this.tabs.open(id, title, (panel) => {
      const controller = begin((model) => panel.show(model));
      return {
        key,
        handle: (intent) => controller.handle(intent),
        dispose: () => controller.dispose(),
      };
    });
  }

  #common<C extends CheckWords>(
    profile: Profile,
    draw: Draw,
  ): Omit<ChecksControllerDeps<C>, 'renewed' | 'run'> {
    const services = this.services;
    const { checks, flows, version } = services;
    return {
      draw,
      keep: (report) => checks.keep(report),
      previous: () => checks.get(profile.id),
      save: saveReport,
      showFlow: async (flow) => {
        flows.put({ state: 'ended', flow });
        await services.run('showFlow', { flow: flow.id });
      },
      applyFix: (fix) => applyFix(fix, profile, hostFixes(services)),
      copy: (text) => vscode.env.clipboard.writeText(text),
      version,
    };
  }
}

/** Asks where to save a report and writes it; returns a sentence about it, or undefined when the user declined. */
async function saveReport(fileName: string, content: string): Promise<string | undefined> {
  const uri = await askWhere(fileName, { title: vscode.l10n.t('Save the report') });
  if (uri === undefined) return undefined;
  return (await isWritten(uri, content))
    ? vscode.l10n.t('The report is in {0}.', uri.fsPath)
    : vscode.l10n.t('The report could not be written to {0}.', uri.fsPath);
}
