import { abortable } from '../abortable.ts';
import type { FlowContext } from './context.ts';
import type { WaitingForRedirect } from '../record/waiting.ts';
import { unmatchedSentence } from './unmatched.ts';
import { FailureError } from '../record/failure.ts';
import type { Browser } from '../ports.ts';
import type { Received, RedirectReceiver } from './receiver.ts';

/** Why the browser is opened, in words. */
const words = {
  authorization: {
    act: 'sign-in',
    again: 'Sign in again',
    lost: 'nobody could sign in',
    registered: 'redirect URI',
  },
  sign_out: {
    act: 'sign-out',
    again: 'Sign out again',
    lost: 'the session at the server goes on',
    registered: 'return address (post_logout_redirect_uris)',
  },
} as const;

type Words = (typeof words)[keyof typeof words];

/**
 * Opens the authorization URL in the browser and waits for the redirect, at most for `signInTimeout`. Keeps waiting when the
 * browser did not open, as the user may open the URL themselves: after “Copy” VS Code reports that it opened nothing, and a
 * remote machine may have no browser.
 *
 * @throws FailureError of kind `timeout` or `browser_not_opened`; the reason of the signal when that is aborted
 * @see RFC 8252 section 6
 */
export async function signIn(
  receiver: RedirectReceiver,
  authorizationUrl: string,
  context: Pick<FlowContext, 'browser' | 'clock' | 'signInTimeout' | 'trace' | 'signal'>,
  purpose: 'authorization' | 'sign_out' = 'authorization',
): Promise<Received> {
  const { browser, clock, signInTimeout, trace } = context;
  const expired = clock.timeout(signInTimeout);
  const deadline = clock.now() + signInTimeout;
  const { redirectUri } = receiver;
  const startUrl = receiver.offer(authorizationUrl);
  trace.enter('browser');
  const leg = trace.begin({
    purpose,
    leg: 'browser',
    startedAt: clock.now(),
    request: { method: 'GET', url: authorizationUrl, headers: [] },
  });
  let waiting: WaitingForRedirect = {
    kind: 'redirect',
    authorizationUrl,
    redirectUri,
    deadline,
    ...(receiver.pasted === true && { pasted: true }),
    submitRedirect: (url: string) => receiver.submit(url),
    openAgain: async () => {
      await isOpened(browser, receiver.offer(authorizationUrl));
    },
  };
  const opening = { failed: false };
  const change = (news: Partial<WaitingForRedirect>) => {
    // The redirect may come before we hear that the browser was opened.
    if (trace.waiting !== waiting) return;
    waiting = { ...waiting, ...news };
    trace.wait(waiting);
  };
  trace.wait(waiting);
  receiver.whenUnmatched((unmatched) => change({ unmatched }));
  void isOpened(browser, startUrl).then((opened) => {
    if (trace.waiting !== waiting) return;
    if (opened) trace.enter('redirect');
    else {
      opening.failed = true;
      change({ notOpened: true });
    }
  });
  try {
    return await abortable(receiver.received, AbortSignal.any([context.signal, expired]));
  } catch (thrown) {
    if (!expired.aborted || context.signal.aborted) throw thrown;
    throw opening.failed && waiting.unmatched === undefined
      ? notOpened(words[purpose])
      : noRedirect(waiting, signInTimeout, words[purpose]);
  } finally {
    trace.update(leg, { endedAt: clock.now() });
    trace.wait();
  }
}

/** Whether the browser was opened: a host that cannot open it returns false or rejects. */
async function isOpened(browser: Browser, url: string): Promise<boolean> {
  try {
    return await browser.open(url);
  } catch {
    return false;
  }
}

function notOpened({ act, lost }: Words): FailureError {
  return new FailureError({
    kind: 'browser_not_opened',
    step: 'browser',
    message: `The browser was not opened, so ${lost}.`,
    advice: `Allow the editor to open the browser, or copy the ${act} URL into one while the flow waits.`,
  });
}

function noRedirect(
  { redirectUri, unmatched = [], pasted }: WaitingForRedirect,
  timeout: number,
  { act, again, registered }: Words,
): FailureError {
  const seconds = timeout / 1000;
  const common = { kind: 'timeout', step: 'redirect', seconds } as const;
  if (unmatched.length > 0)
    return new FailureError({
      ...common,
      unmatched,
      message: `No redirect to ${redirectUri} that belongs to this ${act} came within ${seconds} s. ${unmatched.map(unmatchedSentence).join(' ')}`,
      advice: `${again}; if it stays, the server does not send the redirect back as it has to. The flow view shows what came.`,
    });
  return new FailureError({
    ...common,
    message: `No redirect to ${redirectUri} came within ${seconds} s.`,
    advice: `Run it again and finish the ${act} in the browser${pasted ? ', then paste the address at which it ends' : ''}; if the server showed an error there, compare the registered ${registered} with this one. The setting oauthExplorer.signInTimeout gives more time.`,
  });
}
