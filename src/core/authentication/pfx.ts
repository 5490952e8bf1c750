import { createPrivateKey, type KeyObject } from 'node:crypto';
import { duplexPair } from 'node:stream';
import { connect, createSecureContext, TLSSocket, type DetailedPeerCertificate } from 'node:tls';
import { oldCipherIn } from './oldCiphers.ts';
import { isTooSlow, tooSlow } from './slowDerivation.ts';
import { isMacOf, macFor, mostMacRounds, passwordForms, readMac } from './pfxMac.ts';
import { children, octets, oid, sequence, tagged, type Value } from './der.ts';

/** A key with its certificate, the first, and what leads to its authority. */
interface PfxIdentity {
  readonly certificates: readonly Buffer[];
  readonly key: KeyObject;
}

/** What a PFX holds, or why it cannot be read. */
export type ReadPfx =
  | { readonly kind: 'read'; readonly identities: readonly [PfxIdentity, ...PfxIdentity[]] }
  | { readonly kind: 'none' }
  | { readonly kind: 'wrong_password' }
  | { readonly kind: 'problem'; readonly problem: string };

/** The advice to have OpenSSL do it. @param options what it has to be told besides */
function convert(options = ''): string {
  return `Convert it: openssl pkcs12 -in file.pfx -out file.pem -nodes${options}, and choose the PEM file.`;
}

/** Keys of a PFX that are tried: each may cost a derivation from its password. */
const mostKeys = 5;

/**
 * Reads certificates and key of a PFX (PKCS #12) file; what opens it is Node's own TLS. Of several keys those count whose certificate
 * is there.
 *
 * @see RFC 7292
 */
export async function readPfx(bytes: Buffer, password: string): Promise<ReadPfx> {
  const bags = keyBags(bytes);
  if (bags === undefined) return { kind: 'none' };
  const [, contents, last] = children(only(children(bytes)));
  const mac = last && readMac(last.content);
  if (isTooSlow(bytes) || (mac && mac.rounds > mostMacRounds)) return { kind: 'problem', problem: tooSlow };
  if (bags.length === 0)
    return {
      kind: 'problem',
      problem: `The PFX file holds no private key that can be read here. ${convert()}`,
    };
  const never = whyNever(bytes) ?? (last === undefined && password !== '' ? withoutMac : undefined);
  if (never !== undefined) return { kind: 'problem', problem: never };
  const forms = passwordForms(password);
  const right = mac && forms.find((form) => isMacOf(content(contents) ?? Buffer.alloc(0), mac, form));
  if (mac && right === undefined) return { kind: 'wrong_password' };
  const all: (ReadPfx | Unread)[] = [];
  for (const bag of bags.slice(0, mostKeys))
    all.push(await readWith(withOnly(bag, bytes, right ?? forms[0]), bag, password));
  const unsupported = `The PFX file cannot be opened here: its encryption, or the kind of its key, is not supported. ${convert(' -legacy')}`;
  return together(all, last === undefined ? withoutMac : unsupported);
}

/** What was read with each of its keys as one. @param unsupported the sentence for what Node does not read */
function together(all: readonly (ReadPfx | Unread)[], unsupported: string): ReadPfx {
  const [found, ...more] = all.flatMap((one) =>
    typeof one !== 'string' && one.kind === 'read' ? one.identities : [],
  );
  if (found) return { kind: 'read', identities: [found, ...more] };
  if (all.includes('unsupported')) return { kind: 'problem', problem: unsupported };
  return (
    all.find((one) => typeof one !== 'string') ?? {
      kind: 'problem',
      problem: 'The PFX file holds a key without its certificate.',
    }
  );
}

/** Why what opens a PFX with this password did not. */
type Unread = 'no certificate' | 'unsupported';

/** Reads a PFX whose only key that is seen is in `bag`. */
async function readWith(bytes: Buffer, bag: Value, password: string): Promise<ReadPfx | Unread> {
  let context: ReturnType<typeof createSecureContext>;
  try {
    context = createSecureContext({ pfx: bytes, passphrase: password });
  } catch (thrown) {
    const words = thrown instanceof Error ? thrown.message : '';
    return /certificate|multiple/i.test(words) ? 'no certificate' : 'unsupported';
  }
  try {
    const value = children(bag.content)[1]?.content ?? Buffer.alloc(0);
    const key = createPrivateKey({ key: value, format: 'der', type: 'pkcs8', passphrase: password });
    return { kind: 'read', identities: [{ certificates: await shown(context), key }] };
  } catch {
    return {
      kind: 'problem',
      problem: `The PFX file holds no certificate with its key that can be read here. ${convert()}`,
    };
  }
}

/**
 * The same PFX with this one of its keys alone, and before all else: the first is taken, so that of one that is hidden in an encrypted
 * part, which may ask for any number of rounds, nothing is derived. Its MAC is made anew. @see RFC 7292 section 4
 */
