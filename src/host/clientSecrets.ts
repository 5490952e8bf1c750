import * as vscode from 'vscode';
import { secretDestinations, secretPlace, type Profile } from '../core/profile/profile.ts';
import type { SecretStore } from '../core/vault/secretStore.ts';
import { askToSend } from './askToSend.ts';
import { dialogs } from './dialogs.ts';

/**
 * The secret of a profile, from the vault or typed now (and then kept); `undefined` when the user declined. A secret that was
 * entered for another server, or for the user's own profile when a workspace's asks, is used only after the user agreed.
 *
 * @param signal takes the question away: who cancelled is not asked any more.
 * @param tokenEndpoint where it is about to be sent, as the server's metadata has it
 */
export async function secretOrAsk(
  profile: Profile,
  secrets: SecretStore,
  signal?: AbortSignal,
  tokenEndpoint?: string,
): Promise<string | undefined> {
  const place = secretPlace(profile, tokenEndpoint);
  const found = await secrets.find(place);
  if (found.kind === 'stored') return secrets.use(place);
  if (found.kind === 'none') return askAndKeepSecret(profile, secrets, signal, tokenEndpoint);
  const answer = await askToSend(profile.name, place, found, signal);
  if (answer === 'use') return secrets.agree(place);
  return answer === 'other' ? askAndKeepSecret(profile, secrets, signal, tokenEndpoint) : undefined;
}

/** Asks for the secret in VS Code's password box and keeps it for exactly this profile and server. */
export async function askAndKeepSecret(
  profile: Profile,
  secrets: SecretStore,
  signal?: AbortSignal,
  tokenEndpoint?: string,
): Promise<string | undefined> {
  const place = secretPlace(profile, tokenEndpoint);
  const origin = secretDestinations(place).join(vscode.l10n.t(' and '));
  const secret = await askSecret({ name: profile.name, origin }, signal);
  if (secret !== undefined) await secrets.set(place, secret);
  return secret;
}

/** VS Code's own password box; what is typed goes nowhere else. It closes when `signal` is aborted. */
export async function askSecret(
  question: { readonly name: string; readonly origin: string },
  signal?: AbortSignal,
): Promise<string | undefined> {
  if (signal?.aborted) return undefined;
  const cancellation = new vscode.CancellationTokenSource();
  const cancel = () => cancellation.cancel();
  signal?.addEventListener('abort', cancel);
  try {
    const secret = await dialogs.showInputBox(
      {
        title: vscode.l10n.t('Client secret of “{0}”', question.name),
        prompt: vscode.l10n.t('Kept in the keychain, and sent to {0} only.', question.origin),
        password: true,
        ignoreFocusOut: true,
        validateInput: checkSecret,
      },
      cancellation.token,
    );
    return secret === '' || signal?.aborted ? undefined : secret;
  } finally {
    signal?.removeEventListener('abort', cancel);
    cancellation.dispose();
  }
}

/** Most characters of a secret that is typed or pasted. */
const longest = 64 * 1024;

function checkSecret(value: string): vscode.InputBoxValidationMessage | undefined {
  if (value.length > longest)
    return {
      message: vscode.l10n.t('A client secret has at most {0} characters.', longest),
      severity: vscode.InputBoxValidationSeverity.Error,
    };
  // Some secrets do end in a blank: say it, and let it pass.
  if (value.trim() !== value)
    return {
      message: vscode.l10n.t(
        'It begins or ends with a blank or a line break. Was that copied along by mistake?',
      ),
      severity: vscode.InputBoxValidationSeverity.Warning,
    };
  return undefined;
}
