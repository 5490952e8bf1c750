import { decodeJwt, decodeProtectedHeader, type JWTPayload } from 'jose';
import type { AuthorizationServer } from 'oauth4webapi';
import type { FlowContext } from './context.ts';
import { textsOf } from '../../shared/json.ts';
import type { ExtraParameters, Profile } from '../profile/profile.ts';
import { requireFittingClaims, signInNotes, type ClaimsExpected } from './idTokenClaims.ts';
import { idTokenRefused } from './idTokenFailure.ts';
import { oddities } from './idTokenOddities.ts';
import { problemFound, shown } from './idTokenProblem.ts';
import { checkSignature } from './idTokenSignature.ts';
import { claimsOf } from './jwtClaims.ts';
import type { ServerMetadata } from './serverMetadata.ts';
import type { TokenChannel } from './tokenEndpoint.ts';

/** A token response whose id_token, if it has one, is to be validated. */
export interface IdTokenCheck {
  readonly metadata: ServerMetadata;
  readonly profile: Profile;
  /** Scopes that were asked for; empty where no id_token is due, as on a refresh. */
  readonly scopes: readonly string[];
  /** The parameters of the sign-in; absent when nobody signed in. */
  readonly asked?: ExtraParameters;
  /** When it began, in milliseconds since the epoch. */
  readonly askedAt?: number;
  /** The code that was exchanged. */
  readonly code?: string;
  readonly channel: TokenChannel;
  readonly context: FlowContext;
}

/** Every signature algorithm that can be verified with a published key or the client secret. */
const signatureAlgorithms = [
  ...['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'],
  ...['ES256', 'ES384', 'ES512', 'Ed25519', 'EdDSA', 'HS256', 'HS384', 'HS512'],
];

/**
 * Validates an id_token: first the claims that the protocol library compares, then those that tie it to this client, access
 * token and code, last the signature. What is only a SHOULD, or could not be checked, is noted at the exchange.
 *
 * @param process the library's processing of the response, given the server to expect
 * @throws FailureError of kind `invalid_id_token`
 * @see OpenID Connect Core 1.0 section 3.1.3.7
 */
export async function verifyIdToken(
  check: IdTokenCheck,
  process: (server: AuthorizationServer) => Promise<unknown>,
): Promise<void> {
  const { metadata, channel, context } = check;
  const { id_token: idToken } = channel.body();
  context.trace.enter('id_token');
  try {
    await process(expectedServer(metadata, idToken));
  } catch (thrown) {
    const problem = problemFound(thrown);
    throw problem === undefined ? thrown : idTokenRefused(problem);
  }
  if (idToken === undefined) {
    noteMissing(check);
    return;
  }
  const claims = decodeJwt(idToken);
  const { alg = '' } = decodeProtectedHeader(idToken);
  const expected = expectedClaims(check, alg);
  requireFittingClaims(claims, expected);
  for (const { code, message } of [...oddities(claims, expected.now), ...signInNotes(claims, expected)])
    note(check, code, message);
  if (!metadata.issuerKnown) noteIssuer(check, claims);
  const unchecked = await checkSignature(idToken, { alg, metadata, context });
  if (unchecked !== undefined)
    note(check, 'id_token_unverified', `The signature of the id_token was not checked: ${unchecked}`);
}

function expectedClaims(check: IdTokenCheck, alg: string): ClaimsExpected {
  const { profile, channel, context } = check;
  return {
    ...check,
    ...{ clientId: profile.clientId, alg },
    accessToken: channel.body().access_token,
    now: context.clock.now(),
  };
}

/** Fills in what only the token can tell: the issuer where none is known, or the tenant in Entra's issuer template. */
function expectedServer({ server, issuerKnown }: ServerMetadata, idToken = ''): AuthorizationServer {
  const { iss, tid } = claimsOf(idToken);
  const ofTenant = () => server.issuer.replace('{tenantid}', (template) => nameIn(tid) ?? template);
  return {
    ...server,
    id_token_signing_alg_values_supported: acceptedAlgorithms(server),
    issuer: issuerKnown ? ofTenant() : (nameIn(iss) ?? server.issuer),
  };
}

/** A claim that is a text and not empty. */
function nameIn(claim: unknown): string | undefined {
  return typeof claim === 'string' && claim !== '' ? claim : undefined;
}

/** The signature algorithms to accept: those that the metadata lists except `none`, else all that can be verified here. */
function acceptedAlgorithms({
  id_token_signing_alg_values_supported: listed,
}: AuthorizationServer): string[] {
  const names = textsOf(listed).filter((name) => name !== 'none');
  return names.length > 0 ? names : signatureAlgorithms;
}

function noteMissing(check: IdTokenCheck): void {
  const { scopes, channel } = check;
  const granted = channel.body().scope?.split(' ') ?? scopes;
  if (scopes.includes('openid') && granted.includes('openid'))
    note(check, 'id_token_missing', 'The scope openid was granted, but no id_token came.');
}

/** Without a known issuer, the token's own is compared with nothing. */
function noteIssuer(check: IdTokenCheck, { iss }: JWTPayload): void {
  note(
    check,
    'id_token_issuer_unknown',
    `The issuer that the id_token names (${shown(iss)}) was not compared with anything: the profile names none.`,
  );
}

function note({ channel, context }: IdTokenCheck, code: string, message: string): void {
  const exchange = channel.exchange();
  const source = 'OpenID Connect Core 1.0 section 3.1.3.7';
  if (exchange !== undefined) context.trace.deviate(exchange, [{ code, message, source }]);
}
