import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { oauthProvider } from '@better-auth/oauth-provider';
import { betterAuth, type BetterAuthPlugin } from 'better-auth';
import { memoryAdapter } from 'better-auth/adapters/memory';
import { toNodeHandler } from 'better-auth/node';
import { jwt } from 'better-auth/plugins';
import { close, listen } from '../../../src/demo/listen.ts';

/** A client to register; a loopback redirect URI makes it a native one for better-auth. */
interface BetterAuthClient {
  readonly redirectUri: string;
  readonly authentication: 'client_secret_basic' | 'none';
}

export interface BetterAuth {
  readonly origin: string;
  /** Of the authorization server. */
  readonly issuer: string;
  /** Registers a client that needs no consent. */
  register: (
    client: BetterAuthClient,
  ) => Promise<{ readonly clientId: string; readonly clientSecret?: string }>;
  close: () => Promise<void>;
}

const tables = [
  ...[
    'user',
    'session',
    'account',
    'verification',
    'jwks',
    'oauthClient',
    'oauthResource',
    'oauthClientResource',
  ],
  ...['oauthRefreshToken', 'oauthAccessToken', 'oauthConsent', 'oauthClientAssertion'],
];

/** What better-auth adds to the request that it sends the sign-in page. */
const added = /^(?:exp|sig|ba_.*)$/;

/** better-auth with its OAuth provider as it comes, in memory, with a sign-in page that signs everybody in as one user. */
export async function startBetterAuth(): Promise<BetterAuth> {
  const server = createServer();
  const origin = `http://127.0.0.1:${await listen(server, 0)}`;
  const silenceWarnings = { oauthAuthServerConfig: true, openidConfig: true };
  const provider = oauthProvider({ loginPage: '/sign-in', consentPage: '/consent', silenceWarnings });
  const auth = betterAuth({
    baseURL: origin,
    secret: randomBytes(32).toString('hex'),
    database: memoryAdapter(Object.fromEntries(tables.map((table) => [table, []]))),
    telemetry: { enabled: false },
    // The checks ask often.
    rateLimit: { enabled: false },
    emailAndPassword: { enabled: true },
    // Its types are not made for exactOptionalPropertyTypes.
    plugins: [jwt(), provider as unknown as BetterAuthPlugin],
  });
  const user = { email: 'ada@example.com', password: randomBytes(16).toString('hex'), name: 'Ada' };
  const signedUp = await auth.api.signUpEmail({ body: user, asResponse: true });
  const cookie = signedUp.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
  const handle = toNodeHandler(auth);
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    const url = new URL(request.url ?? '/', origin);
    if (url.pathname !== '/sign-in') void handle(request, response);
    else if (request.method === 'GET') signInPage(response, url);
    else void signIn(response, url);
  });

  async function signIn(response: ServerResponse, url: URL): Promise<void> {
    const { headers } = await auth.api.signInEmail({ body: user, asResponse: true });
    for (const name of [...url.searchParams.keys()]) if (added.test(name)) url.searchParams.delete(name);
    const location = `/api/auth/oauth2/authorize${url.search}`;
    response.writeHead(303, { location, 'set-cookie': headers.getSetCookie() }).end();
  }

  return {
    origin,
    issuer: `${origin}/api/auth`,
    async register({ redirectUri, authentication }) {
      const api = auth.api as unknown as OAuthApi;
      const registered = await api.adminCreateOAuthClient({
        headers: new Headers({ cookie }),
        body: {
          redirect_uris: [redirectUri],
          token_endpoint_auth_method: authentication,
          application_type: 'native',
          grant_types: ['authorization_code', 'refresh_token'],
          response_types: ['code'],
          scope: 'openid profile offline_access',
          skip_consent: true,
        },
      });
      const { client_id: clientId, client_secret: clientSecret } = registered;
      return { clientId, ...(clientSecret === undefined ? {} : { clientSecret }) };
    },
    close: () => close(server),
  };
}

/** What the provider adds to `auth.api`, as far as it is used here. */
interface OAuthApi {
  adminCreateOAuthClient: (request: {
    readonly headers: Headers;
    readonly body: Readonly<Record<string, unknown>>;
  }) => Promise<{ readonly client_id: string; readonly client_secret?: string }>;
}

function signInPage(response: ServerResponse, url: URL): void {
  const action = `/sign-in${url.search}`
    .replaceAll('&', '&amp;')
    .replaceAll('"', '&quot;')
    .replaceAll('<', '&lt;');
  response.writeHead(200, { 'content-type': 'text/html', 'x-frame-options': 'DENY' });
  response.end(`<title>Sign in</title><form method="post" action="${action}"><input name="x"></form>`);
}
