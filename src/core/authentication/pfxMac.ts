import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { children, octets, oid, sequence, tagged } from './der.ts';

/** Digests of a MAC with the bytes of their blocks. @see RFC 7292 appendix B.4 */
const digests: Readonly<Record<string, readonly [name: string, block: number]>> = {
  '2b0e03021a': ['sha1', 64],
  '608648016503040204': ['sha224', 64],
  '608648016503040201': ['sha256', 64],
  '608648016503040202': ['sha384', 128],
  '608648016503040203': ['sha512', 128],
};

/** Rounds of a MAC, one by one a second of work. */
export const mostMacRounds = 500_000;

/** The MAC of a PFX. @see RFC 7292 section 4 */
export interface PfxMac {
  readonly digest: readonly [name: string, block: number];
  readonly value: Buffer;
  readonly salt: Buffer;
  readonly rounds: number;
}

/** The MAC that DER, the third part of a PFX, holds; absent for a kind that is not known here. */
export function readMac(der: Buffer): PfxMac | undefined {
  const [info, salt, rounds] = children(der);
  const [algorithm, value] = children(info?.content);
  const digest = digests[children(algorithm?.content)[0]?.content.toString('hex') ?? ''];
  if (digest === undefined || value === undefined || salt === undefined) return undefined;
  const count = rounds?.content ?? Buffer.from([1]);
  if (count.length === 0 || count.length > 6) return undefined;
  return { digest, value: value.content, salt: salt.content, rounds: count.readUIntBE(0, count.length) };
}

/** What a password is to a PFX; that none is given may be written in two ways. @see RFC 7292 appendix B.1 */
export function passwordForms(password: string): readonly [Buffer, ...Buffer[]] {
  const written = Buffer.from(`${password}\0`, 'utf16le').swap16();
  return password === '' ? [written, Buffer.alloc(0)] : [written];
}

/** Whether a MAC is that of `content` with this password, as `passwordForms` has it. */
export function isMacOf(content: Buffer, mac: PfxMac, password: Buffer): boolean {
  const made = createHmac(mac.digest[0], macKey(mac, password)).update(content).digest();
  return made.length === mac.value.length && timingSafeEqual(made, mac.value);
}

/** The third part of a PFX whose content this is: a MAC with SHA-1 and one round. */
export function macFor(content: Buffer, password: Buffer): Buffer {
  const salt = Buffer.alloc(8);
  const key = macKey({ digest: ['sha1', 64], salt, rounds: 1 }, password);
  const sha1 = sequence(oid('2b0e03021a'), tagged(0x05));
  const mac = createHmac('sha1', key).update(content).digest();
  return sequence(sequence(sha1, octets(mac)), octets(salt));
}

/** The key of a MAC, which is as long as what its digest makes. @see RFC 7292 appendix B.2 */
function macKey({ digest, salt, rounds }: Omit<PfxMac, 'value'>, password: Buffer): Buffer {
  const [name, block] = digest;
  const filled = (bytes: Buffer) => Buffer.alloc(Math.ceil(bytes.length / block) * block, bytes);
  let key = Buffer.concat([Buffer.alloc(block, 3), filled(salt), filled(password)]);
  for (let round = 0; round < rounds; round++) key = createHash(name).update(key).digest();
  return key;
}
