import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { octets, oid, sequence, tagged } from './der.ts';

/** Milliseconds for which a certificate is made: two years, and a day back for clocks that differ. */
const lifetime = 730 * 86_400_000;
const slack = 86_400_000;

/**
 * Makes a self-signed client certificate (ECDSA P-256) with its key, as the vault keeps them.
 *
 * @param now milliseconds since the epoch
 * @see RFC 5280 section 4.1, RFC 8705 section 2.2
 */
export function newCertificate(now: number): string {
  return certificate(now, 'OAuth Explorer', [signsOnly, usedBy('2b06010505070302')]);
}

/**
 * Makes a self-signed certificate (ECDSA P-256) with its key for a web server on this machine, under each of its names.
 *
 * @param now milliseconds since the epoch
 * @see RFC 5280 section 4.2.1.6
 */
export function newRedirectCertificate(now: number): string {
  const name = 'OAuth Explorer on this computer';
  return certificate(now, name, [signsOnly, usedBy('2b06010505070301'), namesOfThisMachine]);
}

function certificate(now: number, commonName: string, extensions: readonly Buffer[]): string {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const algorithm = sequence(oid('2a8648ce3d040302'));
  const name = sequence(tagged(0x31, sequence(oid('550403'), tagged(0x0c, Buffer.from(commonName)))));
  const serial = randomBytes(16);
  // Positive, and without a zero at its beginning. @see RFC 5280 section 4.1.2.2
  serial[0] = ((serial[0] ?? 0) & 0x3f) | 0x40;
  const body = sequence(
    tagged(0xa0, tagged(0x02, Buffer.from([2]))),
    tagged(0x02, serial),
    algorithm,
    name,
    sequence(time(now - slack), time(now + lifetime)),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    tagged(0xa3, sequence(...extensions)),
  );
  const der = sequence(body, algorithm, bits(0, sign('sha256', body, privateKey)));
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  const pem = ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
  return pem + String(privateKey.export({ type: 'pkcs8', format: 'pem' }));
}

/** Key usage: digital signature. @see RFC 5280 section 4.2.1.3 */
const signsOnly = sequence(oid('551d0f'), yes(), octets(bits(7, Buffer.from([0x80]))));

/** Extended key usage: TLS client or server. @see RFC 5280 section 4.2.1.12 */
function usedBy(purpose: string): Buffer {
  return sequence(oid('551d25'), octets(sequence(oid(purpose))));
}

/** Subject alternative names: localhost, 127.0.0.1 and ::1. @see RFC 5280 section 4.2.1.6 */
const namesOfThisMachine = sequence(
  oid('551d11'),
  octets(
    sequence(
      tagged(0x82, Buffer.from('localhost')),
      tagged(0x87, Buffer.from([127, 0, 0, 1])),
      tagged(0x87, Buffer.from('00000000000000000000000000000001', 'hex')),
    ),
  ),
);

function yes(): Buffer {
  return tagged(0x01, Buffer.from([0xff]));
}

function bits(unused: number, content: Buffer): Buffer {
  return tagged(0x03, Buffer.from([unused]), content);
}

/** GeneralizedTime would do for all years; before 2050 it has to be UTCTime. @see RFC 5280 section 4.1.2.5 */
function time(at: number): Buffer {
  const text = new Date(at).toISOString().replaceAll(/[-:T]|\.\d+/g, '');
  return text < '2050' ? tagged(0x17, Buffer.from(text.slice(2))) : tagged(0x18, Buffer.from(text));
}
