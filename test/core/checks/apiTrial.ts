import {
  initializeRequest,
  type ApiBenchOptions,
  type ApiSubject,
  type ApiTokens,
} from '../../../src/core/checks/apiBench.ts';
import { planApiChecks, runApiChecks } from '../../../src/core/checks/runApiChecks.ts';
import type { ChecksReport } from '../../../src/core/checks/report.ts';
import { decodeToken } from '../../../src/core/token/decode.ts';
import type { DemoServers } from '../../../src/demo/demoServers.ts';
import { realClock } from './support.ts';

/** A token of the demo's machine client; nothing when the server refuses. */
async function machineToken(
  { issuer, clients }: DemoServers,
  form: Readonly<Record<string, string>>,
): Promise<string | undefined> {
  const { clientId, clientSecret = '' } = clients.machine;
  const response = await fetch(`${issuer}/token`, {
    method: 'POST',
    body: new URLSearchParams({ grant_type: 'client_credentials', ...form }),
    headers: { authorization: `Basic ${btoa(`${clientId}:${clientSecret}`)}` },
  });
  return ((await response.json()) as { access_token?: string }).access_token;
}

/** Tokens of every kind for one of the demo's resources. */
function demoTokens(demo: DemoServers, of: 'mcp' | 'api'): ApiTokens {
  const here = of === 'mcp' ? demo.mcp : demo.api;
  const there = of === 'mcp' ? demo.api : demo.mcp;
  const scopes = { [demo.mcp]: 'mcp:tools', [demo.api]: 'orders.read' };
  const good = machineToken(demo, { resource: here, scope: scopes[here] ?? '' });
  return {
    good: () => good,
    // The same in all but the audience, so that nothing else keeps it out.
    otherAudience: async () =>
      demo.sign({ ...decodeToken((await good) ?? '').payload?.json, aud: there }, 'at+jwt'),
    withoutScope: async () => {
      const token = await machineToken(demo, { resource: here });
      return token === undefined ? undefined : { token, lacks: [scopes[here] ?? ''], hasNone: true };
    },
    expired: async () => {
      const claims = { ...decodeToken((await good) ?? '').payload?.json };
      return demo.sign({ ...claims, iat: 1_700_000_000, exp: 1_700_000_060 }, 'at+jwt');
    },
    idToken: () => {
      const now = Math.floor(Date.now() / 1000);
      const claims = { iss: demo.issuer, sub: 'ada', aud: 'demo-native', iat: now, exp: now + 3600 };
      return demo.sign(claims, 'JWT');
    },
  };
}

/** Runs all checks of the demo MCP server, or of the demo API. */
export function apiTrial(
  demo: DemoServers,
  of: 'mcp' | 'api',
  tokens: ApiTokens | 'none' = demoTokens(demo, of),
  over: Partial<ApiBenchOptions> = {},
): Promise<ChecksReport> {
  const mcp = new URL(demo.mcp);
  const orders: ApiSubject = { method: 'GET', url: `${demo.api}/orders`, headers: [] };
  return runApiChecks(
    {
      ...{ version: '0', fetch, clock: realClock, timeout: 60_000, signal: new AbortController().signal },
      request: of === 'mcp' ? initializeRequest(mcp, '0') : orders,
      ...(of === 'mcp' && { mcp }),
      resource: of === 'mcp' ? demo.mcp : demo.api,
      ...(tokens !== 'none' && { tokens }),
      ...over,
    },
    { id: 'demo', name: 'Demo', clientId: 'demo-machine' },
    { items: planApiChecks(of === 'mcp', tokens !== 'none') },
  );
}
