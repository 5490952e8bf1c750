import { createPrivateKey, X509Certificate, type KeyObject } from 'node:crypto';
import type { ReadSecret } from '../profile/traits.ts';
import { readDerKey } from './derKey.ts';
import { readPfx } from './pfx.ts';
import { readPrivateKey } from './privateKey.ts';
import { certificateFacts, notValid } from '../http/tlsIdentity.ts';

/** Most characters of certificates and key. */
const longest = 128 * 1024;

/**
 * Reads a client certificate with its key: PEM (in any order, also with lost line breaks) and DER, the key also encrypted, or PFX; what is
 * binary comes as base64. It is kept as PEM: the certificate, what leads to its authority, the key.
 *
 * @param now milliseconds since the epoch: a certificate that has ended is refused
 * @see RFC 8705 section 2, RFC 7468, RFC 7292
 */
export async function readClientCertificate(
  text: string,
  passphrase?: string,
  now?: number,
): Promise<ReadSecret> {
  if (text.length > longest) return problem(`Certificate and key have at most ${longest} characters.`);
  const parts = partsOf(text);
  const [binary] = parts.binary;
  const readKey =
    parts.key === undefined
      ? binary && readDerKey(binary, passphrase)
      : readPrivateKey(parts.key, passphrase);
  if (binary !== undefined && parts.certificates.length === 0 && readKey === undefined)
    return fromPfx(binary, passphrase, now);
  if (parts.certificates.length === 0)
    return problem(
      readKey === undefined
        ? 'There is no certificate in it: neither PEM (-----BEGIN CERTIFICATE-----) nor PFX.'
        : 'The private key is there, and its certificate is not. Give both: choose the two files together, or paste one text after the other.',
    );
  if (readKey === undefined)
    return problem(
      'The certificate is there, and its private key is not. Give both: choose the two files together, paste one text after the other, or choose the PFX.',
    );
  if (readKey.kind !== 'read') return readKey;
  const key = createPrivateKey({ key: JSON.parse(readKey.text) as never, format: 'jwk' });
  return kept(parts.certificates, key, now);
}

/** What a text is the base64 of, where that is DER, such as a PFX; absent for anything else. */
export function binaryOf(text: string): Buffer | undefined {
  const plain = text.trim();
  if (!plain.startsWith('M') || !/^[A-Za-z0-9+/=\s]+$/.test(plain)) return undefined;
  const bytes = Buffer.from(plain, 'base64');
  return bytes[0] === 0x30 ? bytes : undefined;
}

async function fromPfx(
  bytes: Buffer,
  password: string | undefined,
  now: number | undefined,
): Promise<ReadSecret> {
  const read = await readPfx(bytes, password ?? '');
  switch (read.kind) {
    case 'none':
      return problem('It is neither a certificate with its key in PEM nor a PFX file.');
    case 'wrong_password':
      return password === undefined
        ? { kind: 'encrypted' }
        : problem('The password of the PFX file is wrong. Choose the file again and type its password.');
    case 'problem':
      return read;
    case 'read':
      return kept(
        read.certificates.map((der) => new X509Certificate(der)),
        read.key,
        now,
      );
  }
}

interface Parts {
  readonly certificates: readonly X509Certificate[];
  /** PEM. */
  readonly key?: string;
  /** DER that is no certificate. */
  readonly binary: readonly Buffer[];
}

/** The PEM blocks of a text, and what stands between them in base64. */
function partsOf(text: string): Parts {
  const certificates: X509Certificate[] = [];
  const binary: Buffer[] = [];
  let key: string | undefined;
  const between = (piece: string) => {
    for (const line of piece.length < 64 ? [] : piece.split('\n\n')) {
      const bytes = binaryOf(line);
      const read = bytes && certificateIn(bytes);
      if (read) certificates.push(read);
      else if (bytes) binary.push(bytes);
    }
  };
  let from = 0;
  for (let at = text.indexOf('-----BEGIN '); at >= 0; at = text.indexOf('-----BEGIN ', from)) {
    between(text.slice(from, at));
    const label = text.slice(at + 11, text.indexOf('-----', at + 11));
    const foot = `-----END ${label}-----`;
    const end = text.indexOf(foot, at);
    if (end < 0 || label.length > 40) break;
    from = end + foot.length;
    const block = text.slice(at, from);
    if (label.endsWith('PRIVATE KEY')) key ??= block;
    else if (label.endsWith('CERTIFICATE')) {
      const body = block.slice(label.length + 16, -foot.length).replace(/\\n|\s/g, '');
      const read = certificateIn(Buffer.from(body, 'base64'));
      if (read) certificates.push(read);
    }
  }
  between(text.slice(from));
  return { certificates, binary, ...(key === undefined ? {} : { key }) };
}

function certificateIn(bytes: Buffer): X509Certificate | undefined {
  try {
    return new X509Certificate(bytes);
  } catch {
    return undefined;
  }
}

function kept(certificates: readonly X509Certificate[], key: KeyObject, now: number | undefined): ReadSecret {
  const own = certificates.find((one) => one.checkPrivateKey(key));
  if (own === undefined)
    return problem(
      'The private key does not belong to the certificate: their public keys differ. Give the key that the certificate was made with.',
    );
  const facts = certificateFacts(own.toString());
  const ended = facts && now !== undefined ? notValid(facts, now) : undefined;
  if (ended !== undefined) return problem(`${ended} Have a new one issued.`);
  const chain = certificates.filter((one) => one !== own);
  const texts = [own, ...chain].map((one) => `${one.toString().trim()}\n`);
  return { kind: 'read', text: `${texts.join('')}${String(key.export({ type: 'pkcs8', format: 'pem' }))}` };
}

function problem(sentence: string): ReadSecret {
  return { kind: 'problem', problem: sentence };
}
