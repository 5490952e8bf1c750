import { allAuthentications, sendsSecret } from '../authentication/all.ts';
import { clientSecretBasic } from '../authentication/clientSecretBasic.ts';
import type { ClientAuthentication } from '../profile/profile.ts';
import { hopProblem } from './document.ts';
import type { McpFinding } from './finding.ts';
import type { UsableMetadata } from './authorizationServer.ts';
import { authenticationMethods } from './resourceMetadata.ts';

/** How a client gets its client ID, in the order in which clients try. */
export type RegistrationWay = 'pre_registered' | 'client_id_metadata_document' | 'dynamic' | 'ask';

/** What the server supports, and what a client does. */
export interface RegistrationPlan {
  readonly way: RegistrationWay;
  readonly documentSupported: boolean;
  readonly registrationEndpoint?: string;
  readonly findings: readonly McpFinding[];
}

/**
 * Decides how a client would register.
 *
 * @param clientId of a client that is already registered, if there is one
 * @param documentUrl the URL of a Client ID Metadata Document, if there is one
 * @see MCP client registration
 */
export function planRegistration(
  { issuer, members }: UsableMetadata,
  clientId: string | undefined,
  documentUrl: string | undefined,
): RegistrationPlan {
  const documentSupported = members['client_id_metadata_document_supported'] === true;
  const endpoint = members['registration_endpoint'];
  // Not at an address to which the server may not send clients.
  const registrationEndpoint =
    typeof endpoint === 'string' && hopProblem(new URL(issuer), endpoint) === undefined
      ? endpoint.slice(0, 2048)
      : undefined;
  const possible = { documentSupported, ...(registrationEndpoint !== undefined && { registrationEndpoint }) };
  if (clientId !== undefined) return { way: 'pre_registered', ...possible, findings: [] };
  if (documentSupported && documentUrl !== undefined)
    return { way: 'client_id_metadata_document', ...possible, findings: [] };
  if (registrationEndpoint !== undefined) return { way: 'dynamic', ...possible, findings: [] };
  const finding: McpFinding = {
    code: 'registration_impossible',
    severity: documentSupported ? 'note' : 'warning',
    message: documentSupported
      ? 'Clients register here only with a Client ID Metadata Document; one without a document must be registered by hand.'
      : 'Clients cannot register themselves here: each must be registered by hand, and its client ID typed in.',
    advice:
      'Support Client ID Metadata Documents, or say in the server’s documentation how to get a client ID.',
    source: 'MCP client registration',
  };
  return { way: 'ask', ...possible, findings: [finding] };
}

/** The authentication of a registered client with a secret: our first one that the server supports. */
export function tokenEndpointAuthMethod({ members }: UsableMetadata): ClientAuthentication {
  // Absent means client_secret_basic. @see RFC 8414 section 2
  const supported = authenticationMethods(members) ?? [];
  const ours = allAuthentications.filter(({ id }) => sendsSecret(id));
  return (ours.find(({ id }) => supported.includes(id)) ?? clientSecretBasic).id;
}
