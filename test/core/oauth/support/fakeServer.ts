import type { TestContext } from 'node:test';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { json, serve } from './serve.ts';

/** What a test changes in the behaviour of the fake server. */
export interface FakeServerOptions {
  /** Replaces or removes members of the metadata. */
  readonly metadata?: Record<string, unknown>;
  /** Parameters of the redirect; gets those of the authorization request. */
  readonly redirect?: (request: URLSearchParams, issuer: string) => Record<string, string>;
  /** Replaces the claims of the id_token. */
  readonly claims?: Record<string, unknown>;
  /** Makes another id_token of the right one. */
  readonly idToken?: (token: string) => string;
  /** Replaces the whole token response. */
  readonly token?: (form: URLSearchParams) => { status?: number; body: unknown };
  /** Told when the token endpoint is asked; the answer waits for it. */
  readonly beforeToken?: () => Promise<void>;
  readonly keys?: unknown[];
}

export interface FakeServer {
  readonly issuer: string;
  /** The targets of all authorization requests, as they came. */
  readonly authorizations: string[];
  /** The forms of all token requests. */
  readonly tokenRequests: URLSearchParams[];
}

/** An authorization server that signs in whoever comes, and errs as it is told. */
export async function fakeServer(context: TestContext, options: FakeServerOptions = {}): Promise<FakeServer> {
  const { privateKey, publicKey } = await generateKeyPair('ES256');
  const jwk = { ...(await exportJWK(publicKey)), kid: 'k1', alg: 'ES256', use: 'sig' };
  const authorizations: string[] = [];
  const tokenRequests: URLSearchParams[] = [];
  let nonce: string | undefined;
  const idToken = async (issuer: string): Promise<string> => {
    const claims = {
      sub: 'ada',
      ...(nonce === undefined ? {} : { nonce }),
      iss: issuer,
      aud: 'native-client',
    };
    const now = Math.floor(Date.now() / 1000);
    const signed = new SignJWT({ ...claims, iat: now, exp: now + 300, ...options.claims });
    const token = await signed.setProtectedHeader({ alg: 'ES256', kid: 'k1' }).sign(privateKey);
    return options.idToken?.(token) ?? token;
  };
  const issuer = await serve(context, (request, response) => {
    const url = new URL(request.url ?? '/', issuer);
    switch (url.pathname) {
      case '/.well-known/openid-configuration': {
        json(response, {
          issuer,
          authorization_endpoint: `${issuer}/authorize?tenant=a%20b`,
          token_endpoint: `${issuer}/token`,
          jwks_uri: `${issuer}/jwks`,
          id_token_signing_alg_values_supported: ['ES256', 'HS256'],
          ...options.metadata,
        });
        return;
      }
      case '/jwks': {
        json(response, { keys: options.keys ?? [jwk] });
        return;
      }
      case '/authorize': {
        authorizations.push(request.url ?? '');
        nonce = url.searchParams.get('nonce') ?? undefined;
        const target = new URL(url.searchParams.get('redirect_uri') ?? '');
        const state = url.searchParams.get('state') ?? '';
        const parameters = options.redirect?.(url.searchParams, issuer) ?? {
          code: 'SplxlOBeZQQYbYS6WxSbIA',
          state,
        };
        for (const [name, value] of Object.entries(parameters)) target.searchParams.append(name, value);
        return void response.writeHead(302, { location: target.href }).end();
      }
      case '/token': {
        let body = '';
        request.on('data', (chunk) => (body += String(chunk)));
        return void request.on('end', () => {
          const form = new URLSearchParams(body);
          tokenRequests.push(form);
          void (options.beforeToken?.() ?? Promise.resolve()).then(async () => {
            const answer = options.token?.(form);
            if (answer !== undefined) {
              json(response, answer.body, answer.status);
              return;
            }
            const token = { access_token: 'mF_9.B5f-4.1JqM', token_type: 'Bearer', expires_in: 300 };
            json(response, { ...token, id_token: await idToken(issuer) });
          });
        });
      }
      default:
        return void response.writeHead(404).end();
    }
  });
  return { issuer, authorizations, tokenRequests };
}
