import { X509Certificate, type KeyObject } from 'node:crypto';
import type { ReadSecret } from '../profile/traits.ts';
import { readDerKey } from './derKey.ts';
import { readPfx } from './pfx.ts';
import { withoutBase64, withoutBreaks } from './pemText.ts';
import { findPrivateKey } from './privateKey.ts';
import { certificateFacts, notValid } from '../http/tlsIdentity.ts';

/** Most characters of certificates and key. */
const longest = 128 * 1024;
/** Keys that are read: each may cost a derivation from its passphrase. */
const mostKeys = 5;

/**
 * Reads a client certificate with its key: PEM (in any order, also with lost line breaks) and DER, the key also encrypted, or PFX; what is
 * binary comes as base64. It is kept as PEM: the certificate, what leads to its authority, the key.
 *
 * @param now milliseconds since the epoch: a certificate that has ended is refused
 * @param noun what it is called then: `client certificate` unless said otherwise
 * @see RFC 8705 section 2, RFC 7468, RFC 7292
 */
export async function readClientCertificate(
  text: string,
  passphrase?: string,
  now?: number,
  noun?: string,
): Promise<ReadSecret> {
  const fit = now === undefined ? undefined : { now, noun };
  if (text.length > longest) return problem(`Certificate and key have at most ${longest} characters.`);
  const { certificates, binary, keys: texts } = partsOf(withoutBase64(text));
  const ofBinary = binary.flatMap((bytes) => readDerKey(bytes, passphrase) ?? []);
  const keys = [...texts.map((key) => findPrivateKey(key, passphrase)), ...ofBinary];
  if (binary[0] !== undefined && certificates.length === 0 && keys.length === 0)
    return fromPfx(binary[0], passphrase, fit);
  if (certificates.length === 0)
    return problem(
      keys.length === 0
        ? 'There is no certificate in it: neither PEM (-----BEGIN CERTIFICATE-----) nor PFX.'
        : 'The private key is there, and its certificate is not. Give both: choose the two files together, or paste one text after the other.',
    );
  const found = keys.flatMap((one) => (one.kind === 'found' ? [{ key: one.key, certificates }] : []));
  const chosen = best(found.flatMap(identitiesOf), fit);
  if (chosen) return chosen;
  const unread = keys.find(({ kind }) => kind !== 'found');
  if (unread && unread.kind !== 'found') return unread;
  return problem(
    found.length === 0
      ? 'The certificate is there, and its private key is not. Give both: choose the two files together, paste one text after the other, or choose the PFX.'
      : 'The private key does not belong to the certificate: their public keys differ. Give the key that the certificate was made with.',
  );
}

/** What a text is the base64 of, where that is DER, such as a PFX; absent for anything else. */
export function binaryOf(text: string): Buffer | undefined {
  const plain = text.trim();
  if (!plain.startsWith('M') || !/^[A-Za-z0-9+/=\s]+$/.test(plain)) return undefined;
  const bytes = Buffer.from(plain, 'base64');
  return bytes[0] === 0x30 ? bytes : undefined;
}

/** When a certificate has to be valid, in milliseconds since the epoch, and what it is called; absent: at no time. */
type Fit = { readonly now: number; readonly noun: string | undefined } | undefined;

async function fromPfx(bytes: Buffer, password: string | undefined, fit: Fit): Promise<ReadSecret> {
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
      return (
        best(
          read.identities.flatMap(({ certificates, key }) =>
            identitiesOf({ key, certificates: certificates.map((der) => new X509Certificate(der)) }),
          ),
          fit,
        ) ?? problem('The PFX file holds no certificate with its key.')
      );
  }
}

interface Parts {
  readonly certificates: readonly X509Certificate[];
  /** PEM, at most `mostKeys`. */
  readonly keys: readonly string[];
  /** DER that is not a certificate. */
  readonly binary: readonly Buffer[];
}

/** The PEM blocks of a text, and what stands between them in base64. */
function partsOf(text: string): Parts {
  const certificates: X509Certificate[] = [];
  const binary: Buffer[] = [];
  const keys: string[] = [];
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
    if (label.endsWith('PRIVATE KEY')) {
      if (keys.length < mostKeys) keys.push(block);
    } else if (label.endsWith('CERTIFICATE')) {
      const body = withoutBreaks(block.slice(label.length + 16, -foot.length));
      const read = certificateIn(Buffer.from(body, 'base64'));
      if (read) certificates.push(read);
    }
  }
  between(text.slice(from));
  return { certificates, binary: binary.slice(0, mostKeys), keys };
}

function certificateIn(bytes: Buffer): X509Certificate | undefined {
  try {
    return new X509Certificate(bytes);
  } catch {
    return undefined;
  }
}

/** A certificate with its key, and all that came with them. */
interface Identity {
  readonly own: X509Certificate;
  readonly certificates: readonly X509Certificate[];
  readonly key: KeyObject;
}

/** The certificates that a key belongs to. */
function identitiesOf({ certificates, key }: Omit<Identity, 'own'>): readonly Identity[] {
  return certificates.filter((own) => own.checkPrivateKey(key)).map((own) => ({ own, certificates, key }));
}

/** Of several identities the first that is valid and made for this; what it was chosen from is told. */
function best(all: readonly Identity[], fit: Fit): ReadSecret | undefined {
  const several = all.filter(
    ({ own }, index) => all.findIndex((one) => one.own.raw.equals(own.raw)) === index,
  );
  const usage = fit?.noun === undefined ? clientUsage : serverUsage;
  const fits = [
    ({ own }: Identity) => whyEnded(own, fit) === undefined,
    // Without a list of usages it is good for all of them. @see RFC 5280 section 4.2.1.12
    ({ own }: Identity) =>
      !own.ca && (own.keyUsage as readonly string[] | undefined)?.includes(usage) !== false,
  ];
  const chosen =
    several.find((one) => fits.every((is) => is(one))) ?? several.find(fits[0] ?? Boolean) ?? several[0];
  if (chosen === undefined) return undefined;
  const ended = whyEnded(chosen.own, fit);
  if (ended !== undefined) return problem(`${ended} Have a new one issued.`);
  const told = `Of ${several.length} certificates with a key, that of ${certificateFacts(chosen.own.toString())?.subject ?? ''} was taken.`;
  return { ...kept(chosen), ...(several.length > 1 && { told }) };
}

const clientUsage = '1.3.6.1.5.5.7.3.2';
const serverUsage = '1.3.6.1.5.5.7.3.1';

function whyEnded(own: X509Certificate, fit: Fit): string | undefined {
  const facts = certificateFacts(own.toString());
  return facts && fit && notValid(facts, fit.now, fit.noun);
}

function kept({ own, certificates, key }: Identity): ReadSecret {
  const texts = inOrder(own, certificates).map((one) => `${one.toString().trim()}\n`);
  return { kind: 'read', text: `${texts.join('')}${String(key.export({ type: 'pkcs8', format: 'pem' }))}` };
}

/** A certificate, then who issued it, and so on, as TLS wants them; those of others last. @see RFC 5246 section 7.4.2 */
function inOrder(own: X509Certificate, all: readonly X509Certificate[]): readonly X509Certificate[] {
  const chain = [own];
  const left = new Set(all.filter((one) => one !== own));
  const issuerOf = (one: X509Certificate) => [...left].find((other) => one.checkIssued(other));
  for (let next = issuerOf(own); next !== undefined; next = issuerOf(next)) {
    left.delete(next);
    chain.push(next);
  }
  return [...chain, ...left];
}

function problem(sentence: string): ReadSecret {
  return { kind: 'problem', problem: sentence };
}
