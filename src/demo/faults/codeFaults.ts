import type { DemoClient } from '../clients.ts';
import type { Fault, FaultResponse } from './fault.ts';
import {
  authenticatedAs,
  authorizationResponse,
  ByCode,
  clientOf,
  isAuthorization,
  isToken,
  tokenError,
  withForm,
} from './messages.ts';
import { sharesWhileUnderWay } from './sharesWhileUnderWay.ts';

export const codeFaults: readonly Fault[] = [
  {
    id: 'code-replay-accepted',
    title: 'Gives tokens for a used code.',
    layer: () => {
      const answers = new Map<string, FaultResponse>();
      return async (request, next) => {
        const response = await next(request);
        const code = request.form.get('code');
        if (!isToken(request, 'authorization_code') || code === null) return response;
        const first = answers.get(code);
        if (first === undefined && response.status === 200) answers.set(code, response);
        return first ?? response;
      };
    },
  },
  {
    id: 'replay-keeps-tokens',
    title: 'Refuses a used code but keeps the tokens it was first redeemed for.',
    layer: () => {
      const spent = new Set<string>();
      return async (request, next) => {
        const code = request.form.get('code');
        if (!isToken(request, 'authorization_code') || code === null) return next(request);
        if (spent.has(code)) return tokenError('invalid_grant');
        const response = await next(request);
        if (response.status === 200) spent.add(code);
        return response;
      };
    },
  },
  {
    id: 'code-race',
    title: 'Gives tokens to every request with a code that comes while the first is under way.',
    layer: sharesWhileUnderWay('authorization_code', 'code'),
  },
  {
    id: 'token-ignores-redirect',
    title: 'Does not compare the redirect URI at the token endpoint.',
    layer: () => {
      const redirects = new ByCode<string>();
      return async (request, next) => {
        if (isAuthorization(request)) redirects.keep(request, request.query.get('redirect_uri') ?? '');
        const right = isToken(request, 'authorization_code') ? redirects.get(request) : undefined;
        const response = await next(
          right === undefined ? request : withForm(request, { redirect_uri: right }),
        );
        redirects.note(response);
        return response;
      };
    },
  },
  {
    id: 'code-for-any-client',
    title: 'Gives one client tokens for a code of another.',
    layer: ({ clients }) => {
      const owners = new ByCode<DemoClient>();
      return async (request, next) => {
        const asking = isAuthorization(request) ? clientOf(request, clients) : undefined;
        if (asking !== undefined) owners.keep(request, asking);
        const owner = isToken(request, 'authorization_code') ? owners.get(request) : undefined;
        const foreign = owner !== undefined && clientOf(request, clients)?.clientId !== owner.clientId;
        const response = await next(foreign ? authenticatedAs(request, owner) : request);
        owners.note(response);
        return response;
      };
    },
  },
  {
    id: 'code-guessable',
    title: 'Numbers its codes.',
    layer: () => {
      const codes: string[] = [];
      return async (request, next) => {
        const [, number] = /^demo-(\d{4})$/.exec(request.form.get('code') ?? '') ?? [];
        const code = number === undefined ? undefined : codes[Number(number)];
        const response = await next(
          isToken(request) && code !== undefined ? withForm(request, { code }) : request,
        );
        const url = authorizationResponse(response);
        const issued = url?.searchParams.get('code');
        if (url === undefined || typeof issued !== 'string') return response;
        url.searchParams.set('code', `demo-${String(codes.push(issued) - 1).padStart(4, '0')}`);
        return { ...response, headers: { ...response.headers, location: url.href } };
      };
    },
  },
  {
    id: 'codes-live-long',
    title: 'Issues codes that are good for an hour.',
    lax: 'code-lifetime',
  },
];
