import { execFileSync } from 'node:child_process';
import { createHash, createHmac } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { children, octets, oid, sequence, tagged } from '../../src/core/authentication/der.ts';

/** A PFX as OpenSSL writes it, with this password. */
export function pfxOf(
  { cert, key }: { readonly cert: string; readonly key: string },
  password: string,
  options: readonly string[] = [],
): Buffer {
  return inFolder((folder) => {
    writeFileSync(join(folder, 'c.pem'), `${cert}${key}`);
    const files = ['-in', 'c.pem', '-out', 'c.pfx', '-passout', `pass:${password}`];
    execFileSync('openssl', ['pkcs12', '-export', ...files, ...options], { cwd: folder });
    return readFileSync(join(folder, 'c.pfx'));
  });
}

/**
 * A PFX of OpenSSL without MAC, with the keys of others before its own, and with a MAC: some tools write several keys, OpenSSL one.
 *
 * @see RFC 7292 section 4, appendix B
 */
export function pfxWithKeysBefore(pfx: Buffer, others: readonly Buffer[], password: string): Buffer {
  return pfxOfSafes([...others.flatMap((other) => safesOf(other).slice(-1)), ...safesOf(pfx)], password);
}

/** One PFX of several of OpenSSL without MAC, each with its certificates and its key. */
export function pfxOfSeveral(all: readonly Buffer[], password: string): Buffer {
  return pfxOfSafes(all.flatMap(safesOf), password);
}

/** A PFX of these parts, with a MAC. */
export function pfxOfSafes(safes: readonly Buffer[], password: string): Buffer {
  const all = sequence(...safes);
  const salt = Buffer.from('salt of 8 bytes '.slice(0, 8));
  const characters = Buffer.from(`${password}\0`, 'utf16le').swap16();
  const filled = Buffer.alloc(Math.ceil(characters.length / 64) * 64, characters);
  const hash = createHash('sha256').update(Buffer.alloc(64, 3)).update(Buffer.alloc(64, salt)).update(filled);
  const mac = createHmac('sha256', hash.digest()).update(all).digest();
  const sha256 = sequence(oid('608648016503040201'), tagged(0x05));
  const content = sequence(oid('2a864886f70d010701'), tagged(0xa0, octets(all)));
  return sequence(
    tagged(0x02, Buffer.from([3])),
    content,
    sequence(sequence(sha256, octets(mac)), octets(salt)),
  );
}

/** What a PFX consists of: its certificates, then its key. */
export function safesOf(pfx: Buffer): readonly Buffer[] {
  let at: Buffer = pfx;
  for (const index of [0, 1, 1, 0, 0]) at = children(at)[index]?.content ?? Buffer.alloc(0);
  return children(at).map(({ tag, content }) => tagged(tag, content));
}

/** What OpenSSL makes of a PFX, `file.pfx`, with the parameters of an advice, in `file.pem`. */
export function convertedBy(parameters: string, pfx: Buffer, password: string): string {
  return inFolder((folder) => {
    writeFileSync(join(folder, 'file.pfx'), pfx);
    const all = [...parameters.split(' '), '-passin', `pass:${password}`];
    execFileSync('openssl', all, { cwd: folder, stdio: 'ignore' });
    return readFileSync(join(folder, 'file.pem'), 'utf8');
  });
}

function inFolder<T>(act: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'pfx-'));
  try {
    return act(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
