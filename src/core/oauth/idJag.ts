import { decodeProtectedHeader } from 'jose';
import { idJagType, idTokenType, tokenExchangeGrant } from './tokenTypes.ts';
import { FailureError } from '../record/failure.ts';
import { plainText } from '../http/plainText.ts';
import type { Profile } from '../profile/profile.ts';
import type { Deviation } from '../record/exchange.ts';
import { requireOwnServer } from './clientAuthentication.ts';
import type { GrantFlow, Partner } from './grantFlow.ts';
import { audiencesIn } from '../audiences.ts';
import { isJwt } from './isJwt.ts';
import { claimsOf, readableClaims } from './jwtClaims.ts';
import type { TokenBody } from './tokenBody.ts';
import { askTokenEndpoint } from './tokenEndpoint.ts';
import { detailsParameter, scopeParameter } from './tokenParameters.ts';
import { tokenRequest } from './tokenRequest.ts';

/** An ID token is only used while it is valid for at least this many milliseconds. */
const margin = 10_000;

/**
 * Gets the ID-JAG with which the identity provider's user gets a token at `issuer`: for an ID token that is still valid, else
 * after a sign-in.
 *
 * @param issuer the profile's own server, the audience of the assertion
 * @throws FailureError; `flow.trace` tells whose server it is about
 * @see draft-ietf-oauth-identity-assertion-authz-grant sections 4.2 and 4.3
 */
export async function idJagFor(profile: Profile, issuer: string, flow: GrantFlow): Promise<string> {
  const partner = await flow.partner();
  flow.trace.turnTo(partner.profile);
  const kept = stillGood(partner.kept?.id_token, flow.clock.now());
  const byKept = kept && (await exchanged(kept, profile, issuer, partner).catch(unlessRefused));
  const assertion = byKept ?? (await exchanged(await signedIn(partner), profile, issuer, partner));
  flow.trace.turnTo();
  return assertion;
}

/** A kept ID token may predate a change of the server's keys or the end of its session: the user then signs in again. */
function unlessRefused(thrown: unknown): undefined {
  if (thrown instanceof FailureError && thrown.failure.kind === 'oauth_error') {
    const { error } = thrown.failure.body;
    if (error === 'invalid_request' || error === 'invalid_grant') return undefined;
  }
  throw thrown;
}

function stillGood(idToken: string | undefined, now: number): string | undefined {
  if (idToken === undefined) return undefined;
  const { exp } = claimsOf(idToken);
  return typeof exp === 'number' && exp * 1000 > now + margin ? idToken : undefined;
}

async function signedIn({ profile, flow, signIn }: Partner): Promise<string> {
  flow.trace.turnTo(profile);
  const { id_token: idToken } = await signIn();
  if (idToken !== undefined) return idToken;
  const problem = `The sign-in with “${profile.name}” gave no ID token.`;
  throw new FailureError({
    ...{ kind: 'invalid_profile', step: 'token', problems: [problem], message: problem },
    advice: `Add the scope openid to “${profile.name}”.`,
  });
}

async function exchanged(
  idToken: string,
  profile: Profile,
  issuer: string,
  { profile: own, flow }: Partner,
): Promise<string> {
  const { trace } = flow;
  const prepared = await flow.prepare((metadata) => requireOwnServer(own, metadata, 'subject token'));
  trace.useSecret(idToken);
  // A failure from here on is one of the token exchange, whatever grant this profile has.
  trace.turnTo({ ...own, grant: 'token_exchange' });
  trace.enter('token');
  const { token_endpoint: endpoint = '', issuer: its } = prepared.metadata.server;
  const request = tokenRequest(
    { ...own, resource: profile.resource, tokenParameters: {} },
    {
      ...{ endpoint, issuer: its, authentication: prepared.authentication },
      parameters: [
        ['grant_type', tokenExchangeGrant],
        ['requested_token_type', idJagType],
        ['subject_token', idToken],
        ['subject_token_type', idTokenType],
        ['audience', profile.audience ?? issuer],
        ...scopeParameter(profile.scopes),
        ...detailsParameter(profile.authorizationDetails),
      ],
    },
  );
  const channel = await askTokenEndpoint(request, prepared.flow, {
    ...flow,
    purpose: 'id_jag',
    step: 'token',
  });
  const body = channel.body();
  trace.useSecret(body.access_token);
  const exchange = channel.exchange();
  requireIdJag(body, profile.audience ?? issuer, exchange);
  if (exchange !== undefined) trace.deviate(exchange, deviationsOf(body.access_token, profile));
  return body.access_token;
}

/**
 * Makes sure that only an ID-JAG for this very server is sent there: a server that ignores what was asked for may have issued
 * an ordinary token instead.
 *
 * @see draft-ietf-oauth-identity-assertion-authz-grant section 4.3.3
 */
function requireIdJag(body: TokenBody, audience: string, exchange: number | undefined): void {
  const { access_token: assertion, issued_token_type: type } = body;
  const refuse = (code: string, problem: string) =>
    new FailureError({
      ...{ kind: 'malformed_response', step: 'token', code },
      message: `The identity provider gave no assertion that can be handed in: ${problem}. It was not sent.`,
      advice:
        'See whether it supports cross-app access for this client, and knows the other server by its issuer.',
      ...(exchange !== undefined && { exchange }),
    });
  if (type !== idJagType)
    throw refuse(
      'id_jag_type',
      `its issued_token_type is ${typeof type === 'string' ? plainText(type, 100) : 'missing'}`,
    );
  const claims = isJwt(assertion) ? readableClaims(assertion) : undefined;
  if (claims === undefined) throw refuse('id_jag_jwt', 'it is not a JWT');
  const audiences = audiencesIn(claims);
  // An assertion with any further audience is not for that server alone.
  if (audiences.length !== 1 || audiences[0] !== audience || [claims['aud']].flat().length !== 1)
    throw refuse(
      'id_jag_aud',
      audiences.length === 0
        ? 'it has no aud'
        : `its aud is ${audiences.map((one) => plainText(one, 100)).join(', ')}, not ${audience}`,
    );
}

/** What the other server is going to refuse, as far as the assertion shows it. */
function deviationsOf(assertion: string, { clientId }: Profile): readonly Deviation[] {
  const source = 'draft-ietf-oauth-identity-assertion-authz-grant section 3';
  const { typ } = decodeProtectedHeader(assertion);
  const { client_id: client } = claimsOf(assertion);
  return [
    ...(typ === 'oauth-id-jag+jwt'
      ? []
      : [{ code: 'id_jag_typ', message: 'The typ of the assertion is not oauth-id-jag+jwt.', source }]),
    ...(client === clientId
      ? []
      : [
          {
            code: 'id_jag_client',
            message:
              'The client_id in the assertion is not the client ID of this profile at the other server.',
            source,
          },
        ]),
  ];
}
