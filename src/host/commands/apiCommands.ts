import * as vscode from 'vscode';
import type { ApiCall, ApiRequest } from '../../core/api/callApi.ts';
import type { HostVerdict } from '../../core/api/hostVerdict.ts';
import type { Profile } from '../../core/profile/profile.ts';
import { requestUnderCursor } from '../editor/requestUnderCursor.ts';
import { readRequestArgument } from '../editor/target.ts';
import type { Parts } from '../parts.ts';
import { noticeText } from '../noticeText.ts';
import { setting } from '../settings.ts';
import { agreeToOrigin, usedOrigins } from '../usedOrigins.ts';
import { chooseProfile } from './chooseProfile.ts';
import { profileIdOf } from './profileArgument.ts';
import { currentTokenOf } from './tokenCommands.ts';

const verbs = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'];

/** Sends the request under the cursor, or a typed URL, with a profile's token; the file stays as it is. */
export async function callApi(parts: Parts, rawArgument: unknown): Promise<void> {
  const argument = readRequestArgument(rawArgument);
  const fromFile = argument.uri !== undefined || parts.editors.hasRequests();
  const request = fromFile ? await requestFromFile(parts, rawArgument) : await typedRequest();
  if (!request) return;
  const id = profileIdOf(rawArgument) ?? parts.activeProfile()?.id;
  const profile = await chooseProfile(parts, id === undefined ? undefined : { profile: id });
  if (profile) await sendAndShow(parts, profile, request);
}

/** Sends a request and shows what came of it; when there is no token to send it with, that is explained. */
export async function sendAndShow(parts: Parts, profile: Profile, request: ApiRequest): Promise<void> {
  const obtained = await currentTokenOf(parts, profile);
  if (obtained.kind === 'failure') return;
  const { callApi: send } = await import('../../core/api/callApi.ts');
  const title = vscode.l10n.t('Sending {0} {1}', request.method, noticeText(request.url.slice(0, 80)));
  const call = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, cancellable: true, title },
    (_, cancellation): Promise<ApiCall> => {
      const controller = new AbortController();
      cancellation.onCancellationRequested(() => controller.abort());
      const { signal } = controller;
      return send(profile, request, {
        fetch: parts.runner.fetchFor(profile),
        clock: parts.clock,
        signal,
        timeout: setting('requestTimeout') * 1000,
        tokens: obtained.tokens,
        renew: () => parts.session.refresh(profile, signal),
        used: usedOrigins(parts.context.globalState, profile),
        confirm: (verdict) => confirmHost(parts, profile, verdict),
      });
    },
  );
  const { report } = call;
  const { outcome, exchanges } = report;
  const cancelled = outcome.kind === 'failure' && outcome.failure.kind === 'cancelled';
  if (cancelled && exchanges.length === 0) return;
  parts.flows.put({ state: 'ended', flow: report });
  await (await parts.views.api()).show(call);
}

async function requestFromFile(
  { editors }: Pick<Parts, 'editors'>,
  argument: unknown,
): Promise<ApiRequest | undefined> {
  const request = await requestUnderCursor(argument, editors);
  if (!request) return undefined;
  const { method, url, headers, body, unresolved, readAs } = request;
  if (unresolved.length > 0) {
    void vscode.window.showErrorMessage(
      vscode.l10n.t(
        'Nothing is known of {0}. OAuth Explorer fills in variables of this file and its environments; for others, use your HTTP client.',
        unresolved.slice(0, 5).join(', '),
      ),
    );
    return undefined;
  }
  return { method, url, headers, readAs, ...(body && { body }) };
}

async function typedRequest(): Promise<ApiRequest | undefined> {
  const typed = await vscode.window.showInputBox({
    title: vscode.l10n.t('Send a request with a token'),
    prompt: vscode.l10n.t('A URL, with another method than GET before it if need be.'),
    placeHolder: 'GET https://api.example.com/orders',
    ignoreFocusOut: true,
  });
  const match = /^(?:([A-Za-z]+)\s+)?(\S+)$/.exec(typed?.trim() ?? '');
  const method = (match?.[1] ?? 'GET').toUpperCase();
  const url = match?.[2];
  if (url === undefined || !verbs.includes(method)) {
    if (typed !== undefined)
      void vscode.window.showErrorMessage(vscode.l10n.t('That is no URL, and no method and URL.'));
    return undefined;
  }
  return { method, url, headers: [['Accept', 'application/json, */*;q=0.5']] };
}

async function confirmHost(
  parts: Parts,
  profile: Profile,
  { origin, why }: Extract<HostVerdict, { kind: 'ask' }>,
): Promise<boolean> {
  const send = vscode.l10n.t('Send Token');
  const answer = await vscode.window.showWarningMessage(
    vscode.l10n.t('Send the token of “{0}” to {1}?', profile.name, origin),
    {
      modal: true,
      detail: vscode.l10n.t('{0} Whoever runs that server can use the token until it ends.', why),
    },
    send,
  );
  if (answer !== send) return false;
  await agreeToOrigin(parts.context.globalState, profile, origin);
  return true;
}
