import type { DemoClient } from './clients.ts';
import type { DemoServers } from './demoServers.ts';

/** The demo's clients as the setting `oauthExplorer.profiles` wants them; no secrets. */
export function demoProfiles({
  issuer,
  clients,
}: Pick<DemoServers, 'issuer' | 'clients'>): Record<string, unknown>[] {
  return [clients.machine, clients.native, clients.web].map((client) => profile(issuer, client));
}

function profile(issuer: string, client: DemoClient): Record<string, unknown> {
  const { name, grant, clientId, clientAuthentication, scopes, redirectUri } = client;
  return {
    id: clientId,
    name,
    grant,
    issuer,
    clientId,
    clientAuthentication,
    scopes,
    ...(redirectUri === undefined ? {} : { redirectUri }),
  };
}

/** A request file against the demo API. */
export function demoRequests({ api }: Pick<DemoServers, 'api'>): string {
  return `### All orders. The API wants a bearer token with the scope orders.read.
GET ${api}/orders
Accept: application/json

### A new order. This one wants the scope orders.write.
POST ${api}/orders
Content-Type: application/json

{ "item": "Flat white", "quantity": 1 }
`;
}
