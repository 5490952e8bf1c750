import * as vscode from 'vscode';
import type { ApiRequest } from '../../core/api/callApi.ts';
import { requestUnderCursor } from '../editor/requestUnderCursor.ts';
import { readRequestArgument } from '../editor/target.ts';
import type { ToObtain } from '../obtainToken.ts';
import type { Services } from '../services.ts';
import { chooseProfile, type ToChoose } from '../chooseProfile.ts';
import { profileIdOf } from '../profileArgument.ts';
import { sendAndShow } from '../sendRequest.ts';
import { dialogs } from '../dialogs.ts';

const verbs = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'];

/** Sends the request under the cursor, or a typed URL, with a profile's token; the file stays as it is. */
export async function callApi(
  services: ToObtain & ToChoose & Pick<Services, 'editors' | 'globalState' | 'runner' | 'secrets' | 'views'>,
  rawArgument: unknown,
): Promise<void> {
  const argument = readRequestArgument(rawArgument);
  const fromFile = argument.uri !== undefined || services.editors.hasRequests();
  const request = fromFile ? await requestFromFile(services, rawArgument) : await typedRequest();
  if (!request) return;
  const id = profileIdOf(rawArgument) ?? services.activeProfile()?.id;
  const profile = await chooseProfile(services, id === undefined ? undefined : { profile: id });
  if (profile) await sendAndShow(services, profile, request);
}

async function requestFromFile(
  { editors }: Pick<Services, 'editors'>,
  argument: unknown,
): Promise<ApiRequest | undefined> {
  const request = await requestUnderCursor(argument, editors);
  if (!request) return undefined;
  const { method, url, headers, body, unresolved, readAs } = request;
  if (unresolved.length > 0) {
    void dialogs.showErrorMessage(
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
  const typed = await dialogs.showInputBox({
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
      void dialogs.showErrorMessage(vscode.l10n.t('That is no URL, and no method and URL.'));
    return undefined;
  }
  return { method, url, headers: [['Accept', 'application/json, */*;q=0.5']] };
}
