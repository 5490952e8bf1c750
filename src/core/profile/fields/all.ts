import {
  audience,
  authorizationParameters,
  redirectUri,
  resource,
  scopes,
  tokenParameters,
} from './access.ts';
import {
  basicEncoding,
  clientAssertionAudience,
  clientAuthentication,
  clientId,
  grant,
  keyId,
  renew,
  signingAlgorithm,
} from './client.ts';
import { id, name, provider } from './naming.ts';
import {
  authorizationEndpoint,
  deviceAuthorizationEndpoint,
  issuer,
  jwksUri,
  tokenDialect,
  tokenEndpoint,
  trustedCertificate,
} from './server.ts';

/** Every field of a profile, in the order they are written to the settings: the only list of them. */
export const profileFields = [
  id,
  name,
  provider,
  grant,
  issuer,
  authorizationEndpoint,
  deviceAuthorizationEndpoint,
  tokenEndpoint,
  jwksUri,
  clientId,
  clientAuthentication,
  basicEncoding,
  keyId,
  signingAlgorithm,
  clientAssertionAudience,
  scopes,
  redirectUri,
  audience,
  resource,
  authorizationParameters,
  tokenParameters,
  tokenDialect,
  trustedCertificate,
  renew,
] as const;
