import type { Area, Verdict } from './check.ts';

/** The areas as headings. */
export const areaTitles: Readonly<Record<Area, string>> = {
  redirect: 'Redirect URI',
  pkce: 'PKCE',
  code: 'Authorization code',
  response: 'Responses',
  client: 'Client authentication',
  refresh: 'Refresh tokens',
  token: 'Access tokens and their endpoints',
  par: 'Pushed requests (PAR)',
  dpop: 'Tokens bound to a key (DPoP)',
  device: 'Device codes',
  fapi: 'FAPI 2.0 Security Profile',
  mcp: 'How an MCP client gets a token',
  resource: 'How the API checks tokens',
};

/** What checks of these areas are called together. */
export function titleOf(checked: readonly Area[]): string {
  if (checked.length === 0 || checked.some((area) => area !== 'mcp' && area !== 'resource'))
    return 'Redirect and PKCE checks';
  return checked.includes('mcp') ? 'MCP server checks' : 'API token checks';
}

/** The verdicts as people say them. */
export const verdictTitles: Readonly<Record<Verdict, string>> = {
  pass: 'Pass',
  fail: 'Fail',
  weakness: 'Weakness',
  not_determined: 'Not determined',
  not_applicable: 'Not applicable',
};
