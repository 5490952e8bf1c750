import { abortable } from '../flow/abortable.ts';
import type { FlowContext } from '../flow/context.ts';
import { FailureError } from '../flow/failure.ts';
import type { LoopbackListener, Received } from './loopback/listener.ts';

/**
 * Hands the authorization request to the browser and waits for the redirect, for as long as `signInTimeout` says.
 *
 * @throws FailureError of kind `timeout` or `browser_not_opened`; the reason of the signal when that is aborted
 * @see RFC 8252 section 6
 */
export async function signIn(
  listener: LoopbackListener,
  authorizationUrl: string,
  context: FlowContext,
): Promise<Received> {
  const { browser, clock, signInTimeout, trace } = context;
  const expired = clock.timeout(signInTimeout);
  const deadline = clock.now() + signInTimeout;
  const { redirectUri } = listener;
  const startUrl = listener.offer(authorizationUrl);
  trace.enter('browser');
  const leg = trace.begin({
    purpose: 'authorization',
    leg: 'browser',
    startedAt: clock.now(),
    request: { method: 'GET', url: authorizationUrl, headers: [] },
  });
  trace.wait({ authorizationUrl, redirectUri, deadline, submitRedirect: (url) => listener.submit(url) });
  const opened = open(browser.open(startUrl)).then(() => {
    trace.enter('redirect');
    return listener.received;
  });
  try {
    // The redirect may be faster than the word that the browser was opened.
    const first = Promise.race([listener.received, opened]);
    return await abortable(first, AbortSignal.any([context.signal, expired]));
  } catch (thrown) {
    if (expired.aborted && !context.signal.aborted) throw noRedirect(redirectUri, signInTimeout);
    throw thrown;
  } finally {
    trace.update(leg, { endedAt: clock.now() });
    trace.wait();
  }
}

async function open(opening: Promise<boolean>): Promise<void> {
  // A host that cannot open it says so by false or by rejecting.
  if (await opening.catch(() => false)) return;
  throw new FailureError({
    kind: 'browser_not_opened',
    step: 'browser',
    message: 'The browser was not opened, so nobody could sign in.',
    advice: 'Allow the editor to open the browser, and check which one is the default of the system.',
  });
}

function noRedirect(redirectUri: string, timeout: number): FailureError {
  const seconds = timeout / 1000;
  return new FailureError({
    kind: 'timeout',
    step: 'redirect',
    seconds,
    message: `No redirect to ${redirectUri} came within ${seconds} s.`,
    advice:
      'Run it again and finish the sign-in in the browser; if the server showed an error there, compare the registered redirect URI with this one. The setting oauthExplorer.signInTimeout gives more time.',
  });
}
