import * as vscode from 'vscode';
import { authenticationOf } from '../../core/authentication/all.ts';
import { publicJwk } from '../../core/authentication/privateKey.ts';
import { secretPlace } from '../../core/profile/profile.ts';
import { chooseProfile, type ToChoose } from '../chooseProfile.ts';
import { secretOrAsk } from '../clientSecrets.ts';
import { dialogs } from '../dialogs.ts';
import type { Services } from '../services.ts';

/** Copies the public half of a profile's private key as a JWK, for its registration at the server. @see RFC 7517 */
export async function copyPublicKey(
  services: ToChoose & Pick<Services, 'secrets'>,
  argument: unknown,
): Promise<void> {
  const profile = await chooseProfile(services, argument, {
    title: vscode.l10n.t('Copy the public key of'),
    fits: (one) => authenticationOf(one).needs === 'key',
  });
  if (!profile) return;
  if (authenticationOf(profile).needs !== 'key') {
    void dialogs.showInformationMessage(
      vscode.l10n.t('“{0}” does not sign with a private key.', profile.name),
    );
    return;
  }
  const key = await secretOrAsk(profile, services.secrets);
  if (key === undefined) return;
  const { keyId, signingAlgorithm } = profile;
  const names = { ...(keyId && { kid: keyId }), ...(signingAlgorithm && { alg: signingAlgorithm }) };
  try {
    await vscode.env.clipboard.writeText(JSON.stringify(publicJwk(key, names), undefined, 2));
  } catch {
    const { origin } = secretPlace(profile);
    void dialogs.showErrorMessage(
      vscode.l10n.t(
        'What is stored for {0} is no private key. Set it again with “Set Client Secret”.',
        origin,
      ),
    );
    return;
  }
  dialogs.setStatusBarMessage(vscode.l10n.t('$(check) Public key copied'), 3000);
}
