import type { Client, ClientAuth } from 'oauth4webapi';
import type { Bench } from './bench.ts';
import type { FetchInit } from '../ports.ts';
import { shownBy, type Credentials } from './credentials.ts';

/** The client of a request, in the terms of the protocol library. */
export interface ClientOfRequest {
  /** The audience of a client assertion. */
  readonly issuer: string;
  readonly client: Client;
  readonly authentication: ClientAuth;
  /** The certificate to present, if the client has one. */
  readonly shown: Pick<FetchInit, 'identity'>;
}

/** The profile's client, or that of other credentials. @throws Undetermined when its secret is missing */
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
