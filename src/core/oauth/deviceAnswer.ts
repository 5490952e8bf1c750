import { FailureError } from '../flow/failure.ts';
import { errorBody, wordsOf } from './errorBody.ts';
import { responseBody } from './responseBody.ts';
import { refused, unusable, type ResponseOrigin } from './tokenFailure.ts';

/** A device authorization response. @see RFC 8628 section 3.2 */
export interface DeviceAnswer {
  readonly deviceCode: string;
  readonly userCode: string;
  readonly verificationUri: string;
  readonly verificationUriComplete?: string;
  /** Milliseconds until the codes expire. */
  readonly lifetime: number;
  /** Milliseconds between two questions. */
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
  { status, headers }: Pick<Response, 'status' | 'headers'>,
  origin: ResponseOrigin,
): DeviceAnswer {
  const contentType = headers.get('content-type')?.split(';')[0]?.trim().toLowerCase();
  const looksLikeForm = /^(?:device_code|user_code|expires_in|interval|verification_uri)=/.test(text.trim());
  const body = responseBody(text, looksLikeForm ? 'application/x-www-form-urlencoded' : contentType);
  if (!('members' in body)) throw new FailureError(unusable(status, contentType, body.format, origin));
  const { members } = body;
  const error = errorBody(members);
  const deviceCode = textOf(members['device_code']);
  const userCode = textOf(members['user_code']);
  // Google's name for it from before the RFC.
  const verificationUri = textOf(members['verification_uri'] ?? members['verification_url']);
  if (status < 300 && deviceCode !== undefined && userCode !== undefined && verificationUri !== undefined) {
    const complete = textOf(members['verification_uri_complete']);
    return {
      deviceCode,
      userCode,
      verificationUri,
      ...(complete === undefined ? {} : { verificationUriComplete: complete }),
      lifetime: seconds(members['expires_in'], 900) * 1000,
      interval: seconds(members['interval'], 5) * 1000,
    };
  }
  if (error !== undefined) throw new FailureError(refused(error.body, status, origin));
  if (status >= 300)
    throw new FailureError(unusable(status, contentType, body.format, origin, wordsOf(members)));
  throw new FailureError({
    kind: 'malformed_response',
    step: origin.step,
    code: 'no_device_code',
    message: `${origin.host} answered the device authorization request without device_code, user_code or verification_uri.`,
    advice: 'Check the device authorization endpoint of the profile; the flow view shows the whole answer.',
    ...(origin.exchange === undefined ? {} : { exchange: origin.exchange }),
  });
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** A number of seconds from 1 to a day; `otherwise` when it is none. */
function seconds(value: unknown, otherwise: number): number {
  const number = typeof value === 'string' && value !== '' ? Number(value) : value;
  return typeof number === 'number' && number > 0 ? Math.min(Math.max(number, 1), 86_400) : otherwise;
}
