import { decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose';
import * as oauth from 'oauth4webapi';
import type { FlowContext } from '../flow/context.ts';
import { libraryGet } from './libraryFetch.ts';
import type { Profile } from '../profile/profile.ts';
import type { ServerMetadata } from './serverMetadata.ts';
import type { TokenChannel } from './tokenEndpoint.ts';

/** A token response whose id_token, if it has one, is to be validated. */
export interface IdTokenCheck {
  readonly metadata: ServerMetadata;
  readonly response: Response;
  readonly profile: Profile;
  /** Empty where no id_token is due, as on a refresh. */
  readonly scopes: readonly string[];
  readonly channel: TokenChannel;
  readonly context: FlowContext;
}

/** Every signature algorithm the library can verify with a published key. */
const signatureAlgorithms = [
  ...['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'],
  ...['ES256', 'ES384', 'ES512', 'Ed25519', 'EdDSA', 'HS256', 'HS384', 'HS512'],
];

/**
 * Validates the claims of an id_token by `process`, then its signature with the keys of the server.
 *
 * @param process the library's processing of the response, with the server to expect
 * @throws OperationProcessingError, UnsupportedOperationError; FailureError when the keys cannot be fetched
 * @see OpenID Connect Core 1.0 section 3.1.3.7
 */
export async function verifyIdToken(
  check: IdTokenCheck,
  process: (server: oauth.AuthorizationServer) => Promise<unknown>,
): Promise<void> {
  const { metadata, response, channel, context } = check;
  const { id_token: idToken } = channel.body();
  const { trace } = context;
  trace.enter('id_token');
  const server = expectedServer(metadata, idToken);
  await process(server);
  if (idToken === undefined) {
    noteMissing(check);
    return;
  }
  if (usesSecret(idToken)) return verifyWithSecret(idToken, check);
  if (server.jwks_uri === undefined) {
    note(channel, context, 'id_token_unverified', 'No keys are published, so the signature was not checked.');
    return;
  }
  trace.enter('jwks');
  await oauth.validateApplicationLevelSignature(server, response, {
    ...libraryGet(context.fetch('jwks', 'jwks')),
  });
}

/** Whether a token is signed with the client secret. @see OpenID Connect Core 1.0 section 10.1 */
function usesSecret(idToken: string): boolean {
  return decodeProtectedHeader(idToken).alg?.startsWith('HS') === true;
}

async function verifyWithSecret(idToken: string, { context }: IdTokenCheck): Promise<void> {
  const secret = context.authentication.usesSecret ? await context.secret() : undefined;
  if (secret !== undefined) context.trace.useSecret(secret);
  try {
    await jwtVerify(idToken, new TextEncoder().encode(secret), { clockTolerance: 30 });
  } catch (cause) {
    throw new oauth.OperationProcessingError('JWT signature verification failed', { cause });
  }
}

/** Adds what only the token can tell: the issuer where none is known, or the tenant in Entra's issuer template. */
function expectedServer(
  { server, issuerKnown }: ServerMetadata,
  idToken: string | undefined,
): oauth.AuthorizationServer {
  const algorithms = server.id_token_signing_alg_values_supported ?? signatureAlgorithms;
  const withAlgorithms = { ...server, id_token_signing_alg_values_supported: algorithms };
  if (idToken === undefined || (issuerKnown && !server.issuer.includes('{tenantid}'))) return withAlgorithms;
  const { iss, tid } = claimsOf(idToken);
  if (!issuerKnown) return { ...withAlgorithms, issuer: iss ?? server.issuer };
  return typeof tid === 'string'
    ? { ...withAlgorithms, issuer: server.issuer.replace('{tenantid}', tid) }
    : withAlgorithms;
}

function claimsOf(idToken: string): ReturnType<typeof decodeJwt> {
  try {
    return decodeJwt(idToken);
  } catch {
    return {}; // The library says what is wrong with it.
  }
}

function noteMissing({ scopes, channel, context }: IdTokenCheck): void {
  const granted = channel.body().scope?.split(' ') ?? scopes;
  if (scopes.includes('openid') && granted.includes('openid'))
    note(channel, context, 'id_token_missing', 'The scope openid was granted, but no id_token came.');
}

function note(channel: TokenChannel, { trace }: FlowContext, code: string, message: string): void {
  const exchange = channel.exchange();
  const source = 'OpenID Connect Core 1.0 section 3.1.3.7';
  if (exchange !== undefined) trace.deviate(exchange, [{ code, message, source }]);
}
