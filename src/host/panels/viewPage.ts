import { randomBytes } from 'node:crypto';

export interface ViewPage {
  readonly title: string;
  /** The page's script and the style sheet of its icons; both are ours, and contain nothing that would end their elements. */
  readonly script: string;
  readonly icons: string;
  /** The model that it draws at once; without one it waits for a message. */
  readonly model?: unknown;
}

/**
 * The HTML of a view, with everything it needs inline: a file would come late, through a service worker. Its content security
 * policy allows these scripts and styles only; constructed style sheets, which Lit uses, are not subject to it.
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
