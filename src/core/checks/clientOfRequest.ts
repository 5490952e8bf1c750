import type { Client, ClientAuth } from 'oauth4webapi';
import type { Bench } from './bench.ts';
import type { FetchInit } from '../ports.ts';
import { shownBy, type Credentials } from './credentials.ts';

/** Who asks, in the words of the protocol library. */
export interface ClientOfRequest {
  /** Whom a client assertion is for. */
  readonly issuer: string;
  readonly client: Client;
  readonly authentication: ClientAuth;
  /** The certificate that the connection shows, if the client has one. */
  readonly shown: Pick<FetchInit, 'identity'>;
}

/** The profile's client, or the one of other credentials. @throws Undetermined when its secret is missing */
export async function clientOfRequest(bench: Bench, as?: Credentials): Promise<ClientOfRequest> {
  const credentials = as ?? (await bench.credentials());
  const { authentication, material, profile } = credentials;
  return {
    shown: shownBy(credentials),
    issuer: bench.server.issuer ?? new URL(bench.server.tokenEndpoint).origin,
    client: { client_id: profile.clientId },
    authentication: await authentication.make(material, profile),
  };
}
