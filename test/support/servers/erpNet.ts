import { createHash, randomBytes } from 'node:crypto';
import {
  bearerOf,
  formOf,
  startStandIn,
  type Answer,
  type SeenRequest,
  type StandIn,
  type StandInOptions,
} from './standIn.ts';

/** A Trusted Application record, with the attributes that its documentation names. */
export interface TrustedApplication {
  /** Used as `client_id`; may hold a slash. */
  readonly ApplicationUri: string;
  readonly ClientType: 'Confidential' | 'Public';
  /** base64 of the SHA-256 of the secret; the server never holds the secret itself. */
  readonly ApplicationSecretHash?: string;
  readonly SystemUserAllowed: boolean;
  readonly SystemUser?: string;
  /** Separated by blanks. */
  readonly Scope: string;
  readonly IsEnabled: boolean;
  readonly ImpersonateLoginUrl?: string;
}

export interface ErpNetServer extends StandIn {
  /** Change a record and the next request sees it. */
  readonly applications: Map<string, TrustedApplication>;
  /** Makes every access token issued so far answer 401 at the API. */
  expireTokens: () => void;
  /** Makes every refresh token issued so far invalid. */
  revokeRefreshTokens: () => void;
}

/** `base64(sha256(secret))`, as the documentation has it. */
export function applicationSecretHash(secret: string): string {
  return createHash('sha256').update(secret).digest('base64');
}

interface Code {
  readonly client: string;
  readonly redirectUri: string;
  readonly challenge: string;
  readonly scope: string;
}

class ErpNet {
  readonly applications = new Map<string, TrustedApplication>();
  readonly #codes = new Map<string, Code>();
  readonly #access = new Set<string>();
  readonly #refresh = new Map<string, { client: string; scope: string }>();

  expireTokens(): void {
    this.#access.clear();
  }

  revokeRefreshTokens(): void {
    this.#refresh.clear();
  }

  answer(request: SeenRequest, origin: string): Answer {
    const { method, path } = request;
    if (method === 'GET' && path === '/id/.well-known/openid-configuration') return metadata(origin);
    if (method === 'GET' && path === '/id/connect/authorize') return this.#authorize(request);
    if (method === 'POST' && path === '/id/connect/token') return this.#token(request);
    if (path === '/api/domain/odata/Crm_Customers') return this.#customers(request);
    return { status: 404, body: 'Not found' };
  }

