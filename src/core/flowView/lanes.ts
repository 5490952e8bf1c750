import type { LaneId, LaneView } from '../../shared/views/flowView.ts';
import { exchangeWords } from '../grants/all.ts';
import type { Exchange } from '../record/exchange.ts';
import { mcpWords } from './mcpWords.ts';

const labels: Readonly<Record<LaneId, string>> = {
  editor: 'OAuth Explorer',
  browser: 'Browser',
  loopback: 'Loopback listener',
  identity_provider: 'Identity provider',
  authorization_server: 'Authorization server',
  token_endpoint: 'Token endpoint',
  jwks: 'Key set (JWKS)',
  api: 'API',
  mcp_server: 'MCP server',
};

const order = Object.keys(labels) as readonly LaneId[];

/** Who asks whom in an exchange of this kind of run. */
export function route(exchange: Exchange, run: string): { readonly from: LaneId; readonly to: LaneId } {
  switch (exchange.leg) {
    case 'browser':
      return { from: 'browser', to: exchange.party ?? 'authorization_server' };
    case 'loopback':
      return { from: 'browser', to: 'loopback' };
    case 'extension':
      return {
        from: 'editor',
        to:
          exchange.party ??
          mcpWords(exchange, run)?.lane ??
          exchangeWords(exchange.purpose, run)?.lane ??
          destination(exchange),
      };
  }
}

function destination({ purpose }: Exchange): LaneId {
  switch (purpose) {
    case 'token':
    case 'refresh':
    case 'revocation':
    case 'introspection':
      return 'token_endpoint';
    case 'jwks':
      return 'jwks';
    case 'api':
    case 'userinfo':
      return 'api';
    case 'discovery':
    case 'authorization':
    case 'redirect':
    default:
      return 'authorization_server';
  }
}

/** The lanes that take part, from left to right, each with its host. */
export function lanesOf(exchanges: readonly Exchange[], run: string): LaneView[] {
  const hosts = new Map<LaneId, string>([['editor', '']]);
  for (const exchange of exchanges) {
    const { from, to } = route(exchange, run);
    if (!hosts.has(from)) hosts.set(from, '');
    if (!hosts.get(to)) hosts.set(to, hostOf(exchange.request.url));
  }
  return order.flatMap((id) => {
    const detail = hosts.get(id);
    return detail === undefined ? [] : [{ id, label: labels[id], detail }];
  });
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : '';
}
