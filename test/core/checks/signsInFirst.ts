import { createHash, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { close, listen } from '../../../src/demo/listen.ts';
import { json, page, redirect, type SmallServer } from './server.ts';

/** What such a server may get wrong. */
export interface Laxness {
  /** Whether it redirects to this URI; exactly the registered one, its port apart, by default. */
  readonly allows?: (uri: string) => boolean;
  /** Which of two parameters it reads; it refuses two by default. */
  readonly reads?: 'first' | 'last';
  /** Of two redirect URIs it checks this one and uses the other. */
  readonly checks?: 'first' | 'last';
  readonly challengeOptional?: boolean;
  readonly methods?: readonly string[];
  /** What the token endpoint takes a method for that does not exist; S256 by default. */
  readonly unknownAs?: 'plain' | 'nothing';
  readonly anyChallenge?: boolean;
  readonly implicit?: boolean;
  readonly iss?: boolean;
  /** Answers a wrong request at the redirect URI in place of its own page. */
  readonly errorsAtClient?: boolean;
  /** Says that a redirect URI is wrong at that very redirect URI. */
  readonly refusesAnywhere?: boolean;
  readonly errorState?: boolean;
  readonly framing?: boolean;
}

interface Grant {
  readonly challenge: string | null;
  readonly method: string | null;
  readonly redirectUri: string;
  used: boolean;
  /** Milliseconds since the epoch. */
  readonly at: number;
  accessTokens: string[];
  refreshToken?: string;
}

/**
 * An authorization server that signs in first and looks at the request then, ignores `prompt`, shows errors on its own page,
 * and takes only what a browser's navigation says; else as strict as can be.
 */
export async function signsInFirst(lax: Laxness = {}): Promise<SmallServer> {
  const sessions = new Set<string>();
  const grants = new Map<string, Grant>();
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => (body += String(chunk)));
    request.on('end', () => {
      const url = new URL(request.url ?? '/', origin);
      if (url.pathname === '/auth') authorize(request, response, url);
      else if (url.pathname === '/login') signIn(response, url);
      else if (url.pathname === '/token') token(response, new URLSearchParams(body));
      else if (url.pathname === '/me') userinfo(request, response);
      else page(response, 404, 'Not found');
    });
  });
  const origin = `http://127.0.0.1:${await listen(server, 0)}`;

  function signIn(response: ServerResponse, url: URL): void {
    const session = randomBytes(9).toString('hex');
    sessions.add(session);
    response.writeHead(303, { location: `/auth${url.search}`, 'set-cookie': `s=${session}; path=/` }).end();
  }

  function authorize(request: IncomingMessage, response: ServerResponse, url: URL): void {
    if (request.headers['sec-fetch-mode'] === 'cors') {
      json(response, 200, { redirect: true, url: '/login' });
      return;
    }
    const session = /s=(\w+)/.exec(request.headers.cookie ?? '')?.[1] ?? '';
    if (!sessions.has(session)) {
      const frames = lax.framing === true ? {} : { 'content-security-policy': "frame-ancestors 'none'" };
      response.writeHead(200, { 'content-type': 'text/html', ...frames });
      const action = `/login${url.search}`.replaceAll('&', '&amp;');
      response.end(
        `<title>Sign in</title><form method="post" action="${action}"><input name="login"></form>`,
      );
      return;
    }
    answer(response, url.searchParams);
  }

  function answer(response: ServerResponse, query: URLSearchParams): void {
    const uris = query.getAll('redirect_uri');
    const one = (which: 'first' | 'last' | undefined) => (which === 'last' ? uris.at(-1) : uris[0]) ?? '';
    const checked = one(lax.checks ?? lax.reads);
    const uri = lax.checks === undefined ? checked : one(lax.checks === 'first' ? 'last' : 'first');
    const allows = lax.allows ?? isRegistered;
    if (lax.refusesAnywhere === true && query.get('client_id') === 'known' && !allows(checked)) {
      go(response, uri, query, { error: 'invalid_request' });
      return;
    }
    const twice = uris.length !== 1 && lax.reads === undefined && lax.checks === undefined;
    if (twice || query.get('client_id') !== 'known' || !allows(checked)) {
      page(response, 400, 'Error');
      return;
    }
    const error = problem(query);
    const implicit = query.get('response_type') === 'token';
    if (error !== undefined && lax.errorsAtClient !== true) page(response, 400, 'Error');
    else if (error !== undefined) go(response, uri, query, { error });
    else if (implicit) go(response, uri, query, { access_token: 'implicit', token_type: 'Bearer' }, '#');
    else {
      const code = randomBytes(24).toString('hex');
      const [challenge, method] = [query.get('code_challenge'), query.get('code_challenge_method')];
      grants.set(code, {
        challenge,
        method,
        redirectUri: uri,
        used: false,
        at: Date.now(),
        accessTokens: [],
      });
      go(response, uri, query, { code });
    }
  }

  function problem(query: URLSearchParams): string | undefined {
    const type = query.get('response_type');
    if (type !== 'code' && !(type === 'token' && lax.implicit === true)) return 'unsupported_response_type';
    const challenge = query.get('code_challenge');
    const method = query.get('code_challenge_method');
    if (challenge === null) return lax.challengeOptional === true ? undefined : 'invalid_request';
    if (!(lax.methods ?? ['S256']).includes(method ?? '')) return 'invalid_request';
    return lax.anyChallenge === true || /^[\w-]{43}$/.test(challenge) ? undefined : 'invalid_request';
  }

  function go(
    response: ServerResponse,
    uri: string,
    query: URLSearchParams,
    parameters: Record<string, string>,
    sign = '?',
  ): void {
    const { error } = parameters;
    const state = error !== undefined && lax.errorState === false ? null : query.get('state');
    const all = new URLSearchParams({
      ...parameters,
      ...(state === null ? {} : { state }),
      ...(lax.iss === false ? {} : { iss: origin }),
    });
    const [address = '', fragment = ''] = uri.split('#');
    const separator = sign === '?' && address.includes('?') ? '&' : sign;
    redirect(response, `${address}${separator}${all.toString()}${fragment === '' ? '' : `#${fragment}`}`);
  }

  function token(response: ServerResponse, form: URLSearchParams): void {
    response.setHeader('cache-control', 'no-store');
    const type = form.get('grant_type');
    if (new Set(form.keys()).size < [...form.keys()].length) {
      json(response, 400, { error: 'invalid_request' });
      return;
    }
    if (type === 'refresh_token') refresh(response, form);
    else if (type !== 'authorization_code') json(response, 400, { error: 'unsupported_grant_type' });
    else {
      const grant = grants.get(form.get('code') ?? '');
      if (grant?.used === true) end(grant);
      if (grant === undefined || grant.used || !fits(grant, form))
        json(response, 400, { error: 'invalid_grant' });
      else {
        grant.used = true;
        issue(response, grant);
      }
    }
  }

  function fits({ challenge, method, redirectUri, at }: Grant, form: URLSearchParams): boolean {
    if (Date.now() - at > 60_000) return false;
    const verifier = form.get('code_verifier');
    if (form.get('redirect_uri') !== redirectUri || form.get('client_id') !== 'known') return false;
    if (challenge === null) return verifier === null;
    if (verifier === null) return false;
    const known = method === 'S256' || method === 'plain';
    if (!known && lax.unknownAs === 'nothing') return false;
    return (
      challenge ===
      (method === 'plain' || (!known && lax.unknownAs === 'plain')
        ? verifier
        : createHash('sha256').update(verifier).digest('base64url'))
    );
  }

  function refresh(response: ServerResponse, form: URLSearchParams): void {
    const sent = form.get('refresh_token') ?? '';
    const [id = ''] = sent.split('.');
    const grant = [...grants.entries()].find(([code]) => code === id)?.[1];
    if (grant?.refreshToken !== sent || form.get('client_id') !== 'known') {
      if (grant !== undefined) end(grant);
      json(response, 400, { error: 'invalid_grant' });
    } else if ((form.get('scope') ?? 'openid').split(' ').some((scope) => scope !== 'openid'))
      json(response, 400, { error: 'invalid_scope' });
    else issue(response, grant);
  }

  function issue(response: ServerResponse, grant: Grant): void {
    const id = [...grants].find(([, one]) => one === grant)?.[0] ?? '';
    const accessToken = randomBytes(16).toString('hex');
    grant.accessTokens = [...grant.accessTokens, accessToken];
    grant.refreshToken = `${id}.${randomBytes(16).toString('hex')}`;
    json(response, 200, {
      access_token: accessToken,
      token_type: 'Bearer',
      expires_in: 3600,
      refresh_token: grant.refreshToken,
      scope: 'openid',
    });
  }

  function userinfo(request: IncomingMessage, response: ServerResponse): void {
    const sent = /^Bearer (.*)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
    const good = [...grants.values()].some(({ accessTokens }) => accessTokens.includes(sent));
    if (!good) response.setHeader('www-authenticate', 'Bearer error="invalid_token"');
    json(response, good ? 200 : 401, good ? { sub: 'ada' } : { error: 'invalid_token' });
  }

  return { origin, close: () => close(server) };
}

function end(grant: Grant): void {
  grant.accessTokens = [];
  delete grant.refreshToken;
}

/** The registered redirect URI, with any port. */
export function isRegistered(uri: string): boolean {
  return /^http:\/\/127\.0\.0\.1(?::\d+)?\/callback$/.test(uri);
}
