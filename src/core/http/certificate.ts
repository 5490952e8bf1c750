import { connect, type PeerCertificate } from 'node:tls';
import { abortReason } from '../abortable.ts';
import { bareHost } from './urlHost.ts';
import { isLoopbackHost } from '../profile/loopbackHost.ts';

/** A server's certificate as the user sees it before trusting it. */
export interface ServerCertificate {
  /** SHA-256 of the certificate as colon-separated hex: what is trusted. */
  readonly fingerprint: string;
  readonly subject: string;
  readonly issuer: string;
  /** DNS names and addresses it is for. */
  readonly names: readonly string[];
  /** Milliseconds since the epoch. */
  readonly validFrom: number;
  /** Milliseconds since the epoch. */
  readonly validTo: number;
  readonly selfSigned: boolean;
  /** PEM. */
  readonly pem: string;
}

/**
 * Fetches the certificate a local server shows, without trusting it: nothing is sent over the connection.
 *
 * @param url https on loopback
 * @param identity what is shown to a server that asks for a certificate
 * @throws TypeError for any other host; what TLS or the network throw, when no connection comes about
 */
export async function inspectCertificate(
  url: string,
  signal: AbortSignal,
  identity: { readonly cert?: string; readonly key?: string } = {},
): Promise<ServerCertificate> {
  const { protocol, hostname, port } = new URL(url);
  if (protocol !== 'https:' || !isLoopbackHost(hostname))
    throw new TypeError('Only certificates of servers on this machine can be trusted one by one.');
  const host = bareHost(hostname);
  signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    const servername = /^[\d.:]+$/.test(host) ? {} : { servername: host };
    // Not verified on purpose: the certificate is what the user is shown, and nothing is written.
    const socket = connect({
      host,
      port: port === '' ? 443 : Number(port),
      rejectUnauthorized: false,
      ...servername,
      ...identity,
    });
    const abort = () => socket.destroy(abortReason(signal));
    signal.addEventListener('abort', abort, { once: true });
    socket.once('error', reject);
    socket.once('close', () => signal.removeEventListener('abort', abort));
    socket.once('secureConnect', () => {
      resolve(described(socket.getPeerCertificate(false)));
      socket.destroy();
    });
  });
}

function described(peer: PeerCertificate): ServerCertificate {
  const subject = name(peer.subject);
  const issuer = name(peer.issuer);
  const text =
    peer.raw
      .toString('base64')
      .match(/.{1,64}/g)
      ?.join('\n') ?? '';
  return {
    fingerprint: peer.fingerprint256,
    subject,
    issuer,
    names: (peer.subjectaltname ?? '').split(', ').filter(Boolean).slice(0, 20),
    validFrom: Date.parse(peer.valid_from),
    validTo: Date.parse(peer.valid_to),
    selfSigned: JSON.stringify(peer.subject) === JSON.stringify(peer.issuer),
    pem: `-----BEGIN CERTIFICATE-----\n${text}\n-----END CERTIFICATE-----\n`,
  };
}

/** A distinguished name as text; an attribute that comes several times is joined. */
function name(parts: PeerCertificate['subject']): string {
  return Object.entries(parts)
    .map(([attribute, value]) => `${attribute}=${String(value)}`)
    .join(', ')
    .slice(0, 300);
}

/** Whether two fingerprints are the same, however they are written. */
export function sameFingerprint(one: string, other: string): boolean {
  const plain = (text: string) => text.replaceAll(':', '').toLowerCase();
  return plain(one).length === 64 && plain(one) === plain(other);
}
