import type { Client, ClientAuth } from 'oauth4webapi';
import type { Bench } from './bench.ts';
import type { Credentials } from './credentials.ts';

/** Who asks, in the words of the protocol library. */
export interface ClientOfRequest {
  /** Whom a client assertion is for. */
  readonly issuer: string;
  readonly client: Client;
  readonly authentication: ClientAuth;
}

/** The profile's client, or the one of other credentials. @throws Undetermined when its secret is missing */
export async function clientOfRequest(bench: Bench, as?: Credentials): Promise<ClientOfRequest> {
  const { authentication, material, profile } = as ?? (await bench.credentials());
  return {
    issuer: bench.server.issuer ?? new URL(bench.server.tokenEndpoint).origin,
    client: { client_id: profile.clientId },
    authentication: await authentication.make(material, profile),
  };
}
