import { createServer, type ServerResponse } from 'node:http';
import type { DemoClient } from '../../../src/demo/clients.ts';
import { madeUpToken } from '../../../src/core/checks/tokenUse.ts';
import { close, listen } from '../../../src/demo/listen.ts';

/** One request to a small server of a test. */
export interface Asked {
  readonly path: string;
  readonly query: URLSearchParams;
  readonly form: URLSearchParams;
  readonly response: ServerResponse;
  /** Whether the redirect URI is the registered one; the port does not matter. */
  readonly registered: boolean;
}

export interface SmallServer {
  readonly origin: string;
  close: () => Promise<void>;
}

/** The client that every small server knows. */
export const known: DemoClient = {
  name: 'Known',
  grant: 'authorization_code',
  clientId: 'known',
  clientAuthentication: 'none',
  scopes: ['openid'],
  redirectUri: 'http://127.0.0.1/callback',
};

/** Starts a server that answers as `answer` says. */
export async function smallServer(answer: (asked: Asked) => void): Promise<SmallServer> {
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => (body += String(chunk)));
    request.on('end', () => {
      const url = new URL(request.url ?? '/', 'http://127.0.0.1');
      const uri = url.searchParams.get('redirect_uri') ?? '';
      const registered = /^http:\/\/127\.0\.0\.1(:\d+)?\/callback$/.test(uri);
      const form = new URLSearchParams(body);
      answer({ path: url.pathname, query: url.searchParams, form, response, registered });
    });
  });
  const origin = `http://127.0.0.1:${await listen(server, 0)}`;
  return { origin, close: () => close(server) };
}

/** Whether the access token is one that no server issued: what looks at tokens refuses it. */
export function isMadeUp({ response }: Asked): boolean {
  return response.req.headers.authorization === `Bearer ${madeUpToken}`;
}

/** Redirects to the client with these parameters and the state. */
export function respond({ query, response }: Asked, parameters: Readonly<Record<string, string>>): void {
  const target = new URL(query.get('redirect_uri') ?? '');
  for (const [name, value] of Object.entries(parameters)) target.searchParams.set(name, value);
  const state = query.get('state');
  if (state !== null) target.searchParams.set('state', state);
  redirect(response, target.href);
}

export function redirect(response: ServerResponse, location: string): void {
  response.writeHead(302, { location }).end();
}

export function page(
  response: ServerResponse,
  status: number,
  title: string,
  headers: Readonly<Record<string, string | string[]>> = {},
  /** Where its form leads. */
  action?: string,
): void {
  const form = action === undefined ? '' : `<form action="${action.replaceAll('&', '&amp;')}"></form>`;
  response
    .writeHead(status, { 'content-type': 'text/html', ...headers })
    .end(`<title>${title}</title>${form}`);
}

export function json(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
}
