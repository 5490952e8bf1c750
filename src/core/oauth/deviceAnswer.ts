import { endpointAnswer, secondsOf, textOf } from './endpointAnswer.ts';
import type { ResponseOrigin } from './tokenFailure.ts';

/** A device authorization response. @see RFC 8628 section 3.2 */
export interface DeviceAnswer {
  readonly deviceCode: string;
  readonly userCode: string;
  readonly verificationUri: string;
  readonly verificationUriComplete?: string;
  /** Milliseconds until the codes expire. */
  readonly lifetime: number;
  /** Milliseconds between two polls. */
  readonly interval: number;
}

/**
 * Reads a device authorization response, JSON or (as GitHub sends it) a form.
 *
 * @throws FailureError
 * @see RFC 8628 section 3.2
 */
export function deviceAnswer(
  text: string,
  response: Pick<Response, 'status' | 'headers'>,
  origin: ResponseOrigin,
): DeviceAnswer {
  const members = endpointAnswer(text, response, origin, {
    members: ['device_code', 'user_code', 'verification_uri'],
    others: { verification_uri: 'verification_url' },
    code: 'no_device_code',
    advice: 'Check the device authorization endpoint of the profile; the flow view shows the whole answer.',
  });
  const complete = textOf(members['verification_uri_complete']);
  return {
    deviceCode: textOf(members['device_code']) ?? '',
    userCode: textOf(members['user_code']) ?? '',
    verificationUri: textOf(uriOf(members)) ?? '',
    ...(complete === undefined ? {} : { verificationUriComplete: complete }),
    lifetime: secondsOf(members['expires_in'], 900) * 1000,
    interval: secondsOf(members['interval'], 5) * 1000,
  };
}

/** Google still uses `verification_url`, the name from before the RFC. */
function uriOf(members: Readonly<Record<string, unknown>>): unknown {
  return members['verification_uri'] ?? members['verification_url'];
}
