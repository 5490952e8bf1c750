import { isSecretName } from '../secretNames.ts';

/**
 * A server's URL as it may be written down, in reports and contracts: without what its query holds of secrets, and without user and
 * password, which some give their clients.
 */
export function writtenUrl(text: string): string {
  const url = new URL(text);
  for (const name of [...url.searchParams.keys()]) if (isSecretName(name)) url.searchParams.delete(name);
  url.username = '';
  url.password = '';
  url.hash = '';
  return url.href;
}
