import type { DemoClient } from '../clients.ts';
import type { Fault } from './fault.ts';
import {
  authenticatedAs,
  bearerOf,
  clientOf,
  isRevocation,
  issuedTokens,
  isToken,
  isUserinfo,
  onTokens,
  tokenError,
  withQuery,
} from './messages.ts';

export const tokenFaults: readonly Fault[] = [
  {
    id: 'revocation-ignored',
    title: 'Says that it revokes tokens, and does not.',
    layer: () => (request, next) =>
      isRevocation(request) ? Promise.resolve({ status: 200, headers: {}, body: '' }) : next(request),
  },
  {
    id: 'revocation-keeps-access',
    title: 'Revokes a refresh token and leaves its access token.',
    layer: () => {
      const refreshTokens = new Set<string>();
      const ended = new Set<string>();
      return async (request, next) => {
        const token = request.form.get('token') ?? '';
        if (isRevocation(request) && refreshTokens.has(token)) {
          ended.add(token);
          return { status: 200, headers: {}, body: '' };
        }
        if (isToken(request) && ended.has(request.form.get('refresh_token') ?? ''))
          return tokenError('invalid_grant');
        const response = await next(request);
        const { refreshToken } = issuedTokens(request, response);
        if (refreshToken !== undefined) refreshTokens.add(refreshToken);
        return response;
      };
    },
  },
  {
    id: 'revocation-for-any-client',
    title: 'Revokes tokens for every client that asks.',
    layer: ({ clients }) => {
      const owners = new Map<string, DemoClient>();
      return async (request, next) => {
        const owner = owners.get(request.form.get('token') ?? '');
        if (isRevocation(request) && owner !== undefined && clientOf(request, clients) !== owner)
          return next(authenticatedAs(request, owner));
        const response = await next(request);
        const client = clientOf(request, clients);
        const { accessToken } = issuedTokens(request, response);
        if (accessToken !== undefined && client !== undefined) owners.set(accessToken, client);
        return response;
      };
    },
  },
  {
    id: 'revocation-open',
    title: 'Revokes tokens for whoever names the client.',
    layer:
      ({ clients }) =>
      (request, next) => {
        const client = clientOf(request, clients);
        const open =
          isRevocation(request) && client !== undefined && request.headers['authorization'] === undefined;
        return next(open ? authenticatedAs(request, client) : request);
      },
  },
  {
    id: 'introspection-open',
    title: 'Tells everybody about tokens.',
    layer:
      ({ clients }) =>
      (request, next) => {
        const open = request.path === '/token/introspection' && clientOf(request, clients) === undefined;
        return next(open ? authenticatedAs(request, clients.machine) : request);
      },
  },
  {
    id: 'token-in-query-accepted',
    title: 'Takes the access token from the URL.',
    layer: () => (request, next) => {
      const token = request.query.get('access_token');
      if (!isUserinfo(request) || token === null) return next(request);
      const headers = { ...request.headers, authorization: `Bearer ${token}` };
      return next({ ...withQuery(request, { access_token: undefined }), headers });
    },
  },
  {
    id: 'made-up-token-accepted',
    title: 'Answers at the userinfo endpoint for tokens that it never issued.',
    layer: () => {
      const known = new Set<string>();
      return async (request, next) => {
        const token = bearerOf(request);
        if (isUserinfo(request) && token !== undefined && !known.has(token))
          return { status: 200, headers: { 'content-type': 'application/json' }, body: '{"sub":"somebody"}' };
        const response = await next(request);
        for (const issued of Object.values(issuedTokens(request, response))) known.add(issued);
        return response;
      };
    },
  },
  {
    id: 'any-token-accepted',
    title: 'Takes refresh tokens and id_tokens at the userinfo endpoint.',
    layer: () => {
      const accessTokens = new Map<string, string>();
      return async (request, next) => {
        const access = accessTokens.get(bearerOf(request) ?? '');
        if (isUserinfo(request) && access !== undefined)
          return next({ ...request, headers: { ...request.headers, authorization: `Bearer ${access}` } });
        const response = await next(request);
        const { accessToken, ...others } = issuedTokens(request, response);
        if (accessToken !== undefined)
          for (const other of Object.values(others)) accessTokens.set(other, accessToken);
        return response;
      };
    },
  },
  {
    id: 'tokens-live-long',
    title: 'Issues access tokens for a month.',
    layer: onTokens(() => ({ expires_in: 30 * 86_400 })),
  },
];