function withOnly(bag: Value, bytes: Buffer, password: Buffer): Buffer {
  const safes = content(children(only(children(bytes)))[1]) ?? Buffer.alloc(0);
  const parts = children(only(children(safes))).map(withoutKeys);
  return pfxOf(Buffer.concat([data(sequence(written(bag))), ...parts]), password);
}

/** A PFX of these parts. */
function pfxOf(parts: Buffer, password = passwordForms('')[0]): Buffer {
  const all = sequence(parts);
  return sequence(tagged(0x02, Buffer.from([3])), data(all), macFor(all, password));
}

/** A part of a PFX without the keys that are seen in it. */
function withoutKeys(safe: Value): Buffer {
  const inner = content(safe);
  if (inner === undefined) return written(safe);
  return data(
    sequence(...children(only(children(inner))).flatMap((bag) => (isKey(bag) ? [] : written(bag)))),
  );
}

function written({ tag, content: of }: Value): Buffer {
  return tagged(tag, of);
}

/** A ContentInfo that is not encrypted. @see RFC 5652 section 3 */
function data(of: Buffer): Buffer {
  return sequence(oid(oids.data), tagged(0xa0, octets(of)));
}

const withoutMac = `The PFX file has no MAC, which tells whether it was changed, so it is not opened here. ${convert(' -nomacver')}`;

/** Why a PFX cannot be opened here with any password. */
function whyNever(bytes: Buffer): string | undefined {
  const cipher = oldCipherIn(bytes);
  return cipher === undefined || isReadHere(cipher.identifier)
    ? undefined
    : `The PFX file is encrypted with ${cipher.name}, which is too old to be read here. ${convert(' -legacy')}`;
}

/** Whether what opens a PFX knows a cipher: BoringSSL, which VS Code has, reads what is too old for OpenSSL. A part without sense is tried. */
function isReadHere(cipher: Buffer): boolean {
  const scheme = sequence(cipher, sequence(octets(Buffer.alloc(8)), tagged(0x02, Buffer.from([1]))));
  const encrypted = sequence(oid(oids.data), scheme, tagged(0x80, Buffer.alloc(16)));
  const part = sequence(tagged(0x02, Buffer.from([0])), encrypted);
  try {
    createSecureContext({ pfx: pfxOf(sequence(oid(oids.encrypted), tagged(0xa0, part))), passphrase: '' });
    return true;
  } catch (thrown) {
    return !/unsupported/i.test(String(thrown));
  }
}

/** The certificates that a server with this context shows: a handshake within this process, over no network. */
async function shown(secureContext: ReturnType<typeof createSecureContext>): Promise<readonly Buffer[]> {
  const [one, other] = duplexPair();
  const server = new TLSSocket(one, { isServer: true, secureContext });
  // Not verified on purpose: it is our own certificate, which is looked at.
  const client = connect({ socket: other, rejectUnauthorized: false });
  try {
    await new Promise<void>((resolve, reject) => {
      client.once('secureConnect', resolve);
      client.once('error', reject);
      server.once('error', reject);
    });
    const found: Buffer[] = [];
    // The last one is its own issuer, or has none.
    let next: Partial<DetailedPeerCertificate> | undefined = client.getPeerCertificate(true);
    while (
      next?.raw !== undefined &&
      found.length < 10 &&
      !found.some((raw) => raw.equals(next?.raw ?? raw))
    ) {
      found.push(next.raw);
      next = next.issuerCertificate;
    }
    return found;
  } finally {
    client.destroy();
    server.destroy();
  }
}

const oids = {
  data: '2a864886f70d010701',
  encrypted: '2a864886f70d010706',
  key: '2a864886f70d010c0a0101',
  shroudedKey: '2a864886f70d010c0a0102',
} as const;

/** The key bags of a PFX, mostly encrypted, as far as they are not hidden in what is; `undefined` where it is none. */
function keyBags(bytes: Buffer): readonly Value[] | undefined {
  const [version, outer] = children(only(children(bytes)));
  const safes = content(outer);
  if (version?.tag !== 0x02 || safes === undefined) return undefined;
  const bags = children(only(children(safes))).flatMap((safe) => children(only(children(content(safe)))));
  return bags.filter(isKey);
}

function isKey(bag: Value): boolean {
  const id = only(children(bag.content))?.toString('hex');
  return id === oids.key || id === oids.shroudedKey;
}

/** The content of a ContentInfo that is not encrypted. @see RFC 5652 section 3 */
function content(info: Value | undefined): Buffer | undefined {
  const [type, explicit] = children(info?.content);
  if (type?.content.toString('hex') !== oids.data) return undefined;
  const [octets] = children(explicit?.content);
  return octets?.tag === 0x04 ? octets.content : undefined;
}

function only(values: readonly Value[]): Buffer | undefined {
  return values[0]?.content;
}
