import { createHash } from 'node:crypto';

const style = `
:root { color-scheme: light dark; --fg: #1b2130; --bg: #f5f6f9; --card: #fff; --line: #d4d8e1; --muted: #57607a; --accent: #2f5fd0; --on: #fff; }
@media (prefers-color-scheme: dark) {
  :root { --fg: #e7eaf2; --bg: #14171f; --card: #1d222d; --line: #363d4d; --muted: #a3acc2; --accent: #7aa2ff; --on: #10131a; }
}
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 16px; background: var(--bg); color: var(--fg);
  font: 16px/1.5 system-ui, sans-serif; }
main { width: 100%; max-width: 26rem; background: var(--card); border: 1px solid var(--line); border-radius: 12px; padding: 28px; }
h1 { font-size: 1.3rem; line-height: 1.3; margin: 0 0 4px; overflow-wrap: anywhere; }
p, ul { margin: 0 0 16px; } ul { padding-left: 1.2em; } code { font-size: .95em; overflow-wrap: anywhere; }
.muted { color: var(--muted); font-size: .9rem; }
label { display: block; font-weight: 600; margin-bottom: 4px; }
input { width: 100%; font: inherit; color: inherit; background: var(--bg); border: 1px solid var(--muted); border-radius: 8px;
  padding: 8px 12px; margin-bottom: 20px; }
.row { display: flex; flex-wrap: wrap; gap: 12px; }
button { flex: 1 1 8rem; font: inherit; font-weight: 600; padding: 10px 16px; border-radius: 8px; border: 1px solid var(--accent);
  background: var(--accent); color: var(--on); cursor: pointer; }
label.switch { display: flex; gap: 10px; font-weight: 400; } label.switch input { width: auto; margin: 5px 0 0; flex: none; }
button.second { background: none; color: var(--accent); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
`;

/**
 * The policy of every page of the demo: no script, nothing from outside, never in a frame. `form-action` is left out on
 * purpose: browsers apply it to redirects too, and the form ends at the client's loopback redirect URI.
 */
export const pagePolicy = [
  `default-src 'none'`,
  `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`,
  `frame-ancestors 'none'`,
  `base-uri 'none'`,
].join('; ');

/** The policy of a page of the server: oidc-provider's own form that submits itself has the one script that may run. */
export function policyOf(body: unknown): string {
  const script =
    typeof body === 'string'
      ? /^<!DOCTYPE html>\s*<html>\s*<head>[^]{0,200}?<script>([^<]*)</.exec(body)?.[1]
      : undefined;
  if (script === undefined) return pagePolicy;
  return `${pagePolicy}; script-src 'sha256-${createHash('sha256').update(script).digest('base64')}'`;
}

export interface SignIn {
  readonly client: string;
  readonly scopes: readonly string[];
  /** Who is signed in already; absent asks for a name. */
  readonly account?: string;
  /** Where the form goes. */
  readonly action: string;
}

/** The sign-in and consent page, in one. */
export function signInPage({ client, scopes, account, action }: SignIn): string {
  const name =
    account === undefined
      ? `<label for="login">Your name</label>
<input id="login" name="login" value="Ada" required maxlength="60" autocomplete="username" autofocus>`
      : `<p>Signed in as <strong>${escape(account)}</strong>.</p>`;
  return page(
    'Sign in',
    `<h1>${escape(client)}</h1>
<p class="muted">Demo sign-in on your own machine. Any name will do; there is no password.</p>
<p>asks for access to:</p>
<ul>${scopes.map((scope) => `<li><code>${escape(scope)}</code></li>`).join('')}</ul>
<form method="post" action="${escape(action)}">
${name}
<div class="row"><button name="decision" value="allow">Allow</button><button class="second" name="decision" value="deny" formnovalidate>Deny</button></div>
</form>`,
  );
}

/** Where the code of a device is typed; `form` is the library's. */
export function userCodePage(form: string, wrong: boolean): string {
  const button = '<div class="row"><button form="op.deviceInputForm">Continue</button></div>';
  return page(
    'Type the code',
    `<h1>Type the code</h1>
<p class="muted">${wrong ? 'That code is not known, was used, or has expired. ' : ''}It stands in the editor.</p>
${form}
${button}`,
  );
}

