import type { Failure } from '../../record/failure.ts';
import { unmatchedSentence } from '../unmatched.ts';
import type { UnmatchedRedirect } from '../../record/unmatched.ts';
import { plainText } from '../../http/plainText.ts';
import { page, type Page } from './pages.ts';

/** Shown when the code was exchanged, and not before. */
export function successPage(profileName: string): Page {
  return page({
    title: 'Signed in',
    text: [
      `The token for "${plainText(profileName, 100)}" has arrived in the editor.`,
      'You can close this page.',
    ],
    mood: 'good',
  });
}

/** Shown when the server sent the browser back after a sign-out. */
export function signedOutPage(profileName: string): Page {
  return page({
    title: 'Signed out',
    text: [
      `The session of "${plainText(profileName, 100)}" at the server has ended.`,
      'You can close this page.',
    ],
    mood: 'good',
  });
}

/** Shown when the flow ended without a token. */
export function failurePage(failure: Failure): Page {
  return page({
    title: 'No token',
    text: [failure.message, failure.advice, 'The editor shows the details. You can close this page.'],
    mood: 'bad',
  });
}

/** Shown for every request that is not the redirect. */
export function ignoredPage(expected: string, received: string): Page {
  return page({
    title: 'Not what was waited for',
    text: [`Waited for: ${expected}.`, `Received: ${received}.`, 'The sign-in still waits for its redirect.'],
    mood: 'neutral',
  });
}

/** Shown for a redirect that cannot be tied to the sign-in, whoever sent it. */
export function unmatchedPage(unmatched: UnmatchedRedirect): Page {
  return page({
    title: 'Not tied to this sign-in',
    text: [
      unmatchedSentence(unmatched),
      'It was not used, since another page could have sent it. The sign-in still waits for its redirect; the editor says more.',
    ],
    mood: 'neutral',
  });
}

/** Shown when a one-time address is opened a second time. */
export function spentPage(): Page {
  return page({
    title: 'This address works only once',
    text: ['Copy the authorization URL in the editor to open it again or in another browser.'],
    mood: 'neutral',
  });
}

/** Looks for a response in the fragment, which is sent to no server, and reports the state and the names of the parameters there. */
export function fragmentPage(reportPath: string): Page {
  const script = `
const fragment = new URLSearchParams(location.hash.slice(1));
fetch(${JSON.stringify(reportPath)}, {
  method: 'POST',
  body: new URLSearchParams({ names: [...fragment.keys()].join(' '), state: fragment.get('state') ?? '' }),
}).then(async (response) => {
  const [reason, hope] = document.querySelectorAll('p');
  reason.textContent = await response.text();
  if (fragment.size > 0) hope.remove();
});
history.replaceState(null, '', location.pathname);
`;
  return page({
    title: 'No code came with this redirect',
    text: [
      'The address has neither a code nor a state in its query.',
      'The sign-in still waits for its redirect.',
    ],
    mood: 'neutral',
    script,
  });
}
