import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { checks } from '../../src/core/checks/all.ts';
import { known, json, redirect, respond, smallServer, type Asked } from '../core/checks/server.ts';
import { serverOf, trial } from '../core/checks/support.ts';
import { useViews } from './view.ts';

/** How a server that signs everybody in first writes what was sent into its error page. */
interface Written {
  readonly type: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly state: (state: string) => string;
}

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

/** Signs in by a cookie at once, and looks at the request then. */
const server =
  ({ type, headers, state }: Written) =>
  (asked: Asked) => {
    const { path, query, response, registered } = asked;
    const { url = '/', headers: sent } = response.req;
    if (path === '/token') json(response, 200, { access_token: 'a', token_type: 'Bearer' });
    else if (path === '/login')
      response
        .writeHead(302, { location: url.replace('/login', '/auth'), 'set-cookie': 's=1; Path=/' })
        .end();
    else if (path !== '/auth') response.writeHead(404).end();
    else if (sent.cookie?.includes('s=1') !== true) redirect(response, url.replace('/auth', '/login'));
    else if (registered && query.get('response_type') === 'code') respond(asked, { code: 'a-code' });
    else
      response
        .writeHead(400, { 'content-type': type, ...headers })
        .end(`<!doctype html><title>Error</title><p>Wrong: ${state(query.get('state') ?? '')}</p>`);
  };

describe('what a server’s error page runs of a request, in a real browser', { concurrency: false }, () => {
  const views = useViews();
  const html = 'text/html; charset=utf-8';
  const asIs = (text: string) => text;

  for (const [how, written, verdict] of [
    ['as it is', { type: html, state: asIs }, 'fail'],
    ['escaped', { type: html, state: escaped }, 'pass'],
    ['within a text that no browser reads as a page', { type: 'text/plain', state: asIs }, 'pass'],
  ] as const satisfies readonly (readonly [string, Written, string])[])
    it(`${how}: ${verdict}`, async () => {
      const { page: any } = await views.open('token');
      const context = await any.context().browser()?.newContext();
      assert.ok(context);
      const page = await context.newPage();
      /** What a person would wait for: an error, on a page that does not lead on by itself. */
      const showsError = () =>
        page.waitForFunction(
          () =>
            (document.title === 'Error' || document.contentType === 'text/plain') &&
            document.querySelector('meta[http-equiv="refresh" i]') === null,
          undefined,
          { timeout: 0 },
        );
      const small = await smallServer(server(written));
      const { origin } = small;
      try {
        const { results } = await trial({
          ...{ issuer: origin, client: known },
          checks: checks.filter(({ id }) => id === 'response.error-reflection'),
          context: {
            server: serverOf(origin),
            browser: {
              open: async (url) => {
                await page.goto('about:blank');
                void page.goto(url).catch(() => undefined);
                return true;
              },
            },
            patience: 50,
            progress: (event) => {
              if (event.kind !== 'away') return;
              showsError().then(
                () => event.tell('error'),
                () => undefined,
              );
            },
          },
        });
        assert.equal(results[0]?.verdict, verdict, results[0]?.meaning);
      } finally {
        await context.close();
        await small.close();
      }
    });
});
