import { sendsSecret } from '../authentication/all.ts';
import type { FlowContext } from '../oauth/context.ts';
import { requireOneServer } from '../oauth/requireOneServer.ts';
import { registerClient, type RegisteredClient } from '../oauth/registerClient.ts';
import type { SignInPlan } from './explore.ts';
import { authenticationMethods } from './resourceMetadata.ts';

/** What there is for a client to be known by. */
export interface RegistrationOptions {
  /** Exactly the one that will be used, port included: many servers compare it character by character. */
  readonly redirectUri: string;
  /** A client that is registered already. */
  readonly registered?: RegisteredClient;
  /** The https address of a Client ID Metadata Document. */
  readonly documentUrl?: string;
}

/**
 * Gets a client id in the way that the plan found: the registered client, the document's address, or by registering.
 *
 * @throws FailureError when the server refuses, or another one's registration would serve its token endpoint
 * @throws RangeError when there is none to be had: the user must be asked first
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
  throw new RangeError('There is no client id for this server.');
}

/** A client on a user's machine keeps no secret, unless the server takes no client without one. @see RFC 8252 section 8.5 */
function methodToAsk(supported: readonly string[] | undefined): string {
  if (supported === undefined || supported.includes('none')) return 'none';
  return supported.find(sendsSecret) ?? 'none';
}
