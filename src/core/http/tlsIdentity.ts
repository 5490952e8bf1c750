import { createHash, X509Certificate } from 'node:crypto';

/** A client certificate with its key, as a TLS connection shows it. */
export interface TlsIdentity {
  /** PEM, the certificate itself first, then what leads to its authority. */
  readonly certificate: string;
  /** PEM (PKCS #8), not encrypted. */
  readonly key: string;
}

/** Takes apart what the vault keeps: certificates and then the key, as PEM texts. */
export function splitIdentity(text: string): TlsIdentity {
  const at = Math.max(text.indexOf('-----BEGIN PRIVATE KEY-----'), 0);
  return { certificate: text.slice(0, at), key: text.slice(at) };
}

/** What a certificate says that tells it apart; no secret. */
export interface CertificateFacts {
  /** In one line: `CN=orders, O=Example`. */
  readonly subject: string;
  /** Milliseconds since the epoch. */
  readonly validFrom: number;
  /** Milliseconds since the epoch. */
  readonly validTo: number;
  /** SHA-256 of the certificate, base64url: what `cnf` of a bound token holds. @see RFC 8705 section 3.1 */
  readonly thumbprint: string;
}

/** Reads the first certificate of a PEM text; `undefined` when there is none. */
export function certificateFacts(pem: string): CertificateFacts | undefined {
  try {
    const { subject, validFrom, validTo, raw } = new X509Certificate(pem);
    return {
      subject: subject.split('\n').reverse().join(', ').slice(0, 300),
      validFrom: Date.parse(validFrom),
      validTo: Date.parse(validTo),
      thumbprint: createHash('sha256').update(raw).digest('base64url'),
    };
  } catch {
    return undefined;
  }
}

/** Why no server would accept a certificate at this moment; `undefined` when its dates are right. @param now milliseconds since the epoch */
export function notValid(
  { subject, validFrom, validTo }: CertificateFacts,
  now: number,
  noun = 'client certificate',
): string | undefined {
  const day = (at: number) => new Date(at).toISOString().slice(0, 10);
  const which = subject === '' ? `The ${noun}` : `The ${noun} (${subject})`;
  if (validTo < now) return `${which} expired on ${day(validTo)}.`;
  if (validFrom > now) return `${which} is not valid before ${day(validFrom)}.`;
  return undefined;
}
