import * as vscode from 'vscode';
import { unmatchedOf, waitingWords, warningOf } from '../core/flow/liveFlow.ts';
import type { FlowEntry, FlowLog } from '../core/session/flowLog.ts';
import type { Profile } from '../core/profile/profile.ts';
import type { FlowReport } from '../core/record/report.ts';
import type { RunRequest } from '../core/session/session.ts';
import { commands } from '../shared/commands.ts';
import type { Notice } from './noticeText.ts';
import { dialogs } from './dialogs.ts';

/** Runs something that is recorded as a flow, under a notification with Cancel; it is listed among the flows from its first request on. */
export function withFlow<Run extends { readonly report: FlowReport }>(
  flows: FlowLog,
  profile: Profile,
  title: string,
  run: (request: Pick<RunRequest, 'signal' | 'onProgress'>) => Promise<Run>,
): Promise<Run> {
  const recorded = async (signal: AbortSignal) => {
    const done = await run({ signal, onProgress: (flow) => flows.put({ state: 'running', flow }) });
    flows.put({ state: 'ended', flow: done.report });
    return done;
  };
  return withFlowProgress(flows, profile, recorded, title);
}

/** Runs `work` under a notification with Cancel that tells what the profile's flow is doing and waiting for. */
export function withFlowProgress<T>(
  flows: FlowLog,
  profile: Profile,
  work: (signal: AbortSignal) => Promise<T>,
  title = vscode.l10n.t('Getting a token for “{0}”', profile.name),
): Promise<T> {
  return dialogs.withProgress(title, async (report, cancelled) => {
    const controller = new AbortController();
    const tell = unmatchedTeller(() => controller.abort());
    const stop = flows.changes.on((entry) => {
      if (entry?.flow.profile.id !== profile.id) return;
      report(doing(entry));
      tell(entry);
    });
    try {
      return await work(AbortSignal.any([cancelled, controller.signal]));
    } finally {
      stop();
    }
  });
}

/**
 * Reports redirects that cannot be tied to a waiting sign-in, at once and each only once. Any web page could have sent them, so
 * the sign-in goes on until the user ends it.
 *
 * @param cancel ends the sign-in
 */
function unmatchedTeller(cancel: () => void): (entry: FlowEntry) => void {
  const told = new Set<string>();
  return (entry) => {
    if (entry.state !== 'running' || !entry.flow.waiting) return;
    for (const sentence of unmatchedOf(entry.flow.waiting)) {
      if (told.has(sentence)) continue;
      told.add(sentence);
      void tell(sentence, entry.flow.id, cancel);
    }
  };
}

async function tell(sentence: string, flow: string, cancel: () => void): Promise<void> {
  const show = vscode.l10n.t('Show Flow');
  const end = vscode.l10n.t('Cancel Sign-in');
  const text = vscode.l10n.t('{0} The sign-in still waits for its own.', sentence);
  const answer = await dialogs.showWarningMessage(text, show, end);
  if (answer === show) await vscode.commands.executeCommand(commands.showFlow, { flow });
  if (answer === end) cancel();
}

function doing(entry: FlowEntry): string | Notice {
  if (entry.state === 'ended') return '';
  const { id, waiting, exchanges } = entry.flow;
  // Between two requests VS Code may be asking the user: nobody waits for the server then.
  if (!waiting) {
    const last = exchanges.at(-1);
    return last && last.endedAt === undefined ? vscode.l10n.t('asking the server') : '';
  }
  // Progress notifications have no buttons; VS Code's way are links to commands in their text.
  const argument = { flow: id };
  const { sentence, actions } = waitingWords(waiting);
  const links = [
    ...(actions.includes('paste_redirect')
      ? [{ label: vscode.l10n.t('Paste redirected URL'), command: commands.pasteRedirect, argument }]
      : []),
    ...(actions.includes('copy_user_code')
      ? [{ label: vscode.l10n.t('Copy Code and Open Page'), command: commands.copyUserCode, argument }]
      : []),
    ...(actions.includes('copy_url')
      ? [{ label: vscode.l10n.t('Copy sign-in URL'), command: commands.copySignInUrl, argument }]
      : []),
  ];
  if (waiting.kind !== 'redirect') return { text: `${sentence} ${untilWhen(waiting.deadline)}`, links };
  return {
    text: waiting.notOpened
      ? vscode.l10n.t('the browser did not open: copy the sign-in URL into one.')
      : waiting.pasted
        ? [
            vscode.l10n.t('sign in with the browser, then paste the address it ends up at.'),
            ...warningOf(waiting),
          ].join(' ')
        : [
            vscode.l10n.t('waiting for you to sign in with the browser.'),
            ...warningOf(waiting),
            ...unmatchedOf(waiting),
          ].join(' '),
    links,
  };
}

/** When the waiting ends, as a time of day in the user's locale. */
function untilWhen(deadline: number): string {
  const time = new Date(deadline).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
  return vscode.l10n.t('It waits until {0}.', time);
}
