import { standInForMcp } from '../checks/apiTarget.ts';
import type { Profile } from '../profile/profile.ts';
import { isServerKey, serverKey } from './contract.ts';

/**
 * Where MCP servers are asked, by the name under which they stand in contracts and reports: that name lacks what is secret in
 * their query.
 *
 * @param urls as they were found, those of most weight first; a whole address goes before one that lacks its secret
 */
export function serverAddresses(urls: readonly string[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const url of urls) {
    const key = serverKey(url);
    const known = found.get(key);
    if (known === undefined || (isShort(known) && !isShort(url))) found.set(key, url);
  }
  return found;
}

/** Where the server of an item of the Test Explorer is asked; undefined for an item that is not a server's. */
export function addressOf(id: string, addresses: ReadonlyMap<string, string>): URL | undefined {
  return isServerKey(id) ? new URL(addresses.get(id) ?? id) : undefined;
}

/** Under which id the report is kept of what a contract names: for a server, that of the profile that stands for it. */
export function reportedUnder(id: string, profiles: readonly Profile[]): string {
  return isServerKey(id) ? standInForMcp(profiles, new URL(id)).id : id;
}

function isShort(url: string): boolean {
  return serverKey(url) === new URL(url).href;
}
