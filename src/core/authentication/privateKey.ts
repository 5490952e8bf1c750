import { plainText } from '../http/plainText.ts';
import { createPrivateKey, createPublicKey, sign, verify, type KeyObject } from 'node:crypto';
import type { JWK } from 'jose';
import type { ReadSecret } from '../profile/traits.ts';
import { pssKey, readDerKey, signsNothing, type FoundKey } from './derKey.ts';
import { whyUnread } from './oldCiphers.ts';
import { certificatesIn, thumbprintFor, withoutBase64, withoutBreaks } from './pemText.ts';
import { isTooSlow, tooSlow } from './slowDerivation.ts';
import { privateMembers, publicMembers } from '../privateMembers.ts';
import { member } from '../../shared/json.ts';

/** Most characters of a key that is read. */
const longest = 64 * 1024;

/**
 * Reads a private key: a JWK, a JWKS with one, PEM (PKCS #8, PKCS #1, SEC 1, also encrypted, also with its line breaks lost, also as
 * base64), or a settings file that holds one, such as Google's service account file and Box's. It is kept as a JWK.
 *
 * @see RFC 7517, RFC 7468, RFC 5958
 */
export function readPrivateKey(text: string, passphrase?: string): ReadSecret {
  return keptKey(findPrivateKey(text, passphrase));
}

