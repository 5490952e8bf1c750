import * as vscode from 'vscode';
import { inspectCertificate, type ServerCertificate } from '../core/http/certificate.ts';
import { plainText } from '../core/http/plainText.ts';
import { dialogs } from './dialogs.ts';

/** Milliseconds for the connection that fetches the certificate. */
const patience = 10_000;

/**
 * Shows the certificate of a local server and asks whether one profile may trust it.
 *
 * @returns its SHA-256 fingerprint, or `undefined` when it is not to be trusted.
 */
export async function askToTrust(url: string): Promise<string | undefined> {
  let certificate: ServerCertificate;
  try {
    certificate = await inspectCertificate(url, AbortSignal.timeout(patience));
  } catch {
    void dialogs.showErrorMessage(
      vscode.l10n.t(
        'No certificate could be fetched from {0}. Check that the server is running.',
        new URL(url).host,
      ),
    );
    return undefined;
  }
  const trust = vscode.l10n.t('Trust for This Profile');
  const answer = await dialogs.showWarningMessage(
    vscode.l10n.t('Trust the certificate of {0} for this profile?', new URL(url).host),
    { modal: true, detail: details(certificate) },
    trust,
  );
  return answer === trust ? certificate.fingerprint : undefined;
}

function details({
  subject,
  issuer,
  selfSigned,
  names,
  validFrom,
  validTo,
  fingerprint,
}: ServerCertificate): string {
  const day = (time: number) =>
    Number.isNaN(time)
      ? '?'
      : new Date(time).toLocaleDateString(vscode.env.language, { dateStyle: 'medium' });
  return [
    vscode.l10n.t('Issued to: {0}', plainText(subject)),
    selfSigned
      ? vscode.l10n.t('Issued by: itself (self-signed)')
      : vscode.l10n.t('Issued by: {0}', plainText(issuer)),
    vscode.l10n.t('For: {0}', plainText(names.join(', '))),
    vscode.l10n.t('Valid: {0} to {1}', day(validFrom), day(validTo)),
    `SHA-256: ${fingerprint}`,
    '',
    vscode.l10n.t(
      'Compare the fingerprint with that of your local server. Only this certificate, only on this machine and only for this profile is trusted.',
    ),
  ].join('\n');
}
