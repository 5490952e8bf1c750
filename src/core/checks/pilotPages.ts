/** Sent with every page of the pilot: nothing from outside, no script. */
export const pageHeaders: Readonly<Record<string, string>> = {
  'Content-Type': 'text/html; charset=utf-8',
  'Content-Security-Policy':
    "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'",
  'Cache-Control': 'no-store',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
};

const style = `:root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;margin:0;min-height:100vh;display:grid;place-items:center;
padding:16px;box-sizing:border-box;background:Canvas;color:CanvasText}main{max-width:32rem}h1{font-size:1.3rem;margin:0 0 8px}p{margin:0 0 8px}`;

/** The page between two checks: says which one was answered and moves on to `next`. */
export function passingPage(title: string, done: number, next: string): string {
  return page(
    'Checking',
    `<h1>Checking the sign-in</h1>
<p>${escape(title)}: the server has answered (sign-in ${done}).</p>
<p>This page goes on by itself. Leave it open until it says that all is done.</p>`,
    `<meta http-equiv="refresh" content="0;url=${escape(next)}">`,
  );
}

/** The last page. */
export function donePage(): string {
  return page(
    'Done',
    `<h1>All checks are done</h1><p>You can close this page. The report is in your editor.</p>`,
  );
}

/** For a hit that is not what is waited for. */
export function strayPage(): string {
  return page(
    'Not expected',
    `<h1>Nothing to see here</h1><p>OAuth Explorer did not expect this request.</p>`,
  );
}

function page(title: string, body: string, head = ''): string {
  return `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">${head}
<title>${title} - OAuth Explorer</title><style>${style}</style></head><body><main>${body}</main></body></html>`;
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
