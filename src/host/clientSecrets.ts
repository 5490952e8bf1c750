import * as vscode from 'vscode';
import { secretOrigin, secretPlace, type Profile } from '../core/profile/profile.ts';
import type { SecretStore } from '../core/vault/secretStore.ts';
import { dialogs } from './dialogs.ts';

/**
 * The secret of a profile, from the vault or typed now (and then kept); `undefined` when the user declined.
 *
 * @param signal takes the question away: who cancelled is not asked any more.
 */
export async function secretOrAsk(
  profile: Profile,
  secrets: SecretStore,
  signal?: AbortSignal,
): Promise<string | undefined> {
  const stored = await secrets.get(secretPlace(profile));
  return stored ?? (await askAndKeepSecret(profile, secrets, signal));
}

/** Asks for the secret in VS Code's password box and keeps it for exactly this profile and origin. */
export async function askAndKeepSecret(
  profile: Profile,
  secrets: SecretStore,
  signal?: AbortSignal,
): Promise<string | undefined> {
  const secret = await askSecret({ name: profile.name, origin: secretOrigin(profile) }, signal);
  if (secret !== undefined) await secrets.set(secretPlace(profile), secret);
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
