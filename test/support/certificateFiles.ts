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
  const folder = mkdtempSync(join(tmpdir(), 'pfx-'));
  const [pem, pfx] = [join(folder, 'c.pem'), join(folder, 'c.pfx')];
  try {
    writeFileSync(pem, `${cert}${key}`);
    execFileSync('openssl', [
      'pkcs12',
      '-export',
      '-in',
      pem,
      '-out',
      pfx,
      '-passout',
      `pass:${password}`,
      ...options,
    ]);
    return readFileSync(pfx);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
