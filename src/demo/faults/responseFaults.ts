import type { Fault } from './fault.ts';
import { isAuthorization, members, onAuthorizationResponse, onTokens, withQuery } from './messages.ts';

export const privateKeyPublished: Fault = {
  id: 'private-key-published',
  title: 'Publishes the private half of a key in its key set.',
  layer: () => {
    // Not one that anything is signed with: the demo server's own stays its own.
    const made = crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify']);
    return async (request, next) => {
      const response = await next(request);
      const { keys } = members(response);
      if (request.path !== '/jwks' || !Array.isArray(keys)) return response;
      const leaked = { ...(await crypto.subtle.exportKey('jwk', (await made).privateKey)), kid: 'leaked' };
      return { ...response, body: JSON.stringify({ keys: [...Array.from<unknown>(keys), leaked] }) };
    };
  },
};

export const responseFaults: readonly Fault[] = [
  {
    id: 'state-cut-off',
    title: 'Returns only the first 64 characters of the state.',
    layer: onAuthorizationResponse((url) => {
      const state = url.searchParams.get('state');
      if (state !== null) url.searchParams.set('state', state.slice(0, 64));
    }),
  },
  {
    id: 'state-missing-on-errors',
    title: 'Leaves the state out of errors.',
    layer: onAuthorizationResponse((url) => {
      if (url.searchParams.has('error')) url.searchParams.delete('state');
    }),
  },
  {
    id: 'issuer-missing',
    title: 'Leaves iss out of authorization responses.',
    layer: onAuthorizationResponse((url) => url.searchParams.delete('iss')),
  },
  {
    id: 'issuer-wrong',
    title: 'Names another issuer in authorization responses.',
    layer: onAuthorizationResponse((url) => url.searchParams.set('iss', 'https://other-server.example')),
  },
  {
    id: 'framing-allowed',
    title: 'Lets its sign-in page be put into a frame.',
    layer: () => async (request, next) => {
      const response = await next(request);
      const headers = { ...response.headers };
      for (const name of ['content-security-policy', 'x-frame-options'])
        Reflect.deleteProperty(headers, name);
      return { ...response, headers };
    },
  },
  {
    id: 'referrer-leaks',
    title: 'Lets browsers tell other hosts the address of the sign-in page.',
    layer: () => async (request, next) => {
      const response = await next(request);
      return { ...response, headers: { ...response.headers, 'referrer-policy': 'unsafe-url' } };
    },
  },
  {
    id: 'error-page-reflects',
    title: 'Shows the state of a wrong request on the error page as it is.',
    layer: () => async (request, next) => {
      const response = await next(request);
      if (!isAuthorization(request) || response.status < 400) return response;
      return { ...response, body: `${response.body}<p>${request.query.get('state') ?? ''}</p>` };
    },
  },
  {
    id: 'cors-at-authorization',
    title: 'Lets scripts of every page read the answers of the authorization endpoint.',
    layer: () => async (request, next) => {
      const response = await next(request);
      if (!isAuthorization(request)) return response;
      return { ...response, headers: { ...response.headers, 'access-control-allow-origin': '*' } };
    },
  },
  {
    id: 'nonce-dropped',
    title: 'Issues id_tokens without the nonce.',
    layer: () => (request, next) =>
      next(isAuthorization(request) ? withQuery(request, { nonce: undefined }) : request),
  },
  {
    id: 'id-token-unsigned',
    title: 'Issues id_tokens without a signature.',
    layer: onTokens(({ id_token: token }) => {
      if (typeof token !== 'string') return {};
      const header = Buffer.from('{"alg":"none"}').toString('base64url');
      return { id_token: `${header}.${token.split('.')[1] ?? ''}.` };
    }),
  },
  {
    id: 'id-token-forged',
    title: 'Issues id_tokens whose signature does not fit.',
    layer: onTokens(({ id_token: token }) => {
      if (typeof token !== 'string') return {};
      const [header = '', payload = '', signature = ''] = token.split('.');
      const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as object;
      const other = Buffer.from(JSON.stringify({ ...claims, sub: 'somebody else' })).toString('base64url');
      return { id_token: `${header}.${other}.${signature}` };
    }),
  },
  privateKeyPublished,
];
