import type { JWK } from 'jose';
import * as vscode from 'vscode';
import { networkFetch } from '../../adapters/network.ts';
import { authenticationOf } from '../../core/authentication/all.ts';
import { publicJwk } from '../../core/authentication/privateKey.ts';
import { recordingFetch } from '../../core/http/recordingFetch.ts';
import {
  checkClientDocument,
  clientDocument as documentOf,
  clientDocumentText,
  documentUrlProblem,
} from '../../core/mcp/clientDocument.ts';
import { Trace } from '../../core/record/trace.ts';
import type { Profile } from '../../core/profile/profile.ts';
import { profileIdOf } from '../profileArgument.ts';
import { chooseProfile, type ToChoose } from '../chooseProfile.ts';
import { secretOrAsk } from '../clientSecrets.ts';
import { dialogs } from '../dialogs.ts';
import { askWhere, isWritten } from '../saveFile.ts';
import type { Services } from '../services.ts';
import { requestTimeout } from '../settings.ts';
import { textMember } from '../../shared/json.ts';

type ToDescribe = ToChoose & Pick<Services, 'clock' | 'secrets' | 'views'>;

/**
 * Creates a client ID metadata document from a profile, or checks the one at an address (`{ url }`).
 *
 * @see draft-ietf-oauth-client-id-metadata-document
 */
export async function clientDocument(services: ToDescribe, argument: unknown): Promise<void> {
  const title = vscode.l10n.t('Client ID Metadata Document');
  const named = textMember(argument, 'url');
  if (named !== undefined && documentUrlProblem(named) === undefined) return checkAt(services, title, named);
  const make = { label: vscode.l10n.t('Make One from a Profile'), make: true };
  const check = { label: vscode.l10n.t('Check the One at an Address'), make: false };
  const chosen =
    profileIdOf(argument) === undefined ? await dialogs.showQuickPick([make, check], { title }) : make;
  if (chosen === undefined) return;
  const profile = chosen.make ? await chooseProfile(services, argument, { title }) : undefined;
  if (chosen.make && profile === undefined) return;
  const url = await dialogs.showInputBox({
    ...{ title, placeHolder: 'https://app.example.com/oauth/client.json' },
    prompt: chosen.make
      ? vscode.l10n.t('Where it will be published. That is the client ID.')
      : vscode.l10n.t('Where it is published.'),
    value:
      profile !== undefined && documentUrlProblem(profile.clientId) === undefined ? profile.clientId : '',
    validateInput: (value) => documentUrlProblem(value.trim()),
  });
  const address = url?.trim() ?? '';
  if (address === '') return;
  if (profile === undefined) await checkAt(services, title, address);
  else await save(documentOf(profile, address, await keyOf(services, profile)), title);
}

/** The public key of the client's authentication, if it has one. */
async function keyOf({ secrets }: ToDescribe, profile: Profile): Promise<JWK | undefined> {
  if (authenticationOf(profile).needs !== 'key') return undefined;
  const kept = await secretOrAsk(profile, secrets);
  const { keyId, signingAlgorithm } = profile;
  return kept === undefined
    ? undefined
    : publicJwk(kept, { ...(keyId && { kid: keyId }), ...(signingAlgorithm && { alg: signingAlgorithm }) });
}

async function save(document: object, title: string): Promise<void> {
  const uri = await askWhere('client.json', { title, filters: { JSON: ['json'] } });
  if (uri === undefined) return;
  if (await isWritten(uri, `${JSON.stringify(document, undefined, 2)}\n`))
    await vscode.window.showTextDocument(uri);
  else void dialogs.showErrorMessage(vscode.l10n.t('The document could not be written to {0}.', uri.fsPath));
}

async function checkAt({ clock, views }: ToDescribe, title: string, address: string): Promise<void> {
  const findings = await dialogs.withProgress(title, async (_report, signal) => {
    const trace = new Trace();
    const timeout = requestTimeout();
    const fetch = recordingFetch({ fetch: networkFetch, clock, trace, signal, timeout });
    try {
      return await checkClientDocument(address, { fetch, trace, clock, signal });
    } catch (thrown) {
      if (signal.aborted) return undefined;
      throw thrown;
    }
  });
  if (findings === undefined) return;
  const texts = await views.texts();
  await texts.show('client document.txt', clientDocumentText(address, findings));
}
