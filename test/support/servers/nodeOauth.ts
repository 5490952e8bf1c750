import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import OAuth2Server from '@node-oauth/oauth2-server';
import { close, listen } from '../../../src/demo/listen.ts';

export interface NodeOauth {
  readonly origin: string;
  close: () => Promise<void>;
}

/** A client as `@node-oauth/oauth2-server` knows it. */
export interface NodeOauthClient {
  readonly id: string;
  readonly secret: string;
  readonly redirectUri: string;
  /** Both that the model knows, unless told. */
  readonly grants?: readonly string[];
}

/**
 * An authorization server of `@node-oauth/oauth2-server`, set up as its documentation says: the tokens in memory, a session
 * cookie in place of a password, and a userinfo endpoint. Whoever is not signed in gets the sign-in page, whatever is asked for.
 */
export async function nodeOauth(
  clients: readonly NodeOauthClient[],
  scopes: readonly string[],
): Promise<NodeOauth> {
  const oauth = new OAuth2Server({ model: model(clients, scopes), allowExtendedTokenAttributes: true });
  const sessions = new Set<string>();
  const server = createServer((incoming, outgoing) => {
    serve(incoming, outgoing).catch((error: unknown) => outgoing.writeHead(500).end(String(error)));
  });

  async function serve(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const url = new URL(incoming.url ?? '/', 'http://127.0.0.1');
    const request = new OAuth2Server.Request({
      headers: incoming.headers as Record<string, string>,
      method: incoming.method ?? 'GET',
      query: record(url.searchParams),
      body: record(new URLSearchParams(await textOf(incoming))),
    });
    const response = new OAuth2Server.Response();
    if (url.pathname === '/login') signIn(outgoing, url);
    else if (url.pathname === '/auth' && !sessions.has(sessionOf(incoming))) signInPage(outgoing, url);
    else if (url.pathname === '/auth')
      await answer(outgoing, response, () =>
        oauth.authorize(request, response, { authenticateHandler: { handle: () => ({ id: 'ada' }) } }),
      );
    else if (url.pathname === '/token')
      await answer(outgoing, response, () => oauth.token(request, response));
    else if (url.pathname === '/me')
      await answer(outgoing, response, async () => {
        await oauth.authenticate(request, response);
        response.body = { sub: 'ada' };
      });
    else outgoing.writeHead(404).end();
  }

  function signIn(outgoing: ServerResponse, url: URL): void {
    const session = randomBytes(16).toString('hex');
    sessions.add(session);
    outgoing.writeHead(303, { location: `/auth${url.search}`, 'set-cookie': `s=${session}; path=/` }).end();
  }

  return { origin: `http://127.0.0.1:${await listen(server, 0)}`, close: () => close(server) };
}

/** As express-oauth-server does it: what the library made of the response, or its error. */
async function answer(
  outgoing: ServerResponse,
  response: OAuth2Server.Response,
  work: () => Promise<unknown>,
): Promise<void> {
  try {
    await work();
    send(outgoing, response, response.status ?? 200, response.body);
  } catch (thrown) {
    if (!(thrown instanceof OAuth2Server.OAuthError)) throw thrown;
    const isRedirect = response.status === 302;
    const body = { error: thrown.name, error_description: thrown.message };
    send(outgoing, response, isRedirect ? 302 : thrown.code, body);
  }
}

function send(
  outgoing: ServerResponse,
  { headers = {} }: OAuth2Server.Response,
  status: number,
  body: unknown,
): void {
  outgoing.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}

function signInPage(outgoing: ServerResponse, url: URL): void {
  const action = `/login${url.search}`
    .replaceAll('&', '&amp;')
    .replaceAll('"', '&quot;')
    .replaceAll('<', '&lt;');
  outgoing.writeHead(200, { 'content-type': 'text/html', 'x-frame-options': 'DENY' });
  outgoing.end(`<title>Sign in</title><form method="post" action="${action}"><input name="login"></form>`);
}

function sessionOf({ headers }: IncomingMessage): string {
  return /s=(\w+)/.exec(headers.cookie ?? '')?.[1] ?? '';
}

/** As `qs` and Express do it: the last of two wins here. */
function record(parameters: URLSearchParams): Record<string, string> {
  return Object.fromEntries(parameters);
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text;
}

type Model = OAuth2Server.AuthorizationCodeModel & OAuth2Server.RefreshTokenModel;

function model(clients: readonly NodeOauthClient[], scopes: readonly string[]): Model {
  const codes = new Map<string, OAuth2Server.AuthorizationCode>();
  const byAccess = new Map<string, OAuth2Server.Token>();
  const byRefresh = new Map<string, OAuth2Server.Token>();
  return {
    // The library sends no secret where it only wants to know the client.
    getClient: (id, secret: string | null) => {
      const known = clients.find(
        (client) => client.id === id && (secret === null || client.secret === secret),
      );
      const { redirectUri = '', grants = ['authorization_code', 'refresh_token'] } = known ?? {};
      return Promise.resolve(known && { id, redirectUris: [redirectUri], grants: [...grants] });
    },
    validateScope: (_user, _client, scope) =>
      Promise.resolve(scope?.every((one) => scopes.includes(one)) === false ? false : (scope ?? [])),
    saveAuthorizationCode: (code, client, user) => {
      const saved = { ...code, client, user };
      codes.set(code.authorizationCode, saved);
      return Promise.resolve(saved);
    },
    getAuthorizationCode: (code) => Promise.resolve(codes.get(code)),
    revokeAuthorizationCode: ({ authorizationCode }) => Promise.resolve(codes.delete(authorizationCode)),
    saveToken: (token, client, user) => {
      const saved = { ...token, client, user };
      byAccess.set(token.accessToken, saved);
      if (token.refreshToken !== undefined) byRefresh.set(token.refreshToken, saved);
      return Promise.resolve(saved);
    },
    getAccessToken: (token) => Promise.resolve(byAccess.get(token)),
    getRefreshToken: (token) =>
      Promise.resolve(byRefresh.get(token) as OAuth2Server.RefreshToken | undefined),
    revokeToken: ({ refreshToken }) => Promise.resolve(byRefresh.delete(refreshToken)),
  };
}
