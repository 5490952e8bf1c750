import type { Fault } from './fault.ts';
import { isAuthorization, isToken, onTokens } from './messages.ts';

export const hstsMissing: Fault = {
  id: 'hsts-missing',
  title: 'Lets browsers come by http.',
  layer: () => async (request, next) => {
    const response = await next(request);
    const headers = { ...response.headers };
    Reflect.deleteProperty(headers, 'strict-transport-security');
    return { ...response, headers };
  },
};

export const tokenEndpointFaults: readonly Fault[] = [
  {
    id: 'tokens-cacheable',
    title: 'Lets caches keep token responses.',
    layer: () => async (request, next) => {
      const response = await next(request);
      if (!isToken(request)) return response;
      return { ...response, headers: { ...response.headers, 'cache-control': 'max-age=60' } };
    },
  },
  {
    id: 'last-parameter-read',
    title: 'Uses the last of two parameters of an authorization request.',
    layer: () => (request, next) =>
      next(
        isAuthorization(request)
          ? { ...request, query: new URLSearchParams(Object.fromEntries(request.query)) }
          : request,
      ),
  },
  {
    id: 'token-type-missing',
    title: 'Leaves token_type out.',
    layer: onTokens(() => ({ token_type: undefined })),
  },
  {
    id: 'token-by-get',
    title: 'Takes token requests from the URL.',
    layer: () => (request, next) => {
      if (request.path !== '/token' || request.method !== 'GET') return next(request);
      const headers = { ...request.headers, 'content-type': 'application/x-www-form-urlencoded' };
      return next({ ...request, method: 'POST', query: new URLSearchParams(), form: request.query, headers });
    },
  },
  {
    id: 'token-parameters-twice',
    title: 'Uses the last of two parameters of a token request.',
    layer: () => (request, next) =>
      next(
        isToken(request)
          ? { ...request, form: new URLSearchParams(Object.fromEntries(request.form)) }
          : request,
      ),
  },
  {
    id: 'old-tls-spoken',
    title: 'Speaks TLS 1.0 and 1.1.',
    oldTls: true,
  },
  hstsMissing,
];
