import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An authorization server whose every code and token is recognisable, and that throws what it was sent back at the client. */
export interface LeakServer {
  readonly url: string;
  /** Every code, verifier, token and other secret that went over the wire so far. */
  readonly secrets: ReadonlySet<string>;
  readonly accessTokens: ReadonlySet<string>;
  close: () => Promise<void>;
}

/** The token endpoints that fail, each in another way, with the whole request in the answer. */
export const failures = ['json', 'html', 'redirect', 'ok'] as const;

/** Starts it on loopback. */
export async function startLeakServer(): Promise<LeakServer> {
  const secrets = new Set<string>();
  const accessTokens = new Set<string>();
  let count = 0;
  const made = (kind: string) => {
    const value = `Leak+${kind}/${String(++count).padStart(4, '0')}~end`;
    secrets.add(value);
    return value;
  };
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    void read(request).then((body) => {
      const form = new URLSearchParams(body);
      for (const name of ['code_verifier', 'client_secret', 'refresh_token', 'code']) {
        const value = form.get(name);
        if (value !== null) secrets.add(value);
      }
      const failing = /^\/fail\/(\w+)$/.exec(url.pathname)?.[1];
      if (url.pathname === '/.well-known/openid-configuration') json(response, 200, metadata(base));
      else if (url.pathname === '/authorize') authorize(response, url, made('code'), base);
      else if (failing !== undefined)
        fail(response, failing, `${request.headers.authorization ?? ''} ${body} ${String(form)}`);
      else if (url.pathname === '/token') {
        const access_token = made('access');
        accessTokens.add(access_token);
        const refresh =
          form.get('grant_type') === 'client_credentials' ? {} : { refresh_token: made('refresh') };
        json(response, 200, { access_token, token_type: 'Bearer', expires_in: 3600, ...refresh });
      } else json(response, 404, { error: 'not_found' });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    secrets,
    accessTokens,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function metadata(base: string): object {
  return {
    issuer: base,
    authorization_endpoint: `${base}/authorize`,
    token_endpoint: `${base}/token`,
    response_types_supported: ['code'],
    code_challenge_methods_supported: ['S256'],
    authorization_response_iss_parameter_supported: true,
  };
}

function authorize(response: ServerResponse, url: URL, code: string, iss: string): void {
  const target = new URL(url.searchParams.get('redirect_uri') ?? '');
  target.searchParams.set('code', code);
  target.searchParams.set('state', url.searchParams.get('state') ?? '');
  target.searchParams.set('iss', iss);
  response.writeHead(302, { location: target.href }).end();
}

/** Each way repeats all it was sent, as careless servers do. */
function fail(response: ServerResponse, how: string, sent: string): void {
  const told = { error: 'invalid_client', error_description: `I was sent ${sent}` };
  if (how === 'json') json(response, 401, told);
  else if (how === 'ok') json(response, 200, told);
  else if (how === 'redirect')
    response.writeHead(302, { location: `/elsewhere?${encodeURIComponent(sent)}` }).end();
  else response.writeHead(500, { 'content-type': 'text/html' }).end(`<h1>Oops</h1><pre>${sent}</pre>`);
}

function json(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

async function read(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text;
}