/** Asks whether it is this device's code; `form` is the library's. */
export function confirmCodePage(form: string, client: string, userCode: string): string {
  return page(
    'Is this your code?',
    `<h1>${escape(client)}</h1>
<p>Does the editor show this code?</p>
<p><strong><code>${escape(userCode)}</code></strong></p>
${form}
<div class="row"><button form="op.deviceConfirmForm">Yes, continue</button><button class="second" form="op.deviceConfirmForm" value="yes" name="abort">No</button></div>`,
  );
}

/** The end of a sign-in for another device. */
export function deviceDonePage(): string {
  return page(
    'Done',
    '<h1>Done</h1><p class="muted">Go back to the editor: it has the token in a few seconds.</p>',
  );
}

/** Asks before the session is ended; `form` is the library's. */
export function signOutPage(form: string): string {
  return page(
    'Sign out',
    `<h1>Sign out?</h1>
<p class="muted">Your session at the demo server ends.</p>
${form}
<div class="row"><button form="op.logoutForm" name="logout" value="yes">Sign out</button><button class="second" form="op.logoutForm">Stay signed in</button></div>`,
  );
}

/** The end of a session, where the browser is not sent back. */
export function signedOutPage(): string {
  return page('Signed out', '<h1>Signed out</h1><p class="muted">Go back to the editor.</p>');
}

/** What is asked on the user's telephone. */
interface TelephoneQuestion {
  readonly id: string;
  readonly client: string;
  readonly account: string;
  readonly scopes: readonly string[];
  readonly bindingMessage: string;
}

/** The page that takes the place of a telephone. */
export function telephonePage(questions: readonly TelephoneQuestion[], action: string): string {
  const one = ({ id, client, account, scopes, bindingMessage }: TelephoneQuestion) =>
    `<form method="post" action="${escape(action)}">
<p><strong>${escape(client)}</strong> asks ${escape(account)} for <code>${escape(scopes.join(' '))}</code>.${bindingMessage === '' ? '' : ` Message: <strong>${escape(bindingMessage)}</strong>`}</p>
<input type="hidden" name="question" value="${escape(id)}">
<div class="row"><button name="decision" value="allow">Allow</button><button class="second" name="decision" value="deny">Deny</button></div>
</form>`;
  return page(
    'Phone',
    `<h1>A phone</h1>
<p class="muted">This page stands in for the user’s phone.</p>
${questions.length === 0 ? '<p>Nothing is asked now. Reload the page when something is.</p>' : questions.map(one).join('<hr>')}`,
  );
}

/** A SAML assertion to copy. */
export function assertionPage(xml: string): string {
  return page(
    'SAML assertion',
    `<h1>A SAML assertion</h1>
<p class="muted">Good for one use within five minutes. Copy it, and paste it where the editor asks for it.</p>
<p><code>${escape(xml)}</code></p>`,
  );
}

/** The switchboard: one checkbox for each fault. */
export function faultsPage(
  faults: readonly { readonly id: string; readonly title: string }[],
  active: ReadonlySet<string>,
): string {
  const box = ({ id, title }: { readonly id: string; readonly title: string }) =>
    `<p><label class="switch"><input type="checkbox" name="fault" value="${escape(id)}"${active.has(id) ? ' checked' : ''}> <span>${escape(title)}</span></label></p>`;
  return page(
    'Faults',
    `<h1>What the demo server does wrong</h1>
<p class="muted">${active.size === 0 ? 'Strict: no fault is on.' : `${active.size} switched on.`} The checks of OAuth Explorer find each of them.</p>
<form method="post" action="/faults">
<div class="row"><button>Switch</button></div>
${faults.map(box).join('\n')}
</form>
<form method="post" action="/faults"><div class="row"><button class="second">All off</button></div></form>`,
  );
}

/** What the browser shows when a request cannot be answered with a redirect. */
export function errorPage(error: string, description: string | undefined): string {
  return page(
    'Request refused',
    `<h1>The demo server refused this request</h1>
<p><code>${escape(error)}</code></p>
<p class="muted">${escape(description ?? '')}</p>`,
  );
}

function page(title: string, body: string): string {
  return `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} - OAuth Explorer demo</title><style>${style}</style></head>
<body><main>${body}</main></body></html>`;
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? '');
}
