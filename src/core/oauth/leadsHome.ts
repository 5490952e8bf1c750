import { BlockList, isIP } from 'node:net';
import { bareHost } from '../http/urlHost.ts';
import { isLoopbackHost } from '../profile/loopbackHost.ts';

/** How near a host is: this computer, a network of its own, or anywhere. */
type Reach = 'loopback' | 'private' | 'public';

const loopback = listOf([
  ['127.0.0.0', 8],
  ['0.0.0.0', 8],
  ['::1', 128],
  ['::', 128],
]);
/** @see RFC 1918, RFC 3927, RFC 4193, RFC 4291, RFC 6598 */
const nearby = listOf([
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['169.254.0.0', 16],
  ['100.64.0.0', 10],
  ['fc00::', 7],
  ['fe80::', 10],
]);

/** Whether metadata of `issuer` sends us nearer than the issuer itself is, where other programs listen. */
export function leadsHome(issuer: string, endpoint: string): boolean {
  const nearness = { public: 0, private: 1, loopback: 2 } as const;
  return nearness[reachOf(endpoint)] > nearness[reachOf(issuer)];
}

function reachOf(url: string): Reach {
  if (!URL.canParse(url)) return 'public';
  const host = new URL(url).hostname.replace(/\.$/, '');
  if (isLoopbackHost(host) || host.endsWith('.localhost')) return 'loopback';
  const address = bareHost(host);
  const family = isIP(address) === 6 ? 'ipv6' : isIP(address) === 4 ? 'ipv4' : undefined;
  if (family === undefined) return 'public';
  if (loopback.check(address, family)) return 'loopback';
  return nearby.check(address, family) ? 'private' : 'public';
}

function listOf(subnets: readonly (readonly [address: string, prefix: number])[]): BlockList {
  const list = new BlockList();
  for (const [address, prefix] of subnets)
    list.addSubnet(address, prefix, isIP(address) === 6 ? 'ipv6' : 'ipv4');
  return list;
}
