import { randomBytes } from 'node:crypto';

export interface ViewPage {
  readonly title: string;
  /** What the page runs and the style sheet of its icons; both are ours and hold nothing that ends their elements. */
  readonly script: string;
  readonly icons: string;
  /** What it draws at once; without one it waits for a message. */
  readonly model?: unknown;
}

/**
 * The page of a view: all that it needs is in it, as every file that it fetched would come late, by way of a service worker. Its
 * policy lets nothing run or style it but what is there. Lit adopts constructed style sheets, which no policy governs.
 */
export function viewPage({ title, script, icons, model }: ViewPage): string {
  const nonce = randomBytes(16).toString('base64');
  const policy = `default-src 'none'; script-src 'nonce-${nonce}'; style-src 'nonce-${nonce}'; font-src data:; base-uri 'none'; form-action 'none'`;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title.replace(/[<&]/g, '')}</title>
<style nonce="${nonce}">${icons}</style>
${model === undefined ? '' : `<script type="application/json" id="model">${JSON.stringify(model).replaceAll('<', '\\u003c')}</script>`}
<script type="module" nonce="${nonce}">${script}</script>
</head>
<body></body>
</html>`;
}
