import type { DemoClient } from '../clients.ts';
import type { Fault, FaultResponse } from './fault.ts';
import {
  authenticatedAs,
  clientOf,
  isToken,
  members,
  tokenError,
  withForm,
  withMembers,
} from './messages.ts';
import { sharesWhileUnderWay } from './sharesWhileUnderWay.ts';

export const refreshFaults: readonly Fault[] = [
  {
    id: 'refresh-not-rotated',
    title: 'Gives the same refresh token again and again.',
    layer: () => {
      const current = new Map<string, string>();
      return async (request, next) => {
        const shown = request.form.get('refresh_token');
        if (!isToken(request, 'refresh_token') || shown === null) return next(request);
        const response = await next(withForm(request, { refresh_token: current.get(shown) ?? shown }));
        const fresh = members(response)['refresh_token'];
        if (typeof fresh !== 'string') return response;
        current.set(shown, fresh);
        return withMembers(response, { refresh_token: shown });
      };
    },
  },
  {
    id: 'refresh-reuse-accepted',
    title: 'Gives tokens for a used refresh token.',
    layer: () => {
      const answers = new Map<string, FaultResponse>();
      return async (request, next) => {
        const response = await next(request);
        const sent = request.form.get('refresh_token');
        if (!isToken(request, 'refresh_token') || sent === null) return response;
        const first = answers.get(sent);
        if (first === undefined && response.status === 200) answers.set(sent, response);
        return first ?? response;
      };
    },
  },
  {
    id: 'refresh-family-kept',
    title: 'Refuses a used refresh token but keeps its successors.',
    layer: () => {
      const spent = new Set<string>();
      return async (request, next) => {
        const sent = request.form.get('refresh_token');
        if (!isToken(request, 'refresh_token') || sent === null) return next(request);
        if (spent.has(sent)) return tokenError('invalid_grant');
        const response = await next(request);
        if (response.status === 200) spent.add(sent);
        return response;
      };
    },
  },
  {
    id: 'refresh-widens',
    title: 'Grants every scope a refresh asks for.',
    layer: () => async (request, next) => {
      const scope = request.form.get('scope');
      if (!isToken(request, 'refresh_token') || scope === null) return next(request);
      const response = await next(withForm(request, { scope: undefined }));
      return response.status === 200 ? withMembers(response, { scope }) : response;
    },
  },
  {
    id: 'refresh-for-any-client',
    title: 'Renews the tokens of one client for another.',
    layer: ({ clients }) => {
      const owners = new Map<string, DemoClient>();
      return async (request, next) => {
        const client = clientOf(request, clients);
        const owner = isToken(request, 'refresh_token')
          ? owners.get(request.form.get('refresh_token') ?? '')
          : undefined;
        const foreign = owner !== undefined && owner.clientId !== client?.clientId;
        const response = await next(foreign ? authenticatedAs(request, owner) : request);
        const issued = members(response)['refresh_token'];
        const holder = owner ?? client;
        if (isToken(request) && typeof issued === 'string' && holder !== undefined)
          owners.set(issued, holder);
        return response;
      };
    },
  },
  {
    id: 'refresh-race',
    title: 'Renews for every request with a refresh token that comes while the first is under way.',
    layer: sharesWhileUnderWay('refresh_token', 'refresh_token'),
  },
];
