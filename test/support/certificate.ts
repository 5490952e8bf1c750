import { createHash, createPrivateKey, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';

/** A certificate with its key, made at run time. */
export interface TestCertificate {
  readonly cert: string;
  readonly key: string;
  /** SHA-256 of the certificate as colon-separated hex, as browsers and Node show it. */
  readonly fingerprint: string;
}

export interface CertificateOptions {
  /** Common name and DNS name; `localhost` unless told. 127.0.0.1 is always among its addresses. */
  readonly name?: string;
  /** May issue others. @see RFC 5280 section 4.2.1.9 */
  readonly authority?: true;
  /** What it is good for; anything unless told. @see RFC 5280 section 4.2.1.12 */
  readonly usage?: keyof typeof usages;
  readonly notBefore?: Date;
  readonly notAfter?: Date;
}

/**
 * Makes a self-signed certificate (ECDSA P-256).
 *
 * @see RFC 5280 section 4.1
 */
export function selfSignedCertificate(options: CertificateOptions = {}): TestCertificate {
  return certificate(options);
}

/**
 * Makes a certificate that an authority nobody knows has issued, as development tools do for localhost.
 *
 * @param by a certificate that may issue others, with its common name
 */
export function issuedCertificate(
  options: CertificateOptions = {},
  by?: TestCertificate & { readonly name: string },
): TestCertificate {
  if (by) return certificate(options, { name: by.name, key: createPrivateKey(by.key) });
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return certificate(options, { name: 'Development Authority', key: privateKey });
}

function certificate(
  options: CertificateOptions,
  authority?: { readonly name: string; readonly key: KeyObject },
): TestCertificate {
  const name = options.name ?? 'localhost';
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const subject = distinguishedName(name);
  const algorithm = sequence(oid('2a8648ce3d040302'));
  const body = sequence(
    tagged(0xa0, tagged(0x02, Buffer.from([2]))),
    tagged(
      0x02,
      createHash('sha256')
        .update(publicKey.export({ type: 'spki', format: 'der' }))
        .digest()
        .subarray(0, 8)
        .fill(0x11, 0, 1),
    ),
    algorithm,
    distinguishedName(authority?.name ?? name),
    sequence(
      time(options.notBefore ?? new Date(Date.now() - 86_400_000)),
      time(options.notAfter ?? new Date(Date.now() + 30 * 86_400_000)),
    ),
    subject,
    publicKey.export({ type: 'spki', format: 'der' }),
    tagged(
      0xa3,
      sequence(
        alternativeNames(name),
        ...(options.authority ? [mayIssue()] : []),
        ...(options.usage ? [goodFor(options.usage)] : []),
      ),
    ),
  );
  const signature = sign('sha256', body, authority?.key ?? privateKey);
  const der = sequence(body, algorithm, tagged(0x03, Buffer.concat([Buffer.from([0]), signature])));
  const text =
    der
      .toString('base64')
      .match(/.{1,64}/g)
      ?.join('\n') ?? '';
  const hash = createHash('sha256').update(der).digest('hex').toUpperCase();
  return {
    cert: `-----BEGIN CERTIFICATE-----\n${text}\n-----END CERTIFICATE-----\n`,
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
    fingerprint: hash.match(/../g)?.join(':') ?? '',
  };
}

const usages = { serverAuth: '2b06010505070301', clientAuth: '2b06010505070302' } as const;

function goodFor(usage: keyof typeof usages): Buffer {
  return sequence(oid('551d25'), tagged(0x04, sequence(oid(usages[usage]))));
}

function distinguishedName(name: string): Buffer {
  return sequence(tagged(0x31, sequence(oid('550403'), tagged(0x0c, Buffer.from(name)))));
}

function alternativeNames(name: string): Buffer {
  const names = sequence(tagged(0x82, Buffer.from(name)), tagged(0x87, Buffer.from([127, 0, 0, 1])));
  return sequence(oid('551d11'), tagged(0x04, names));
}

function mayIssue(): Buffer {
  const yes = tagged(0x01, Buffer.from([0xff]));
  return sequence(oid('551d13'), yes, tagged(0x04, sequence(yes)));
}

function time(date: Date): Buffer {
  return tagged(0x18, Buffer.from(date.toISOString().replaceAll(/[-:T]|\.\d+/g, '')));
}

function oid(hex: string): Buffer {
  return tagged(0x06, Buffer.from(hex, 'hex'));
}

function sequence(...parts: readonly Buffer[]): Buffer {
  return tagged(0x30, ...parts);
}

/** One value of DER: tag, length, content. */
function tagged(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const header = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...header]), content]);
}
