import type { JsonObject } from './json.ts';

/** How Microsoft Graph is called in a token: by its application id or its address, in each of Microsoft's clouds. */
const graph =
  /^(?:00000003-0000-0000-c000-000000000000|https:\/\/(?:(?:graph|dod-graph)\.microsoft\.(?:com|us)|microsoftgraph\.chinacloudapi\.cn)\/?)$/i;

/** Microsoft's older issuer, which tokens for Graph still name whatever endpoint they came from. */
const olderIssuer = /^https:\/\/sts\.(?:windows\.net|chinacloudapi\.cn)\//i;

/** Whether a token is for Microsoft Graph: its format is Microsoft's own, and nobody else is meant to read it. */
export function isForGraph({ aud, iss }: JsonObject): boolean {
  return (
    typeof aud === 'string' &&
    graph.test(aud) &&
    typeof iss === 'string' &&
    /\bmicrosoft|windows\.net|chinacloudapi/i.test(iss)
  );
}

/** Whether this issuer is normal in a token for Graph though the profile names the newer one. */
export function isOlderIssuer(iss: string, expected: string): boolean {
  return (
    olderIssuer.test(iss) &&
    /^https:\/\/login\.(?:microsoftonline\.(?:com|us)|partner\.microsoftonline\.cn)\//i.test(expected)
  );
}
