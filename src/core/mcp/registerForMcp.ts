import { sendsSecret } from '../authentication/all.ts';
import type { FlowContext } from '../oauth/context.ts';
import { requireOneServer } from '../oauth/requireOneServer.ts';
import { registerClient, type RegisteredClient } from '../oauth/registerClient.ts';
import type { SignInPlan } from './explore.ts';
import { authenticationMethods } from './resourceMetadata.ts';

/** What a client can identify itself with. */
export interface RegistrationOptions {
  /** The exact redirect URI that will be used, port included: many servers compare every character. */
  readonly redirectUri: string;
  /** A client that is already registered. */
  readonly registered?: RegisteredClient;
  /** The https address of a Client ID Metadata Document. */
  readonly documentUrl?: string;
}

/**
 * Gets a client ID in the way that was planned: the registered client's, the document's URL, or by registration.
 *
 * @throws FailureError when the server refuses, or the endpoint may belong to another server
 * @throws RangeError when none can be had: the user must be asked first
 * @see MCP client registration
 */
export async function registerForMcp(
  { server, registration, scopes }: SignInPlan,
  { redirectUri, registered, documentUrl }: RegistrationOptions,
  context: Pick<FlowContext, 'fetch' | 'isOneService' | 'trace'>,
): Promise<RegisteredClient> {
  const metadata = { ...server.metadata?.members, issuer: server.issuer };
  switch (registration.way) {
    case 'pre_registered':
      if (registered !== undefined) return registered;
      break;
    case 'client_id_metadata_document':
      if (documentUrl !== undefined) return { clientId: documentUrl };
      break;
    case 'dynamic':
      await requireOneServer(server, { server: metadata }, context.isOneService, 'registration_endpoint');
      return registerClient(
        metadata,
        {
          clientName: 'OAuth Explorer',
          redirectUris: [redirectUri],
          grantTypes: ['authorization_code', 'refresh_token'],
          tokenEndpointAuthMethod: methodToAsk(authenticationMethods(metadata)),
          scopes: scopes.scopes,
        },
        context,
      );
    case 'ask':
  }
  throw new RangeError('There is no client ID for this server.');
}

/**
 * The client authentication to register: none, since a client on a user's machine cannot keep a secret, unless the server
 * requires one. @see RFC 8252 section 8.5
 */
function methodToAsk(supported: readonly string[] | undefined): string {
  if (supported === undefined || supported.includes('none')) return 'none';
  return supported.find(sendsSecret) ?? 'none';
}
