import * as oauth from 'oauth4webapi';
import { FailureError } from '../record/failure.ts';
import type { TokenSet } from '../record/report.ts';
import type { GrantFlow } from './grantFlow.ts';
import type { Profile } from '../profile/profile.ts';
import type { GrantInput } from '../profile/traits.ts';
import { requireOwnServer } from './clientAuthentication.ts';
import { endpointAnswer, secondsOf, textOf } from './endpointAnswer.ts';
import { libraryPost } from './libraryFetch.ts';
import { pollForToken } from './pollForToken.ts';
import type { PreparedFlow } from './prepare.ts';
import { requireOneServer } from './requireOneServer.ts';
import { audienceParameter, detailsParameter } from './tokenParameters.ts';
import { formOf, withTyped, type Parameter } from './tokenRequest.ts';

/** The server's acknowledgement of the request. @see OpenID Connect CIBA Core section 7.3 */
interface Acknowledgement {
  readonly requestId: string;
  /** Milliseconds. */
  readonly lifetime: number;
  /** Milliseconds. */
  readonly interval: number;
}

/**
 * Gets a token for a user who approves on a device of their own.
 * 1. Ask the server to reach the user (CIBA Core section 7.1).
 * 2. Poll the token endpoint (section 10.1, poll mode) until the user has decided or the request has expired.
 *
 * @param inputs what else names the user or proves that they may be asked; each one's `what` is the name of its parameter
 * @throws FailureError, or the reason of the aborted signal
 * @see OpenID Connect Client-Initiated Backchannel Authentication Core 1.0
 */
export async function signInWithCiba(
  profile: Profile,
  flow: GrantFlow,
  inputs: readonly GrantInput[],
): Promise<TokenSet> {
  const prepared = await flow.prepare(async (metadata) => {
    requireOwnServer(profile, metadata, 'sign-in request', flow.grant.endpoints);
    await requireOneServer(profile, metadata, flow.isOneService, 'backchannel_authentication_endpoint');
  });
  const given: Parameter[] = [];
  for (const input of inputs) given.push([input.what, await flow.input(input)]);
  const form = decisionParameters(profile, given);
  const { requestId, lifetime, interval } = await askForDecision(profile, formOf(form), prepared, flow);
  flow.trace.useSecret(requestId);
  const deadline = flow.clock.now() + lifetime;
  const { bindingMessage } = profile;
  flow.trace.wait({
    kind: 'decision',
    deadline,
    ...(bindingMessage === undefined ? {} : { bindingMessage }),
  });
  try {
    const parameters = [
      ['grant_type', flow.grant.grantType],
      ['auth_req_id', requestId],
    ] as const;
    return await pollForToken({ parameters, interval, deadline, expired }, prepared, flow);
  } finally {
    flow.trace.wait();
  }
}

async function askForDecision(
  profile: Profile,
  form: URLSearchParams,
  { metadata: { server }, client, authentication }: PreparedFlow,
  flow: GrantFlow,
): Promise<Acknowledgement> {
  flow.trace.enter('authorization');
  const send = flow.fetch('backchannel', 'authorization');
  const response = await oauth.backchannelAuthenticationRequest(
    ...([server, client, authentication, form, libraryPost(send)] as const),
  );
  const exchange = flow.trace.idOf(response);
  const origin = {
    host: new URL(server.backchannel_authentication_endpoint ?? '').host,
    step: 'authorization' as const,
    requestedScopes: profile.scopes,
    asked: 'authentication request',
    ...(exchange === undefined ? {} : { exchange }),
  };
  const members = endpointAnswer(await response.text(), response, origin, {
    members: ['auth_req_id'],
    code: 'no_auth_req_id',
    advice:
      'Check the backchannel authentication endpoint of the profile; the flow view shows the whole answer.',
  });
  return {
    requestId: textOf(members['auth_req_id']) ?? '',
    lifetime: secondsOf(members['expires_in'], 120) * 1000,
    interval: secondsOf(members['interval'], 5) * 1000,
  };
}

/** The request's parameters; `openid` must be among the scopes. @see OpenID Connect CIBA Core section 7.1 */
function decisionParameters(profile: Profile, given: readonly Parameter[]): readonly Parameter[] {
  const { scopes, loginHint, bindingMessage, acrValues, audience, resource, tokenParameters } = profile;
  const wanted = scopes.includes('openid') ? scopes : ['openid', ...scopes];
  const own: Parameter[] = [['scope', wanted.join(' ')]];
  if (loginHint !== undefined) own.push(['login_hint', loginHint]);
  own.push(...given);
  if (bindingMessage !== undefined) own.push(['binding_message', bindingMessage]);
  if (acrValues !== undefined) own.push(['acr_values', acrValues]);
  own.push(...audienceParameter(audience), ...detailsParameter(profile.authorizationDetails));
  return withTyped([...own, ...resource.map((one) => ['resource', one] as const)], tokenParameters);
}

function expired(): FailureError {
  return new FailureError({
    kind: 'oauth_error',
    step: 'token',
    body: { error: 'expired_token' },
    message: 'Nobody allowed the access before the request expired.',
    advice: 'Run it again and allow the access on the device in time.',
  });
}
