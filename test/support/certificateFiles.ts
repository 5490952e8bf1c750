import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

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
