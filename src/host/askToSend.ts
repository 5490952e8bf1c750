import * as vscode from 'vscode';
import type { SecretPlace } from '../core/profile/profile.ts';
import type { Binding } from '../core/vault/secretBinding.ts';
import type { FoundSecret } from '../core/vault/secretStore.ts';
import { dialogs } from './dialogs.ts';

/**
 * Asks whether a stored secret may be sent to a server it was not entered for.
 *
 * @returns `use` it there, enter an `other` one, or `undefined` for neither; at once when `signal` is aborted.
 */
export async function askToSend(
  name: string,
  place: SecretPlace,
  { why, enteredFor }: Extract<FoundSecret, { kind: 'ask' }>,
  signal?: AbortSignal,
): Promise<'use' | 'other' | undefined> {
  if (signal?.aborted) return undefined;
  const use = vscode.l10n.t('Send It There');
  const other = vscode.l10n.t('Enter Another Secret');
  const question =
    why === 'workspace'
      ? vscode.l10n.t('This workspace wants to use your client secret for “{0}”.', name)
      : vscode.l10n.t('The secret of “{0}” would go to a server that it was not entered for.', name);
  const before = enteredFor.map(addressOf).join(', ') || vscode.l10n.t('a server that is no longer known');
  // The server may be the same: what has changed is whose profile sends it there.
  const detail =
    why === 'workspace'
      ? vscode.l10n.t(
          'The secret was entered for a profile in your own settings ({0}). Now a profile in this workspace’s settings would send it to {1}. Agree only if you trust both.',
          before,
          destinationOf(place),
        )
      : vscode.l10n.t(
          'The secret was entered for {0}. Now it would be sent to {1}. Agree only if you trust that server with it.',
          before,
          destinationOf(place),
        );
  const asked = dialogs.showWarningMessage(question, { modal: true, detail }, use, other);
  const answer = await Promise.race([asked, aborted(signal)]);
  if (signal?.aborted) return undefined;
  return answer === use ? 'use' : answer === other ? 'other' : undefined;
}

function addressOf({ issuer, tokenEndpoint }: Binding): string {
  return issuer ?? tokenEndpoint ?? '';
}

/** The issuer and the endpoints that would get the secret. */
function destinationOf({ issuer, tokenEndpoint, discovered, others = [], origin }: SecretPlace): string {
  const endpoints = [tokenEndpoint ?? discovered, ...others].filter((one) => one !== undefined);
  if (endpoints.length === 0) return issuer ?? origin;
  const named = endpoints.join(vscode.l10n.t(' and '));
  return issuer === undefined ? named : vscode.l10n.t('{0} (server {1})', named, issuer);
}

/** VS Code cannot withdraw a message: a cancelled caller does not wait for its answer. */
function aborted(signal: AbortSignal | undefined): Promise<undefined> {
  return new Promise((resolve) => {
    signal?.addEventListener('abort', () => resolve(undefined), { once: true });
  });
}
