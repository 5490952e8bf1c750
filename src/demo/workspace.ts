import type { DemoClient } from './clients.ts';
import type { DemoServers } from './demoServers.ts';

/** The demo's clients as the setting `oauthExplorer.profiles` wants them; no secrets. */
export function demoProfiles({
  issuer,
  clients,
}: Pick<DemoServers, 'issuer' | 'clients'>): Record<string, unknown>[] {
  return [clients.machine, clients.native, clients.web, clients.device].map((client) =>
    demoProfile(issuer, client),
  );
}

/** The server that a client is registered at: its own where it names one. */
export function issuerOf(issuer: string, { fields }: DemoClient): string {
  const own = fields?.['issuer'];
  return typeof own === 'string' ? own : issuer;
}

/** The profile of one client of the demo; no secret. */
export function demoProfile(issuer: string, client: DemoClient): Record<string, unknown> {
  const { name, grant, clientId, clientAuthentication, scopes, redirectUri } = client;
  return {
    id: clientId,
    ...{ name, grant, issuer, clientId, clientAuthentication, scopes },
    ...(redirectUri === undefined ? {} : { redirectUri }),
    ...client.fields,
  };
}

/** What is looked at to tell a demo profile from one of the user's own. */
interface ProfileLike {
  readonly id: string;
  readonly grant: string;
  readonly clientId: string;
  readonly issuer?: string;
}

/** Whether a profile is a client of exactly this demo server. */
export function isOfDemo(
  profile: ProfileLike,
  { issuer, clients }: Pick<DemoServers, 'issuer' | 'clients'>,
): boolean {
  const all: readonly DemoClient[] = Object.values(clients);
  return all.some(
    (client) => client.clientId === profile.clientId && profile.issuer === issuerOf(issuer, client),
  );
}

/** Whether a profile was made for a client by an earlier demo, whose server is gone or had another port. */
export function isOfEarlierDemo(profile: ProfileLike, { clientId, grant }: DemoClient): boolean {
  return (
    // A number follows where the id was taken.
    profile.id.replace(/-\d+$/, '') === clientId &&
    profile.clientId === clientId &&
    profile.grant === grant &&
    /^http:\/\/127\.0\.0\.1:\d+$/.test(profile.issuer ?? '')
  );
}

/** Whether a profile is one that some demo made, running or not. */
export function isMadeByDemo({ id, clientId, issuer }: Omit<ProfileLike, 'grant'>): boolean {
  return (
    /^demo-[a-z-]+$/.test(clientId) &&
    id.replace(/-\d+$/, '') === clientId &&
    /^http:\/\/127\.0\.0\.1:\d+$/.test(issuer ?? '')
  );
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
