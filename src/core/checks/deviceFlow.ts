import * as oauth from 'oauth4webapi';
import { deviceCode as deviceGrant } from '../grants/deviceCode.ts';
import { deviceAnswer, type DeviceAnswer } from '../oauth/deviceAnswer.ts';
import { loopbackToo } from '../oauth/libraryFetch.ts';
import { deviceParameters } from '../oauth/tokenParameters.ts';
import { formOf, withTyped } from '../oauth/tokenRequest.ts';
import type { Bench } from './bench.ts';
import { clientOfRequest } from './clientOfRequest.ts';
import { broken, describeToken, issued, type TokenAnswer } from './tokenAnswer.ts';
import { Undetermined } from './undetermined.ts';

/**
 * Requests a device code and a user code, as the profile's flows do.
 *
 * @throws Undetermined when no such endpoint is known; FailureError when no codes came
 * @see RFC 8628 section 3.1
 */
export async function deviceCodes(bench: Bench): Promise<DeviceAnswer> {
  const { deviceAuthorizationEndpoint: endpoint } = bench.server;
  if (endpoint === undefined) throw new Undetermined('The server names no device authorization endpoint.');
  const { scopes, tokenParameters } = bench.profile;
  const { issuer, client, authentication, shown } = await clientOfRequest(bench);
  const response = await oauth.deviceAuthorizationRequest(
    { issuer, device_authorization_endpoint: endpoint },
    client,
    authentication,
    formOf(withTyped(deviceParameters(bench.profile), tokenParameters)),
    {
      ...loopbackToo,
      [oauth.customFetch]: (url, { headers, method, body }) =>
        bench.send('device', url, { headers, method, body: String(body), ...shown }),
    },
  );
  return deviceAnswer(await response.text(), response, {
    host: new URL(endpoint).host,
    step: 'authorization',
    requestedScopes: scopes,
    asked: 'device authorization request',
  });
}

/** Requests the token for a device code. @see RFC 8628 section 3.4 */
export function askForToken(bench: Bench, { deviceCode }: DeviceAnswer): Promise<TokenAnswer> {
  return bench.anyTokenAnswer([
    ['grant_type', deviceGrant.grantType],
    ['device_code', deviceCode],
  ]);
}

/** The milliseconds that `slow_down` adds. @see RFC 8628 section 3.5 */
const slower = 5000;

/**
 * Has the user type the code, and waits until they have.
 *
 * @throws Undetermined when no sign-in is wanted, or none came in time
 */
export async function typedCode(bench: Bench): Promise<DeviceAnswer> {
  const show = bench.showCode;
  const codes = await deviceCodes(bench);
  const deadline = bench.now() + Math.min(codes.lifetime, await show(codes));
  for (let pause = codes.interval; bench.now() < deadline;) {
    await bench.wait(pause);
    const answer = await askForToken(bench, codes);
    if (issued(answer)) return codes;
    if (answer.error === 'slow_down') pause += slower;
    else if (answer.error !== 'authorization_pending' && !broken(answer))
      throw new Undetermined(`No token came for the code: the server ${describeToken(answer)}.`);
  }
  throw new Undetermined('The code was not typed in time.');
}
