import type { JWK } from 'jose';
import * as vscode from 'vscode';
import { authenticationOf } from '../../core/authentication/all.ts';
import { publicJwk } from '../../core/authentication/privateKey.ts';
import type { Made } from '../../core/ports.ts';
import { secretPlace, type Profile } from '../../core/profile/profile.ts';
import { lastingWords } from '../../core/session/profilesTree.ts';
import { showsBrowsers } from '../../core/session/settable.ts';
import { chooseProfile, type ToChoose } from '../chooseProfile.ts';
import { secretOrAsk } from '../clientSecrets.ts';
import { dialogs } from '../dialogs.ts';
import { askWhere, isWritten } from '../saveFile.ts';
import { keptOrMade } from '../../core/vault/keptOrMade.ts';
import type { Services } from '../services.ts';

type ToSign = ToChoose & Pick<Services, 'secrets'>;

/**
 * Copies what the server must know to register a profile's key: the public key as a JWK, or the client certificate as PEM.
 *
 * @see RFC 7517, RFC 8705 section 2
 */
export async function copyPublicKey(services: ToSign, argument: unknown): Promise<void> {
  const title = vscode.l10n.t('Copy the public key of');
  const known = await whatServerKnows(services, argument, title);
  if (known === undefined) return;
  await vscode.env.clipboard.writeText(
    'certificate' in known ? known.certificate : JSON.stringify(known.jwk, undefined, 2),
  );
  dialogs.done(
    'certificate' in known ? vscode.l10n.t('Certificate copied') : vscode.l10n.t('Public key copied'),
  );
}

/**
 * Saves what the server must know of a profile's key: as a JWK Set, as PEM, or as a certificate made for it, depending on the
 * file's extension. Nothing private is ever written.
 *
 * @see RFC 7517 section 5, RFC 7468, RFC 8705 section 2.2
 */
export async function savePublicKey(services: ToSign, argument: unknown): Promise<void> {
  const title = vscode.l10n.t('Save the public key of');
  const known = await whatServerKnows(services, argument, title);
  if (known === undefined) return;
  const uri = await askWhere(`${known.profile.id}.jwks.json`, {
    title: vscode.l10n.t('Save the public key'),
    filters: { 'JWK Set': ['json'], PEM: ['pem'], [vscode.l10n.t('Certificate')]: ['cer', 'crt'] },
  });
  if (uri === undefined) return;
  const { text, kept } = await textFor(known, uri.path.toLowerCase().split('.').at(-1) ?? '');
  if (!(await isWritten(uri, text))) {
    void dialogs.showErrorMessage(vscode.l10n.t('The public key could not be written to {0}.', uri.fsPath));
    return;
  }
  // Only after the file was written: from now on, assertions name that certificate.
  if (kept !== undefined) await services.secrets.renew(secretPlace(known.profile), kept);
  void dialogs.showInformationMessage(
    vscode.l10n.t('The public key is in {0}; the private one stays in the keychain.', uri.fsPath),
  );
}

/** The content for a file with this extension, and the key as it must be kept from then on, where that changes. */
async function textFor(
  known: Known,
  ending: string,
): Promise<{ readonly text: string; readonly kept?: string }> {
  const { certificateTexts, certifiedKey, publicKeyTexts } =
    await import('../../core/authentication/publicKeyFile.ts');
  const isCertificate = ending === 'cer' || ending === 'crt';
  if ('key' in known && isCertificate) {
    const { certificate, kept } = certifiedKey(known.key, Date.now());
    return { text: certificate, ...(signsItself(known.profile) && { kept }) };
  }
  const { jwks, pem } = 'key' in known ? publicKeyTexts(known.jwk) : certificateTexts(known.certificate);
  return { text: isCertificate || ending === 'pem' ? pem : jwks };
}

/** Generates another key for a profile and copies its public half; it replaces the old one once the user says that the server knows it. */
export async function rotateKey(services: ToSign, argument: unknown): Promise<void> {
  const profile = await profileWithKey(services, argument, vscode.l10n.t('Rotate the key of'), 'signs');
  if (!profile) return;
  const { newSigningKey, requestObjectKey } = await import('../../core/authentication/newSigningKey.ts');
  const key = await newSigningKey(signsItself(profile) ? profile.signingAlgorithm : undefined);
  // The profile's own key ID names the old key.
  await vscode.env.clipboard.writeText(JSON.stringify(publicJwk(key), undefined, 2));
  const use = vscode.l10n.t('Use the New Key');
  const detail = vscode.l10n.t(
    'Its public half is in the clipboard: register it at the server beside the old one. The new key then replaces the old one in the keychain.',
  );
  const title = vscode.l10n.t('A new key was made for “{0}”.', profile.name);
  if ((await dialogs.showWarningMessage(title, { modal: true, detail }, use)) !== use) return;
  const kept = signsItself(profile) ? {} : { what: requestObjectKey };
  await services.secrets.renew(secretPlace(profile, undefined, kept), key);
  if (profile.keyId === undefined) return;
  void dialogs.showInformationMessage(
    vscode.l10n.t(
      'The profile “{0}” names a key ID of its own: make sure that it fits the new key.',
      profile.name,
    ),
  );
}

