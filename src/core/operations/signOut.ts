import { generateRandomState } from 'oauth4webapi';
import { FailureError, type OAuthErrorBody } from '../record/failure.ts';
import { toFailure } from '../record/toFailure.ts';
import { errorName, plainText } from '../http/plainText.ts';
import { scrubFailure } from '../http/scrubFailure.ts';
import { errorIn, isRefusal } from '../oauth/authorizationResponse.ts';
import { authorizationUrl } from '../oauth/authorizationRequest.ts';
import { failurePage, signedOutPage } from '../oauth/loopback/pageTexts.ts';
import { openListener } from '../oauth/openReceiver.ts';
import { signIn } from '../oauth/signIn.ts';
import type { Parameter } from '../oauth/tokenRequest.ts';
import type { Profile } from '../profile/profile.ts';
import { operationEndpoints } from '../grants/possibleOperations.ts';
import type { OperationDescriptor, OperationFlow, OperationResult } from './operation.ts';

/**
 * Ends the user's session at the server, in the browser; waits for it to come back where the profile says which return address is
 * registered.
 *
 * @see OpenID Connect RP-Initiated Logout 1.0 sections 2 and 3
 */
export const signOut: OperationDescriptor = {
  id: 'sign_out',
  title: 'Sign-out',
  endpoint: operationEndpoints.signOut,
  step: 'browser',
  run: (profile, flow) =>
    profile.postLogoutRedirectUri === undefined
      ? openOnly(profile, flow)
      : openAndReturn(profile, flow, profile.postLogoutRedirectUri),
};

function parametersOf({ clientId }: Profile, { tokens }: OperationFlow): readonly Parameter[] {
  const { id_token: idToken } = tokens;
  return [...(idToken === undefined ? [] : [['id_token_hint', idToken] as const]), ['client_id', clientId]];
}

async function openOnly(profile: Profile, flow: OperationFlow): Promise<OperationResult> {
  const { endpoint, trace, clock, browser } = flow;
  const url = authorizationUrl({ endpoint, parameters: parametersOf(profile, flow) });
  const request = { method: 'GET', url, headers: [] };
  const leg = trace.begin({ purpose: 'sign_out', leg: 'browser', startedAt: clock.now(), request });
  const opened = await browser.open(url).catch(() => false);
  trace.update(leg, { endedAt: clock.now() });
  if (!opened)
    throw new FailureError({
      ...{ kind: 'browser_not_opened', step: 'browser', exchange: leg },
      message: 'The browser was not opened, so the session at the server goes on.',
      advice: 'Allow the editor to open the browser and run it again.',
    });
  return {
    ...{ verdict: 'opened', spent: true },
    meaning:
      'The sign-out page of the server was opened in the browser. What it did cannot be seen here: a postLogoutRedirectUri in the profile, registered at the server, brings the answer back.',
  };
}

async function openAndReturn(profile: Profile, flow: OperationFlow, uri: string): Promise<OperationResult> {
  const { endpoint, trace, clock, signal } = flow;
  const state = generateRandomState();
  trace.enter('listen');
  const options = { redirectUri: uri, state, formPost: false, trace, clock };
  const listener = await openListener(options, flow);
  try {
    const parameters: Parameter[] = [
      ...parametersOf(profile, flow),
      ['post_logout_redirect_uri', listener.redirectUri],
      ['state', state],
    ];
    const url = authorizationUrl({ endpoint, parameters });
    const received = await signIn(listener, url, flow, 'sign_out');
    if (received.kind === 'redirect' && isRefusal(received.parameters))
      throw refused(errorIn(received.parameters));
    await listener.finish(signedOutPage(profile.name));
    return {
      ...{ verdict: 'signed out', spent: true },
      meaning:
        'The server ended the session and sent the browser back. The tokens of this profile are forgotten.',
    };
  } catch (thrown) {
    const failure = toFailure(thrown, { step: trace.step, cancelled: signal.aborted });
    await listener.finish(failurePage(scrubFailure(failure, trace)));
    throw thrown;
  } finally {
    await listener.close();
  }
}

function refused(body: OAuthErrorBody): FailureError {
  const words = body.error_description === undefined ? '' : ` (${plainText(body.error_description)})`;
  return new FailureError({
    ...{ kind: 'oauth_error', step: 'sign_out', body },
    message: `The server refused the sign-out with ${errorName(body.error, 100)}${words}.`,
    advice:
      'Compare post_logout_redirect_uri with what is registered, and get a new token for a fresh id_token.',
  });
}
