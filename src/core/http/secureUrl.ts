import { FailureError, type FlowStep } from '../record/failure.ts';
import { isLoopbackHost } from '../profile/loopbackHost.ts';

/**
 * The parsed `url` when something confidential may be sent to it: https, or http to loopback.
 *
 * @throws FailureError of kind `insecure_url`
 */
export function secureUrl(url: string, step: FlowStep): URL {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (parsed?.protocol === 'https:') return parsed;
  if (parsed?.protocol === 'http:' && isLoopbackHost(parsed.hostname)) return parsed;
  const shown =
    parsed === undefined
      ? url.slice(0, 200)
      : `${parsed.protocol}${parsed.host === '' ? '' : `//${parsed.host}`}${parsed.pathname}`.slice(0, 2000);
  throw new FailureError({
    kind: 'insecure_url',
    step,
    url: shown,
    message:
      parsed === undefined
        ? `"${shown}" is not a URL, so nothing was sent.`
        : `${shown} is not https, so nothing was sent to it.`,
    advice: 'Use an https URL; plain http is allowed only for localhost, 127.0.0.1 and [::1].',
  });
}
