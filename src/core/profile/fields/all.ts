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
import {
  assertionClaims,
  bindingMessage,
  requestedTokenType,
  subjectProfile,
  subjectTokenType,
} from './exchange.ts';
import { id, name, provider } from './naming.ts';
import {
  authorizationEndpoint,
  backchannelAuthenticationEndpoint,
  deviceAuthorizationEndpoint,
  issuer,
  jwksUri,
  tokenDialect,
  tokenEndpoint,
  trustedCertificate,
} from './server.ts';
import { acrValues, loginHint } from './signIn.ts';

/** Every field of a profile, in the order they are written to the settings: the only list of them. */
export const profileFields = [
  id,
  name,
  provider,
  grant,
  issuer,
  authorizationEndpoint,
  deviceAuthorizationEndpoint,
  backchannelAuthenticationEndpoint,
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
  subjectProfile,
  subjectTokenType,
  requestedTokenType,
  assertionClaims,
  loginHint,
  bindingMessage,
  acrValues,
  authorizationParameters,
  tokenParameters,
  tokenDialect,
  trustedCertificate,
  renew,
] as const;
