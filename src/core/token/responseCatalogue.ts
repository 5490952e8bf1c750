import { rfc } from '../source.ts';
import { claimCatalogue } from './claimCatalogue.ts';
import { group, page, type Catalogue } from './meaning.ts';

const entra = page(
  'Entra ID: token response',
  'https://learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow',
);
const keycloak = page(
  'Keycloak: server administration',
  'https://www.keycloak.org/docs/latest/server_admin/',
);

/** Members of a response about a token, whose meanings there are the same for all vendors. @see RFC 7662 section 2.2 */
export function introspectionCatalogue(): Catalogue {
  return {
    ...claimCatalogue(),
    ...group(rfc(7662, '2.2'), {
      active: 'Whether the token is good now, for whoever asks.',
      scope: 'Scopes of the token, separated by spaces.',
      client_id: 'The client it was issued to.',
      username: 'Name of the user who authorized the token, to be read by people.',
      token_type: 'Kind of token, as in the token response.',
    }),
  };
}

/** Members of a token response. @see RFC 6749 section 5.1 */
export function responseCatalogue(): Catalogue {
  const salesforce = page(
    'Salesforce: OAuth',
    'https://help.salesforce.com/s/articleView?id=sf.remoteaccess_oauth_client_credentials_flow.htm',
  );
  return {
    ...group(salesforce, {
      instance_url: 'Address of the API: calls go there.',
      id: 'Address that tells who the token is for.',
      signature: 'Proof that the identity address was not changed.',
      issued_at: 'When it was issued, in milliseconds.',
    }),
    ...group(entra, {
      ext_expires_in: 'Seconds it may be used when the server is down.',
      refresh_in: 'Seconds until it should be renewed.',
    }),
    ...group(keycloak, {
      refresh_expires_in: 'Seconds the refresh token lives; 0: no limit.',
      'not-before-policy': 'Tokens issued before this moment are revoked.',
      session_state: 'Session at the server.',
    }),
    ...group(rfc(6749, '5.1'), {
      token_type: 'How the token is to be used: Bearer in the Authorization header.',
      expires_in: 'Seconds it lives, from the moment of the response.',
      scope: 'Scopes granted; absent when they are those that were asked for.',
    }),
    ...group(rfc(8693, '2.2.1'), { issued_token_type: 'Kind of token that was issued.' }),
    ...group(rfc(9396, '7'), { authorization_details: 'Rich authorization: what exactly was permitted.' }),
  };
}
