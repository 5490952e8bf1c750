import { isSecretName } from '../secretNames.ts';

/**
 * A server's URL as reports and contracts show it: without secrets in its query, and without the user and password that some
 * URLs contain.
 */
export function writtenUrl(text: string): string {
  const url = new URL(text);
  for (const name of [...url.searchParams.keys()]) if (isSecretName(name)) url.searchParams.delete(name);
  url.username = '';
  url.password = '';
  url.hash = '';
  return url.href;
}
