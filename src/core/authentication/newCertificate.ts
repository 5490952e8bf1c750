import { createPublicKey, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';
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
  return withKey(newKey(), now, 'OAuth Explorer', [signsOnly, usedBy('2b06010505070302')]);
}

/**
 * Makes a self-signed certificate for a key that is there, for servers that register keys by certificates; nothing private is in it.
 *
 * @param key RSA, P-256, P-384, P-521 or Ed25519
 * @param now milliseconds since the epoch
 * @returns PEM
 * @see RFC 5280 section 4.1
 */
export function certificateFor(key: KeyObject, now: number): string {
  return certificate(key, now, 'OAuth Explorer', [signsOnly]);
}

/**
 * Makes a self-signed certificate (ECDSA P-256) with its key for a web server on this machine, under each of its names.
 *
 * @param now milliseconds since the epoch
 * @see RFC 5280 section 4.2.1.6
 */
export function newRedirectCertificate(now: number): string {
  const name = 'OAuth Explorer on this computer';
  return withKey(newKey(), now, name, [signsOnly, usedBy('2b06010505070301'), namesOfThisMachine]);
}

const newKey = () => generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;

function withKey(key: KeyObject, ...how: Tail<Parameters<typeof certificate>>): string {
  return certificate(key, ...how) + String(key.export({ type: 'pkcs8', format: 'pem' }));
}

type Tail<T extends readonly unknown[]> = T extends readonly [unknown, ...infer Rest] ? Rest : never;

/** What a key signs certificates with: the hash, and its identifier. @see RFC 5758 section 3.2, RFC 4055 section 5, RFC 8410 section 3 */
function signature({ asymmetricKeyType: type, asymmetricKeyDetails: details }: KeyObject) {
  if (type === 'ed25519') return { hash: null, algorithm: sequence(oid('2b6570')) };
  if (type === 'rsa')
    return { hash: 'sha256', algorithm: sequence(oid('2a864886f70d01010b'), tagged(0x05, Buffer.alloc(0))) };
  const at = Math.max(0, ['prime256v1', 'secp384r1', 'secp521r1'].indexOf(details?.namedCurve ?? ''));
  return {
    hash: ['sha256', 'sha384', 'sha512'][at] ?? '',
    algorithm: sequence(oid(`2a8648ce3d04030${at + 2}`)),
  };
}

function certificate(
  privateKey: KeyObject,
  now: number,
  commonName: string,
  extensions: readonly Buffer[],
): string {
  const { hash, algorithm } = signature(privateKey);
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
    createPublicKey(privateKey).export({ type: 'spki', format: 'der' }),
    tagged(0xa3, sequence(...extensions)),
  );
  const der = sequence(body, algorithm, bits(0, sign(hash, body, privateKey)));
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
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
