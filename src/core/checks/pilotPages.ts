/** Headers of every page of the pilot: nothing external, no script. */
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

/** The page between two checks: names the one that was answered and goes on to `next`. */
export function passingPage(title: string, done: number, next: string): string {
  return page(
    'Checking',
    `<h1>Checking the sign-in</h1>
<p>${escape(title)}: the server has answered (sign-in ${done}).</p>
<p>This page goes on by itself. Leave it open until it says that all is done.</p>`,
    `<meta http-equiv="refresh" content="0;url=${escape(next)}">`,
  );
}

/**
 * The page for a response in the fragment, which only a page sees: it reports the names of the parameters, and the values of
 * state and error, but no token.
 */
export function fragmentPage(next: string, nonce: string): string {
  const script = `const p=new URLSearchParams(location.hash.slice(1)),q=new URLSearchParams({has:[...p.keys()].join(' ')});
for(const n of ['state','error','iss'])if(p.has(n))q.set(n,p.get(n));location.replace(${JSON.stringify(next)}+'?'+q)`;
  return page(
    'Checking',
    `<h1>Checking the sign-in</h1><p>This page goes on by itself.</p><script nonce="${nonce}">${script}</script>`,
  );
}

/** The header fields of the page, whose only script has this nonce. */
export function fragmentHeaders(nonce: string): Readonly<Record<string, string>> {
  const policy = `script-src 'nonce-${nonce}'; ${pageHeaders['Content-Security-Policy'] ?? ''}`;
  return { ...pageHeaders, 'Content-Security-Policy': policy };
}

/** The last page. */
export function donePage(): string {
  return page(
    'Done',
    `<h1>All checks are done</h1><p>You can close this page. The report is in your editor.</p>`,
  );
}

/** The page for a request that was not expected. */
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
