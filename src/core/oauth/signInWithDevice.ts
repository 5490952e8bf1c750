import * as oauth from 'oauth4webapi';
import { FailureError } from '../record/failure.ts';
import type { TokenSet } from '../record/report.ts';
import type { GrantFlow } from './grantFlow.ts';
import { plainText } from '../http/plainText.ts';
import { secureUrl } from '../http/secureUrl.ts';
import type { Profile } from '../profile/profile.ts';
import { requireOwnServer } from './clientAuthentication.ts';
import { deviceAnswer, type DeviceAnswer } from './deviceAnswer.ts';
import { libraryPost } from './libraryFetch.ts';
import { pollForToken } from './pollForToken.ts';
import type { PreparedFlow } from './prepare.ts';
import { requireOneServer } from './requireOneServer.ts';
import { withTyped } from './tokenRequest.ts';
import { deviceParameters } from './tokenParameters.ts';

/**
 * Gets a token for a user who types a code in a browser on any device.
 * 1. Ask for a device code and a user code (RFC 8628 section 3.1).
 * 2. Show the user code and the page for it (section 3.3).
 * 3. Poll the token endpoint (sections 3.4 and 3.5) until the user has decided or the code has expired.
 *
 * @throws FailureError, or the reason of the aborted signal
 * @see RFC 8628
 */
export async function signInWithDevice(profile: Profile, flow: GrantFlow): Promise<TokenSet> {
  const prepared = await flow.prepare(async (metadata) => {
    requireOwnServer(profile, metadata, 'device code', flow.grant.endpoints);
    await requireOneServer(profile, metadata, flow.isOneService, 'device_authorization_endpoint');
  });
  const codes = await askForCodes(profile, prepared, flow);
  flow.trace.useSecret(codes.deviceCode);
  const deadline = flow.clock.now() + codes.lifetime;
  showCode(codes, deadline, flow);
  try {
    const parameters = [
      ['grant_type', flow.grant.grantType],
      ['device_code', codes.deviceCode],
    ] as const;
    return await pollForToken({ parameters, interval: codes.interval, deadline, expired }, prepared, flow);
  } finally {
    flow.trace.wait();
  }
}

async function askForCodes(profile: Profile, prepared: PreparedFlow, flow: GrantFlow): Promise<DeviceAnswer> {
  flow.trace.enter('authorization');
  const { server } = prepared.metadata;
  const parameters = withTyped(deviceParameters(profile), profile.tokenParameters);
  const form = new URLSearchParams(parameters.map(([name, value]): [string, string] => [name, value]));
  const send = flow.fetch('device', 'authorization');
  const response = await oauth.deviceAuthorizationRequest(
    server,
    prepared.client,
    prepared.authentication,
    form,
    libraryPost(send),
  );
  const exchange = flow.trace.idOf(response);
  return deviceAnswer(await response.text(), response, {
    host: new URL(server.device_authorization_endpoint ?? '').host,
    step: 'authorization',
    requestedScopes: profile.scopes,
    asked: 'device authorization request',
    ...(exchange === undefined ? {} : { exchange }),
  });
}

/** Shows the code with its page, which the user opens here or on any device. */
function showCode(codes: DeviceAnswer, deadline: number, { trace, browser }: GrantFlow): void {
  const { userCode, verificationUri, verificationUriComplete } = codes;
  // A hostile server must not make the browser open anything but a web page.
  const page = secureUrl(verificationUriComplete ?? verificationUri, 'authorization').href;
  secureUrl(verificationUri, 'authorization');
  trace.wait({
    kind: 'user_code',
    // Both are shown in notifications and lists, and come from the server.
    userCode: plainText(userCode, 100),
    verificationUri: plainText(verificationUri, 500),
    ...(verificationUriComplete === undefined ? {} : { verificationUriComplete }),
    deadline,
    openAgain: async () => {
      await browser.open(page);
    },
  });
}

function expired(): FailureError {
  return new FailureError({
    kind: 'oauth_error',
    step: 'token',
    body: { error: 'expired_token' },
    message: 'The code was not typed before it expired.',
    advice: 'Run it again and type the new code in time.',
  });
}
