import * as vscode from 'vscode';
import { authenticationOf } from '../../core/authentication/all.ts';
import { publicJwk } from '../../core/authentication/privateKey.ts';
import { secretPlace, type Profile } from '../../core/profile/profile.ts';
import { chooseProfile, type ToChoose } from '../chooseProfile.ts';
import { secretOrAsk } from '../clientSecrets.ts';
import { dialogs } from '../dialogs.ts';
import { keptOrMade } from '../madeSecret.ts';
import type { Services } from '../services.ts';

type ToSign = ToChoose & Pick<Services, 'secrets'>;

/**
 * Copies what the server has to know of a profile's key, for its registration: the public half as a JWK, or the client
 * certificate as PEM.
 *
 * @see RFC 7517, RFC 8705 section 2
 */
export async function copyPublicKey(services: ToSign, argument: unknown): Promise<void> {
  const title = vscode.l10n.t('Copy the public key of');
  const profile = await profileWithKey(
    services,
    argument,
    title,
    (one) => signs(one) || showsCertificate(one),
  );
  if (profile !== undefined && showsCertificate(profile)) return copyCertificate(services, profile);
  const key = profile && (await keyOf(services, profile));
  const shown = key === undefined ? undefined : publicHalf(profile, key);
  if (profile === undefined || key === undefined) return;
  if (shown === undefined) {
    const { origin } = secretPlace(profile);
    void dialogs.showErrorMessage(
      vscode.l10n.t(
        'What is stored for {0} is no private key. Set it again with “Set Client Secret”.',
        origin,
      ),
    );
    return;
  }
  await vscode.env.clipboard.writeText(JSON.stringify(shown, undefined, 2));
  dialogs.setStatusBarMessage(vscode.l10n.t('$(check) Public key copied'), 3000);
}

/**
 * Makes another key for a profile and copies its public half; it takes the place of the old one when the user says that the server
 * knows it.
 */
export async function rotateKey(services: ToSign, argument: unknown): Promise<void> {
  const profile = await profileWithKey(services, argument, vscode.l10n.t('Rotate the key of'), signs);
  if (!profile) return;
  const { newSigningKey, requestObjectKey } = await import('../../core/authentication/newSigningKey.ts');
  const key = await newSigningKey();
  // The profile's own key ID and algorithm are those of the old key.
  await vscode.env.clipboard.writeText(JSON.stringify(publicJwk(key), undefined, 2));
  const use = vscode.l10n.t('Use the New Key');
  const detail = vscode.l10n.t(
    'Its public half is in the clipboard: register it at the server beside the old one. The new key then takes the place of the old one in the keychain.',
  );
  const title = vscode.l10n.t('A new key was made for “{0}”.', profile.name);
  if ((await dialogs.showWarningMessage(title, { modal: true, detail }, use)) !== use) return;
  const kept = signsItself(profile) ? {} : { what: requestObjectKey };
  await services.secrets.set(secretPlace(profile, undefined, kept), key);
  if (profile.keyId === undefined && profile.signingAlgorithm === undefined) return;
  void dialogs.showInformationMessage(
    vscode.l10n.t(
      'The profile “{0}” names a key ID or an algorithm of its own: see that they fit the new key.',
      profile.name,
    ),
  );
}

/** Copies the certificate, and what leads to its authority, without the key. */
async function copyCertificate({ secrets }: Pick<Services, 'secrets'>, profile: Profile): Promise<void> {
  const kept = await secretOrAsk(profile, secrets);
  if (kept === undefined) return;
  const { splitIdentity } = await import('../../core/http/tlsIdentity.ts');
  await vscode.env.clipboard.writeText(splitIdentity(kept).certificate);
  dialogs.setStatusBarMessage(vscode.l10n.t('$(check) Certificate copied'), 3000);
}

function showsCertificate(profile: Profile): boolean {
  return authenticationOf(profile).needs === 'certificate';
}

function signsItself(profile: Profile): boolean {
  return authenticationOf(profile).needs === 'key';
}

function signs(profile: Profile): boolean {
  return signsItself(profile) || profile.signAuthorizationRequest === true;
}

async function profileWithKey(
  services: ToChoose,
  argument: unknown,
  title: string,
  fits: (profile: Profile) => boolean,
): Promise<Profile | undefined> {
  const profile = await chooseProfile(services, argument, { title, fits });
  if (!profile || fits(profile)) return profile;
  void dialogs.showInformationMessage(vscode.l10n.t('“{0}” does not sign with a private key.', profile.name));
  return undefined;
}

/** The key that the client authenticates with, else the one that signs its authorization requests. */
async function keyOf({ secrets }: Pick<Services, 'secrets'>, profile: Profile): Promise<string | undefined> {
  if (signsItself(profile)) return secretOrAsk(profile, secrets);
  const { newSigningKey, requestObjectKey } = await import('../../core/authentication/newSigningKey.ts');
  return keptOrMade(secrets, profile, requestObjectKey, newSigningKey);
}

function publicHalf(profile: Profile | undefined, key: string): ReturnType<typeof publicJwk> | undefined {
  const { keyId, signingAlgorithm } = profile !== undefined && signsItself(profile) ? profile : {};
  try {
    return publicJwk(key, {
      ...(keyId && { kid: keyId }),
      ...(signingAlgorithm && { alg: signingAlgorithm }),
    });
  } catch {
    return undefined;
  }
}