/** Reads a private key as `readPrivateKey` does, of any kind: also one that signs no JWT. */
export function findPrivateKey(text: string, passphrase?: string): FoundKey {
  if (text.length > longest) return problem(`A private key has at most ${longest} characters.`);
  const trimmed = withoutBase64(text.replaceAll('\uFEFF', '').trim());
  return /^(?:\{|\[\s*[{["]|"\s*\{)/.test(trimmed)
    ? fromJson(trimmed, passphrase)
    : fromPem(trimmed, passphrase);
}

/** A private key in any form that is read, as the JWK that is kept of it; undefined for anything else. */
export function keptJwk(text: string): JWK | undefined {
  const read = readPrivateKey(text);
  return read.kind === 'read' ? (JSON.parse(read.text) as JWK) : undefined;
}

/** The texts that give a key away. */
export function privateParts(text: string): readonly string[] {
  const jwk = keptJwk(text);
  const members = privateMembers.map((name) => member(jwk, name)).filter((part) => typeof part === 'string');
  return [...members, ...pemBody(text)];
}

/** The algorithms that a key can sign with, the usual one first. @see RFC 7518 section 3.1, RFC 8037 section 3.1 */
export function algorithmsOf({ kty, crv }: JWK): readonly string[] {
  if (kty === 'RSA') return ['RS256', 'PS256', 'RS384', 'PS384', 'RS512', 'PS512'];
  return (kty === 'EC' || kty === 'OKP' ? curves[crv ?? ''] : undefined) ?? [];
}

const curves: Readonly<Record<string, readonly string[] | undefined>> = {
  'P-256': ['ES256'],
  'P-384': ['ES384'],
  'P-521': ['ES512'],
  Ed25519: ['EdDSA', 'Ed25519'],
};

/** The public half of a key, as it is registered at a server. @throws TypeError when it is not a private key */
export function publicJwk(text: string, names: { readonly kid?: string; readonly alg?: string } = {}): JWK {
  const own = keptJwk(text);
  if (own === undefined) throw new TypeError('No private key.');
  const alg = names.alg ?? own.alg ?? algorithmsOf(own)[0];
  return {
    ...publicMembers(own),
    use: 'sig',
    ...(alg === undefined ? {} : { alg }),
    ...(names.kid === undefined ? {} : { kid: names.kid }),
  };
}

function fromJson(text: string, passphrase: string | undefined): FoundKey {
  let value: unknown;
  try {
    value = JSON.parse(text);
    if (typeof value === 'string') value = JSON.parse(value);
  } catch {
    return problem('It begins like JSON and is none. Paste the whole key.');
  }
  const [holder, another] = holdersOf(value);
  if (another !== undefined)
    return problem('The text holds several private keys. Paste the one of this client.');
  if (holder !== undefined) return fromSettings(holder, passphrase);
  const members = value as Record<string, unknown>;
  const { keys } = members;
  const all: readonly unknown[] = [keys, value].find(Array.isArray) ?? [members];
  const own = all.filter(isPrivate);
  const signing = own.filter(isToSign);
  if (signing.length > 1)
    return problem('The key set holds several private keys. Paste the one of this client.');
  const jwk = signing[0] ?? own[0];
  if (jwk === undefined)
    return problem(
      all.some(isShared)
        ? 'That is a shared secret, no private key. Choose client_secret_jwt for it.'
        : 'It holds no private key: a public key, or something else. The private one has a member "d".',
    );
  try {
    const { kid, alg } = jwk;
    const key = createPrivateKey({ key: jwk, format: 'jwk' });
    if (!isToSign(jwk))
      return problem('The JWK says that it is not for signing (use, key_ops). Give the key to sign with.');
    const found = { kind: 'found', key, kid, alg, thumbprint: thumbprintIn(jwk, key) } as const;
    const signs = keptKey(found).kind === 'read';
    return signs && !isPair(key) ? problem(incomplete) : found;
  } catch {
    const { kty, crv } = jwk;
    if (kty !== 'RSA' && typeof crv === 'string' && algorithmsOf(jwk).length === 0)
      return problem(signsNothing(plainText(crv, 40)));
    // Optional in the RFC; what reads it here wants all of them.
    const primes = jwk['kty'] === 'RSA' && ['p', 'q', 'dp', 'dq', 'qi'].some((name) => !(name in jwk));
    return problem(
      primes ? 'The RSA key is read here with its primes (p, q, dp, dq, qi), and not without.' : incomplete,
    );
  }
}

/** @see RFC 7517 sections 4.7 and 4.9 */
function thumbprintIn(jwk: Readonly<Record<string, unknown>>, key: KeyObject): unknown {
  const { x5c: chain } = jwk;
  const texts = Array.isArray(chain) ? chain.slice(0, 10).filter((one) => typeof one === 'string') : [];
  return (
    jwk['x5t#S256'] ??
    thumbprintFor(
      key,
      texts.map((one) => Buffer.from(one, 'base64')),
    )
  );
}

const incomplete = 'The JWK is not complete or its numbers do not belong together.';

function isToSign({ use = 'sig', key_ops: operations }: Readonly<Record<string, unknown>>): boolean {
  return use === 'sig' && (!Array.isArray(operations) || operations.includes('sign'));
}

function isShared(value: unknown): boolean {
  return member(value, 'kty') === 'oct';
}

/** Whether the public half is that of the private one: in a JWK both are written out. */
function isPair(key: KeyObject): boolean {
  const data = Buffer.from('pair');
  const hash = key.asymmetricKeyType === 'ed25519' ? null : 'sha256';
  return verify(hash, data, createPublicKey(key), sign(hash, data, key));
}

function isPrivate(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof member(value, 'd') === 'string' && !isShared(value);
}

/** Where PEM stands in a settings file, such as Google's and Box's: the texts, each with the members beside it; at most two. */
function holdersOf(value: unknown, depth = 0): readonly Holder[] {
  if (depth > 4 || typeof value !== 'object' || value === null) return [];
  const members = Object.entries(value).slice(0, 100) as readonly (readonly [string, unknown])[];
  return members
    .flatMap(([, member]) =>
      typeof member === 'string'
        ? labelsOf(member).map(() => ({ pem: member, beside: value }))
        : holdersOf(member, depth + 1),
    )
    .slice(0, 2);
}

interface Holder {
  readonly pem: string;
  readonly beside: object;
}

function fromSettings({ pem, beside }: Holder, given: string | undefined): FoundKey {
  const { private_key_id: google, publicKeyID: box, passphrase } = beside as Record<string, unknown>;
  const own = typeof passphrase === 'string' && passphrase !== '' ? passphrase : given;
  return named(fromPem(pem, own), google ?? box);
}

function named(found: FoundKey, kid: unknown): FoundKey {
  return found.kind !== 'found' || kid === '' ? found : { ...found, kid };
}

const begin = '-----BEGIN ';

function fromPem(text: string, passphrase: string | undefined): FoundKey {
  const [label, another] = labelsOf(text);
  if (label === undefined) return problem(whatItIs(text));
  if (another !== undefined)
    return problem('The text holds several private keys. Paste the one of this client.');
  const encrypted = label.startsWith('ENCRYPTED') || text.includes('Proc-Type: 4,ENCRYPTED');
  const bytes = Buffer.from(pemBody(text)[0] ?? '', 'base64');
  if (encrypted && isTooSlow(bytes)) return problem(tooSlow);
  if (encrypted && passphrase === undefined) return { kind: 'encrypted' };
  try {
    const pem = withLines(text, label);
    const key = createPrivateKey({ key: pem, format: 'pem', ...(encrypted && { passphrase }) });
    return { kind: 'found', key, thumbprint: thumbprintFor(key, certificatesIn(text)) };
  } catch (thrown) {
    if (encrypted) return problem(whyUnread(bytes, 'pem', thrown));
    return readDerKey(bytes) ?? problem('The key is not complete. Copy it with its BEGIN and END lines.');
  }
}

/** The kinds of the private keys in a text, such as `RSA PRIVATE KEY`, at most two. */
function labelsOf(text: string): readonly string[] {
  const found: string[] = [];
  for (let at = text.indexOf(begin); at >= 0 && found.length < 2; at = text.indexOf(begin, at + 1)) {
    const from = at + begin.length;
    const label = text.slice(from, from + 40).split('-----', 1)[0] ?? '';
    if (/^(?:RSA |EC |ENCRYPTED )?PRIVATE KEY$/.test(label)) found.push(label);
  }
  return found;
}

function whatItIs(text: string): string {
  if (text.includes('OPENSSH PRIVATE KEY'))
    return 'That is an OpenSSH key. Convert a copy of it: ssh-keygen -p -m PKCS8 -f copy.';
  if (text.startsWith('PuTTY-User-Key-File'))
    return 'That is a PuTTY key. Convert it: puttygen key.ppk -O private-openssh -o key.pem.';
  if (text.includes('CERTIFICATE REQUEST'))
    return 'That is a certificate request. The private key that it was made with is needed.';
  if (text.includes('PUBLIC KEY') || /^(?:ssh|ecdsa)-/.test(text))
    return 'That is a public key. The private one is needed.';
  if (text.includes('BEGIN CERTIFICATE'))
    return 'That is a certificate. The private key that belongs to it is needed.';
  return 'That is not a private key: neither PEM (-----BEGIN PRIVATE KEY-----) nor a JWK.';
}

/** A PEM block whose line breaks were lost in a box of one line has them again; with header fields it stays as it is. */
function withLines(text: string, label: string): string {
  const [head, foot] = [`${begin}${label}-----`, `-----END ${label}-----`];
  const from = text.indexOf(head);
  const end = text.indexOf(foot, from);
  const body = text.slice(from + head.length, end < 0 ? undefined : end);
  if (body.includes(':')) return encryptedBlock(body, label) ?? text.slice(from);
  const lines = withoutBreaks(body).match(/.{1,64}/g) ?? [];
  return [head, ...lines, foot, ''].join('\n');
}

/** A block that is encrypted the old way, whose line breaks were lost, has them again. @see RFC 1421 section 4.6 */
function encryptedBlock(body: string, label: string): string | undefined {
  if (body.trim().includes('\n') || !body.includes('DEK-Info:')) return undefined;
  const [, cipher = '', rest = ''] = /DEK-Info:\s*([A-Za-z0-9-]+),([^]*)$/.exec(body) ?? [];
  const text = withoutBreaks(rest);
  // The initialisation vector is a block of the cipher, as hex.
  const vector = cipher.startsWith('DES') ? 16 : 32;
  const lines = text.slice(vector).match(/.{1,64}/g) ?? [];
  const head = ['Proc-Type: 4,ENCRYPTED', `DEK-Info: ${cipher},${text.slice(0, vector)}`, ''];
  return [`${begin}${label}-----`, ...head, ...lines, `-----END ${label}-----`, ''].join('\n');
}

/** What stands between the lines of a PEM text, as it is and in one line. */
function pemBody(text: string): readonly string[] {
  const [label] = labelsOf(text);
  if (label === undefined) return [];
  const lines = withLines(text, label).split('\n').slice(1, -2);
  return [lines.join(''), ...lines.filter((line) => line.length >= 32)];
}

/** A private key as it is kept to sign with, as a JWK; says why where it signs nothing that servers take. */
export function keptKey(found: FoundKey): ReadSecret {
  if (found.kind !== 'found') return found;
  const { kid, thumbprint } = found;
  const { key, alg } = plainRsa(found);
  if (key.asymmetricKeyType === 'rsa' && (key.asymmetricKeyDetails?.modulusLength ?? 0) < 2048)
    return problem('The RSA key has less than 2048 bits, which servers refuse (RFC 7518, 3.3).');
  let jwk: JWK = {};
  try {
    jwk = key.export({ format: 'jwk' });
  } catch {
    // What has no JWK form signs nothing that servers take.
  }
  if (algorithmsOf(jwk).length === 0) return problem(signsNothing(kindOf(key)));
  if (typeof alg === 'string' && !algorithmsOf(jwk).includes(alg))
    return problem(
      `The JWK names the algorithm ${plainText(alg, 40)}, with which such a key does not sign. It signs with ${algorithmsOf(jwk).join(', ')}.`,
    );
  const names = {
    ...(typeof kid === 'string' && { kid }),
    ...(typeof alg === 'string' && { alg }),
    ...(typeof thumbprint === 'string' && { 'x5t#S256': thumbprint }),
  };
  return { kind: 'read', text: JSON.stringify({ ...jwk, ...names }) };
}

function kindOf({ asymmetricKeyType: type, asymmetricKeyDetails: details }: KeyObject): string {
  return [type, details?.namedCurve].filter((name) => name !== undefined).join(', ') || 'unknown';
}

/** An RSA key that is for PSS alone has no JWK of its own. */
function plainRsa(found: { readonly key: KeyObject; readonly alg?: unknown }): typeof found {
  if (found.key.asymmetricKeyType !== 'rsa-pss') return found;
  return pssKey(found.key.export({ type: 'pkcs8', format: 'der' })) ?? found;
}

function problem(sentence: string): { readonly kind: 'problem'; readonly problem: string } {
  return { kind: 'problem', problem: sentence };
}
