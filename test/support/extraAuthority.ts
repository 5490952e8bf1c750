import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { selfSignedCertificate } from './certificate.ts';

/** A host name that no resolver knows: only a proxy leads there. */
export const extraName = 'as.proxied.test';

/** Name of the variable that tells the in-host tests where certificate and key are. */
const folderVariable = 'OAUTH_EXPLORER_HOST_TLS';

/** Makes a certificate for `extraName`; returns the environment in which it is trusted beyond the system's. */
export async function extraAuthority(folder: string): Promise<Record<string, string>> {
  const { cert, key } = selfSignedCertificate({ name: extraName });
  const file = join(folder, 'extra.pem');
  await writeFile(file, cert);
  await writeFile(join(folder, 'extra.key'), key);
  return { NODE_EXTRA_CA_CERTS: file, [folderVariable]: folder };
}

/** The certificate and its key, within an in-host test. */
export async function readExtraAuthority(): Promise<{ readonly cert: string; readonly key: string }> {
  const folder = process.env[folderVariable];
  if (folder === undefined) throw new Error(`${folderVariable} is not set.`);
  const read = (name: string) => readFile(join(folder, name), 'utf8');
  return { cert: await read('extra.pem'), key: await read('extra.key') };
}
