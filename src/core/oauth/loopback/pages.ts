import { createHash } from 'node:crypto';

/** One page of ours, complete with the header fields it needs. */
export interface Page {
  readonly html: string;
  readonly headers: Readonly<Record<string, string>>;
}

export interface PageContent {
  readonly title: string;
  /** Paragraphs, always rendered as text. */
  readonly text: readonly string[];
  readonly mood: 'good' | 'bad' | 'neutral';
  /** The only script that the page may run. */
  readonly script?: string;
}

const style = `
:root { color-scheme: light dark; --text: #1b2130; --page: #f5f6f8; --card: #fff; --good: #1a7f37; --bad: #b3261e; --neutral: #57606a; }
@media (prefers-color-scheme: dark) {
  :root { --text: #e6e8ec; --page: #14171f; --card: #1f2430; --good: #57c278; --bad: #ff8a80; --neutral: #9aa4b2; }
}
body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: var(--page); color: var(--text); font: 16px/1.5 system-ui, sans-serif; }
main { box-sizing: border-box; width: min(34rem, calc(100vw - 2rem)); padding: 2rem; border-radius: 12px; background: var(--card); border-top: 6px solid var(--neutral); overflow-wrap: anywhere; }
main.good { border-color: var(--good); }
main.bad { border-color: var(--bad); }
h1 { margin: 0 0 .5rem; font-size: 1.4rem; }
p { margin: .5rem 0 0; }
footer { margin-top: 1.5rem; font-size: .85rem; color: var(--neutral); }
`;

/** Renders a page: no external resource, no script but the given one, and everything from outside as text. */
export function page({ title, text, mood, script }: PageContent): Page {
  const html = `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(title)} - OAuth Explorer</title>
<link rel="icon" href="data:,">
<style>${style}</style>
</head>
<body>
<main class="${mood}">
<h1>${escape(title)}</h1>
${text.map((paragraph) => `<p>${escape(paragraph)}</p>`).join('\n')}
<footer>OAuth Explorer</footer>
</main>
${script === undefined ? '' : `<script>${script}</script>`}
</body>
</html>
`;
  return { html, headers: { ...pageHeaders(script), 'content-type': 'text/html; charset=utf-8' } };
}

/** The header fields of everything the listener answers. */
export function pageHeaders(script?: string): Record<string, string> {
  const policy = [
    `default-src 'none'`,
    `style-src '${hash(style)}'`,
    `img-src data:`,
    ...(script === undefined ? [] : [`script-src '${hash(script)}'`, `connect-src 'self'`]),
    `base-uri 'none'`,
    `form-action 'none'`,
    `frame-ancestors 'none'`,
  ].join('; ');
  return {
    'content-security-policy': policy,
    'cache-control': 'no-store',
    // The page's own address holds the code.
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'cross-origin-opener-policy': 'same-origin',
    connection: 'close',
  };
}

function hash(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
