import { isEntraHost } from '../http/entraHosts.ts';
import type { JsonObject } from './json.ts';
import { audiencesIn } from '../audiences.ts';

/** The application ID of Microsoft Graph in every cloud. */
const applicationId = '00000003-0000-0000-c000-000000000000';

/** Its hosts in each of Microsoft's clouds, closed ones included. @see https://learn.microsoft.com/graph/deployments */
const graphHosts = new Set([
  'graph.microsoft.com',
  'graph.microsoft.us',
  'dod-graph.microsoft.us',
  'graph.microsoft.de',
  'microsoftgraph.chinacloudapi.cn',
]);

/** Whether a token is for Microsoft Graph: its format is Microsoft's own, and only Graph is meant to read it. */
export function isForGraph(claims: JsonObject): boolean {
  const { iss } = claims;
  return audiencesIn(claims).some(isGraph) && typeof iss === 'string' && isEntraHost(httpsHost(iss));
}

/** Whether this issuer is normal in a token for Graph, although the profile names the newer one. */
export function isOlderIssuer(iss: string, expected: string): boolean {
  const host = httpsHost(iss);
  return host.startsWith('sts.') && isEntraHost(host) && isEntraHost(httpsHost(expected));
}

function isGraph(audience: string): boolean {
  return audience.toLowerCase() === applicationId || graphHosts.has(httpsHost(audience));
}

/** The host of an https URL; empty for anything else. */
function httpsHost(url: string): string {
  if (!URL.canParse(url)) return '';
  const { protocol, hostname } = new URL(url);
  return protocol === 'https:' ? hostname : '';
}