type Known = { readonly profile: Profile } & (
  | { readonly certificate: string }
  /** The key as the vault has it, and its public half. */
  | { readonly key: string; readonly jwk: JWK }
);

/** The public half of a profile's key, or its certificate without the key; says why where there is none. */
async function whatServerKnows(
  services: ToSign,
  argument: unknown,
  title: string,
): Promise<Known | undefined> {
  const profile = await profileWithKey(services, argument, title, 'publishes');
  if (profile === undefined) return undefined;
  const wanted = await whichOf(profile, title);
  if (wanted === undefined) return undefined;
  if (wanted === 'redirect') return { profile, certificate: await shownCertificate(services, profile) };
  if (showsCertificate(profile)) {
    const kept = await secretOrAsk(profile, services.secrets);
    if (kept === undefined) return undefined;
    const { splitIdentity } = await import('../../core/http/tlsIdentity.ts');
    return { profile, certificate: splitIdentity(kept).certificate };
  }
  const key = await keyOf(services, profile);
  const jwk = key === undefined ? undefined : publicHalf(profile, key);
  if (key !== undefined && jwk !== undefined) return { profile, key, jwk };
  if (key !== undefined)
    void dialogs.showErrorMessage(
      vscode.l10n.t(
        'What is stored for {0} is not a private key. Set it again with “Set Client Secret”.',
        secretPlace(profile).origin,
      ),
    );
  return undefined;
}

/** Whether the client's own key or the certificate of its redirect URI is meant; the user decides where it has both. */
async function whichOf(profile: Profile, title: string): Promise<'client' | 'redirect' | undefined> {
  if (!showsBrowsers(profile)) return 'client';
  if (!lastingWords(profile).signs && !showsCertificate(profile)) return 'redirect';
  const items = [
    { label: vscode.l10n.t('Of the client, for its registration'), which: 'client' },
    { label: vscode.l10n.t('Of the redirect URI, for the browser to trust'), which: 'redirect' },
  ] as const;
  return (await dialogs.showQuickPick(items, { title }))?.which;
}

/** The certificate for the redirect URI, made when there is no valid one. */
async function shownCertificate({ secrets }: Pick<Services, 'secrets'>, profile: Profile): Promise<string> {
  const { redirectIdentity } = await import('../../core/oauth/openReceiver.ts');
  const made: Made = (...how) => keptOrMade(secrets, profile, ...how);
  return (await redirectIdentity({ made, clock: Date })).certificate;
}

function showsCertificate(profile: Profile): boolean {
  return authenticationOf(profile).needs === 'certificate';
}

function signsItself(profile: Profile): boolean {
  return authenticationOf(profile).needs === 'key';
}

async function profileWithKey(
  services: ToChoose,
  argument: unknown,
  title: string,
  word: 'publishes' | 'signs',
): Promise<Profile | undefined> {
  const fits = (one: Profile) => lastingWords(one)[word];
  const profile = await chooseProfile(services, argument, { title, fits });
  if (!profile || fits(profile)) return profile;
  void dialogs.showInformationMessage(vscode.l10n.t('“{0}” does not sign with a private key.', profile.name));
  return undefined;
}

/** The key that the client authenticates with, else the one that signs its authorization requests. */
async function keyOf({ secrets }: Pick<Services, 'secrets'>, profile: Profile): Promise<string | undefined> {
  if (signsItself(profile)) return secretOrAsk(profile, secrets);
  const { newSigningKey, requestObjectKey } = await import('../../core/authentication/newSigningKey.ts');
  return keptOrMade(secrets, profile, requestObjectKey, () => newSigningKey());
}

function publicHalf(profile: Profile, key: string): JWK | undefined {
  const { keyId, signingAlgorithm } = signsItself(profile) ? profile : {};
  try {
    return publicJwk(key, {
      ...(keyId && { kid: keyId }),
      ...(signingAlgorithm && { alg: signingAlgorithm }),
    });
  } catch {
    return undefined;
  }
}
