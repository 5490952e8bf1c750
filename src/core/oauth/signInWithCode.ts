import type { GrantFlow } from './grantFlow.ts';
import type { TokenSet } from '../record/report.ts';
import { scrubFailure } from '../http/scrubFailure.ts';
import { toFailure } from '../record/toFailure.ts';
import { secureUrl } from '../http/secureUrl.ts';
import { hasRedirect, type AuthorizationCodeProfile, type Profile } from '../profile/profile.ts';
import {
  authorizationRequest,
  authorizationUrl,
  bindRequest,
  type RequestBinding,
} from './authorizationRequest.ts';
import { signInAskedWith } from './signInParameters.ts';
import { authorizationResponse } from './authorizationResponse.ts';
import { requireOwnServer } from './clientAuthentication.ts';
import { failurePage, successPage } from './loopback/pageTexts.ts';
import { openReceiver } from './openReceiver.ts';
import type { PreparedFlow } from './prepare.ts';
import type { RedirectReceiver } from './receiver.ts';
import { requireOneServer } from './requireOneServer.ts';
import { signIn } from './signIn.ts';
import { codeParameters } from './tokenParameters.ts';

/**
 * Gets a token for a user who signs in with the browser.
 * 1. Find the endpoints (RFC 8414, OpenID Connect Discovery), which must belong to one server.
 * 2. Make verifier and challenge (RFC 7636 section 4.1), `state`, and with `openid` a `nonce`.
 * 3. Listen for the redirect on loopback (RFC 8252 section 7.3), or wait for the address of another redirect URI. Then get the
 * client's secret, if it has one.
 * 4. Send the browser to the authorization endpoint (RFC 6749 section 4.1.1).
 * 5. Take the authorization response (section 4.1.2): `state` and `iss` (RFC 9207) before anything else.
 * 6. Exchange the code (section 4.1.3, RFC 7636 section 4.5), without `scope`.
 * 7. Read the token response (section 4.1.4) and validate the id_token (OpenID Connect Core 1.0 section 3.1.3.7).
 * 8. Only now show the browser the outcome, and free the port.
 *
 * @throws FailureError, or the reason of the aborted signal
 * @see RFC 6749 section 4.1, RFC 7636, RFC 8252, RFC 9207, RFC 9700 section 2.1
 */
export async function signInWithCode(profile: Profile, flow: GrantFlow): Promise<TokenSet> {
  const { trace, signal } = flow;
  const client = withRedirect(profile);
  let opened: Opened | undefined;
  try {
    const prepared = await flow.prepare(async (metadata) => {
      requireOwnServer(profile, metadata, 'authorization code');
      await requireOneServer(profile, metadata, flow.isOneService);
      // A busy port is reported before anybody is asked for a secret in vain.
      opened = await open(client, flow);
    });
    if (opened === undefined) throw new TypeError('A flow that is prepared has checked its server.');
    const tokens = await signInAndExchange({ client, prepared, ...opened }, flow);
    await opened.receiver.finish(successPage(profile.name));
    return tokens;
  } catch (thrown) {
    const failure = toFailure(thrown, { step: trace.step, cancelled: signal.aborted });
    await opened?.receiver.finish(failurePage(scrubFailure(failure, trace)));
    throw thrown;
  } finally {
    await opened?.receiver.close();
  }
}

/** What belongs to one sign-in, with what waits for its redirect. */
interface Opened {
  readonly binding: RequestBinding;
  readonly receiver: RedirectReceiver;
}

async function open(client: AuthorizationCodeProfile, flow: GrantFlow): Promise<Opened> {
  const { trace, clock } = flow;
  trace.enter('authorization');
  const binding = await bindRequest(client);
  trace.enter('listen');
  const options = {
    redirectUri: client.redirectUri,
    state: binding.state,
    formPost: client.authorizationParameters['response_mode']?.startsWith('form_post') === true,
    trace,
    clock,
    open: (response: string) => openResponse(response, client, flow).catch(() => undefined),
  };
  const receiver = await openReceiver(options, flow);
  return { binding, receiver };
}

/** Decrypts an encrypted response. The client's key is already at hand by then: a request to the listener prompts nobody for it. */
async function openResponse(
  response: string,
  client: AuthorizationCodeProfile,
  flow: GrantFlow,
): Promise<string | undefined> {
  const [{ openEncrypted }] = await Promise.all([import('./openEncrypted.ts'), flow.prepare()]);
  const opened = await openEncrypted(response, client, flow);
  return 'text' in opened ? opened.text : undefined;
}

interface SignIn extends Opened {
  readonly client: AuthorizationCodeProfile;
  readonly prepared: PreparedFlow;
}

async function signInAndExchange(
  { client, prepared, binding, receiver }: SignIn,
  context: GrantFlow,
): Promise<TokenSet> {
  const { trace, decorators } = context;
  const { metadata, flow } = prepared;
  const { redirectUri } = receiver;

  trace.enter('authorization');
  // Hostile metadata must not make the browser open anything but a web page.
  const endpoint = secureUrl(metadata.server.authorization_endpoint ?? '', 'authorization');
  trace.usePkce(binding.pkce);
  let request = authorizationRequest(endpoint.href, client, redirectUri, binding);
  for (const decorator of decorators) request = (await decorator.authorization?.(request, flow)) ?? request;
  const askedAt = context.clock.now();
  let received = await signIn(receiver, authorizationUrl(request), context);

  trace.enter('authorization');
  for (const decorator of decorators) received = (await decorator.received?.(received, flow)) ?? received;
  const callback = authorizationResponse(received, metadata, prepared.client, binding.state);

  const code = callback.get('code') ?? '';
  return prepared.requestToken({
    parameters: codeParameters(code, redirectUri, binding.pkce.code_verifier),
    signedIn: { nonce: binding.nonce, code, asked: signInAskedWith(client), askedAt },
  });
}

/**
 * The profile as one with a redirect URI, which every profile of this grant has. @throws TypeError if parsing had let one
 * without it pass
 */
function withRedirect(profile: Profile): AuthorizationCodeProfile {
  if (hasRedirect(profile)) return profile;
  throw new TypeError(`The profile ${profile.id} has no redirect URI.`);
}
