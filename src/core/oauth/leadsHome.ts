import { BlockList, isIP } from 'node:net';
import { trimEnd } from '../http/ends.ts';
import { bareHost } from '../http/urlHost.ts';
import { isLoopbackHost } from '../profile/loopbackHost.ts';

/** How close a host is: this computer, a private network, or the Internet. */
type Reach = 'loopback' | 'private' | 'public';

const loopback = listOf([
  ['127.0.0.0', 8],
  ['0.0.0.0', 8],
  ['::1', 128],
  ['::', 128],
]);
/**
 * Private, link-local, multicast and translated ranges. @see RFC 1918, RFC 2544, RFC 3927, RFC 4193, RFC 4291, RFC 6598, RFC
 * 6890, RFC 8215
 */
const nearby = listOf([
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['169.254.0.0', 16],
  ['192.0.0.0', 24],
  ['198.18.0.0', 15],
  // Azure's own, which answers to machines there.
  ['168.63.129.16', 32],
  ['100.64.0.0', 10],
  ['fc00::', 7],
  ['224.0.0.0', 3],
  ['fe80::', 10],
  ['fec0::', 10],
  ['ff00::', 8],
  ['64:ff9b:1::', 48],
]);
/**
 * Names of this computer besides localhost, and names that nobody on the Internet can own: reserved, or delegated to no one.
 * @see RFC 6762, RFC 8375
 */
const loopbackName =
  /^(?:ip6-)?(?:localhost|loopback)[46]?(?:\.localdomain[46]?)?$|(?:^|\.)localhost$|^host\.(?:docker|containers)\.internal$/;
const nearbyName = /^[^.]+$|\.(?:local|localdomain|internal|home\.arpa|lan|home|corp|intranet|svc)$/;

/** Whether an endpoint is closer to this computer than the issuer whose metadata names it: there, other programs listen. */
export function leadsHome(issuer: string, endpoint: string): boolean {
  const nearness = { public: 0, private: 1, loopback: 2 } as const;
  return nearness[reachOf(endpoint)] > nearness[reachOf(issuer)];
}

/** How close the host of a URL is, judged by its name or address alone. */
export function reachOf(url: string): Reach {
  if (!URL.canParse(url)) return 'public';
  const host = trimEnd(new URL(url).hostname, '.');
  if (isLoopbackHost(host) || loopbackName.test(host)) return 'loopback';
  const address = bareHost(host);
  const family = isIP(address) === 6 ? 'ipv6' : isIP(address) === 4 ? 'ipv4' : undefined;
  if (family === undefined) return nearbyName.test(host) ? 'private' : 'public';
  if (loopback.check(address, family)) return 'loopback';
  return nearby.check(address, family) ? 'private' : 'public';
}

/** Adds to each IPv4 address the IPv6 addresses that lead to it. @see RFC 4291 section 2.5.5, RFC 2765, RFC 6052, RFC 3056 */
function listOf(subnets: readonly (readonly [address: string, prefix: number])[]): BlockList {
  const list = new BlockList();
  for (const [address, prefix] of subnets) {
    const isLong = isIP(address) === 6;
    list.addSubnet(address, prefix, isLong ? 'ipv6' : 'ipv4');
    if (isLong) continue;
    for (const before of ['::', '::ffff:0:', '64:ff9b::'])
      list.addSubnet(`${before}${address}`, 96 + prefix, 'ipv6');
    const [a = 0, b = 0, c = 0, d = 0] = address.split('.').map(Number);
    const halves = [a * 256 + b, c * 256 + d].map((half) => half.toString(16));
    list.addSubnet(`2002:${halves.join(':')}::`, 16 + prefix, 'ipv6');
  }
  return list;
}
