import { createServer, type Server } from 'node:http';
import { listen } from '../../src/demo/listen.ts';
import { pageText, themeStyles, type ThemeName } from './hostPage.ts';

/** Serves the built views on loopback: `/NAME/THEME` is the page of a view, `/host.css` what VS Code styles it with. */
export async function startViewServer(): Promise<{ origin: string; server: Server }> {
  let origin = '';
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', origin);
    const [, name = '', theme] = pathname.split('/');
    if (theme === undefined && name !== 'host.css') {
      response.writeHead(404).end();
      return;
    }
    response.setHeader('content-type', theme === undefined ? 'text/css' : 'text/html');
    // Views are opened many times.
    if (theme === undefined) response.setHeader('cache-control', 'max-age=3600');
    const content = theme === undefined ? themeStyles() : pageText(name, theme as ThemeName);
    content.then(
      (text) => response.end(text),
      () => response.writeHead(404).end(),
    );
  });
  origin = `http://127.0.0.1:${await listen(server, 0)}`;
  return { origin, server };
}
