import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { listen } from '../../src/demo/listen.ts';
import { root } from '../support/folders.ts';
import { pageText, themeStyles, type ThemeName } from './hostPage.ts';

const types: Readonly<Record<string, string>> = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.woff2': 'font/woff2',
};

/** Serves the built views on loopback: `/NAME/THEME` is the page of a view, the rest lies in `dist/webview`. */
export async function startViewServer(): Promise<{ origin: string; server: Server }> {
  let origin = '';
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', origin);
    const [, name = '', theme] = pathname.split('/');
    if (theme !== undefined) {
      response.setHeader('content-type', 'text/html');
      response.end(pageText(origin, name, theme as ThemeName));
      return;
    }
    // Views are opened many times; the browser keeps their scripts, compiled.
    response.setHeader('cache-control', 'max-age=3600');
    response.setHeader('content-type', types[extname(name)] ?? 'application/octet-stream');
    const file = join(root, 'dist', 'webview', normalize(pathname));
    const content = name === 'host.css' ? themeStyles() : readFile(file);
    content.then(
      (bytes) => response.end(bytes),
      () => response.writeHead(404).end(),
    );
  });
  origin = `http://127.0.0.1:${await listen(server, 0)}`;
  return { origin, server };
}