  #authorize({ query }: SeenRequest): Answer {
    const client = query.get('client_id') ?? '';
    const redirectUri = query.get('redirect_uri') ?? '';
    const application = this.applications.get(client);
    if (application?.IsEnabled !== true) return page('unauthorized_client');
    // Exactly, upper and lower case included; the error is shown, the browser is not sent back.
    if (application.ImpersonateLoginUrl !== redirectUri) return page('invalid_redirect_uri');
    const back = (parameters: Record<string, string>): Answer => {
      const state = query.get('state');
      const url = new URL(redirectUri);
      for (const [name, value] of Object.entries({ ...parameters, ...(state ? { state } : {}) }))
        url.searchParams.set(name, value);
      return { status: 302, headers: { location: url.href } };
    };
    const scope = query.get('scope') ?? '';
    if (!allowed(scope, application)) return back({ error: 'invalid_scope' });
    const challenge = query.get('code_challenge');
    if (challenge === null || query.get('code_challenge_method') !== 'S256')
      return back({ error: 'invalid_request', error_description: 'PKCE with S256 is required' });
    const code = random();
    this.#codes.set(code, { client, redirectUri, challenge, scope });
    return back({ code });
  }

  #token(request: SeenRequest): Answer {
    const form = formOf(request);
    if (!form) return failure('invalid_request', 'Missing client_id');
    // Form fields only: an Authorization header is not looked at.
    const client = form.get('client_id');
    if (!client) return failure('invalid_request', 'Missing client_id');
    const grant = form.get('grant_type') ?? '';
    return grant === 'client_credentials'
      ? this.#service(client, form)
      : grant === 'authorization_code' || grant === 'refresh_token'
        ? this.#interactive(client, grant, form)
        : failure('unsupported_grant_type', `Unsupported grant type: ${grant}`);
  }

  #service(client: string, form: URLSearchParams): Answer {
    const secret = form.get('client_secret');
    if (secret === null) return failure('invalid_request', 'Missing client_secret');
    if (secret === '') return failure('invalid_grant', 'Client credentials are invalid or missing');
    const application = this.#authenticated(client, secret);
    if (application?.ClientType !== 'Confidential')
      return failure('invalid_client', 'Invalid client_id or client_secret');
    if (!application.SystemUserAllowed || application.SystemUser === undefined)
      return failure('unauthorized_client', 'The client is not authorized to use this grant type');
    const scope = form.get('scope') ?? application.Scope;
    const unknown = scope.split(' ').find((one) => one !== '' && !allowed(one, application));
    if (unknown !== undefined) return failure('invalid_scope', `Invalid scope: ${unknown}`);
    return { status: 200, body: this.#issue(scope) };
  }

  #interactive(client: string, grant: string, form: URLSearchParams): Answer {
    const secret = form.get('client_secret');
    const application = this.applications.get(client);
    if (application?.IsEnabled !== true)
      return failure('unauthorized_client', 'Unknown or disabled application');
    const wrong =
      application.ClientType === 'Public' ? secret !== null : !this.#authenticated(client, secret ?? '');
    if (wrong) return failure('invalid_client', 'Invalid client credentials');
    return grant === 'refresh_token' ? this.#renew(client, form) : this.#redeem(client, form);
  }

  #redeem(client: string, form: URLSearchParams): Answer {
    const code = this.#codes.get(form.get('code') ?? '');
    this.#codes.delete(form.get('code') ?? '');
    if (code?.client !== client || code.redirectUri !== form.get('redirect_uri'))
      return failure('invalid_grant', 'The code is expired, was used, or the redirect_uri differs');
    const verifier = form.get('code_verifier') ?? '';
    if (createHash('sha256').update(verifier).digest('base64url') !== code.challenge)
      return failure('invalid_grant', 'PKCE verification failed');
    return { status: 200, body: this.#issue(code.scope, client) };
  }

  #renew(client: string, form: URLSearchParams): Answer {
    const token = form.get('refresh_token') ?? '';
    const known = this.#refresh.get(token);
    if (known?.client !== client) return failure('invalid_grant', 'refresh token is expired or invalid');
    this.#refresh.delete(token);
    return { status: 200, body: this.#issue(known.scope, client) };
  }

  #issue(scope: string, client?: string): object {
    const access = random();
    this.#access.add(access);
    const response = { access_token: access, expires_in: 3600, token_type: 'Bearer', scope };
    // A refresh token only for users who granted offline access, never for client credentials.
    if (client === undefined || !scope.split(' ').includes('offline_access')) return response;
    const refresh = random();
    this.#refresh.set(refresh, { client, scope });
    return { ...response, refresh_token: refresh };
  }

  #customers(request: SeenRequest): Answer {
    const token = bearerOf(request);
    if (token === undefined || !this.#access.has(token))
      return { status: 401, headers: { 'www-authenticate': 'Bearer' }, body: '' };
    return { status: 200, body: { value: [{ Number: 'C-1', Name: 'Ada Ltd.' }] } };
  }

  #authenticated(client: string, secret: string): TrustedApplication | undefined {
    const application = this.applications.get(client);
    const fits = application?.ApplicationSecretHash === applicationSecretHash(secret);
    return fits && application.IsEnabled ? application : undefined;
  }
}

/** Starts the ERP.net Identity Server and Domain API of one instance, as its documents describe them. */
export async function startErpNet(
  applications: readonly TrustedApplication[],
  options: StandInOptions = {},
): Promise<ErpNetServer> {
  const server = new ErpNet();
  for (const application of applications) server.applications.set(application.ApplicationUri, application);
  const standIn = await startStandIn((request, origin) => server.answer(request, origin), options);
  return {
    ...standIn,
    applications: server.applications,
    expireTokens: () => server.expireTokens(),
    revokeRefreshTokens: () => server.revokeRefreshTokens(),
  };
}

function metadata(origin: string): Answer {
  const issuer = `${origin}/id`;
  return {
    status: 200,
    body: {
      issuer,
      token_endpoint: `${issuer}/connect/token`,
      authorization_endpoint: `${issuer}/connect/authorize`,
      grant_types_supported: ['authorization_code', 'refresh_token', 'client_credentials'],
      token_endpoint_auth_methods_supported: ['client_secret_post', 'none'],
      code_challenge_methods_supported: ['S256'],
      response_types_supported: ['code'],
      scopes_supported: ['openid', 'profile', 'offline_access', 'read', 'update', 'DomainApi'],
    },
  };
}

function allowed(scope: string, application: TrustedApplication): boolean {
  const defined = application.Scope.split(' ');
  return scope.split(' ').every((one) => one === '' || defined.includes(one));
}

function failure(error: string, error_description: string): Answer {
  return { status: error === 'invalid_client' ? 401 : 400, body: { error, error_description } };
}

function page(error: string): Answer {
  return {
    status: 400,
    headers: { 'content-type': 'text/html' },
    body: `<!doctype html><title>Error</title><p>${error}</p>`,
  };
}

function random(): string {
  return randomBytes(24).toString('base64url');
}
