import { SignJWT } from 'jose';
import { callApi } from '../../../src/core/api/callApi.ts';
import { benchServer } from '../../../src/core/checks/benchServer.ts';
import { runChecks } from '../../../src/core/checks/runChecks.ts';
import { explainReport } from '../../../src/core/diagnose/explainFailure.ts';
import type { FlowReport, TokenSet } from '../../../src/core/record/report.ts';
import { Trace } from '../../../src/core/record/trace.ts';
import { recordingFetch } from '../../../src/core/http/recordingFetch.ts';
import { secretsIn } from '../../../src/core/http/secrets.ts';
import { exploreMcpServer } from '../../../src/core/mcp/explore.ts';
import { MetadataCache } from '../../../src/core/oauth/metadataCache.ts';
import type { Profile } from '../../../src/core/profile/profile.ts';
import type { ToolPorts } from '../../../src/core/tools/tool.ts';
import { catalogue, realClock } from '../diagnose/play.ts';

/** What must never be said. */
export interface Planted {
  readonly access: string;
  readonly refresh: string;
  readonly id: string;
  readonly secret: string;
  readonly verifier: string;
}

/** Secrets that look like those of servers, new ones in each process. */
export async function plant(): Promise<Planted> {
  const random = (length: number) =>
    Buffer.from(crypto.getRandomValues(new Uint8Array(length))).toString('base64url');
  const key = crypto.getRandomValues(new Uint8Array(32));
  const jwt = (claims: Record<string, unknown>) =>
    new SignJWT({ sub: 'alice', scope: 'orders.read', jti: 'id-of-the-token', ...claims })
      .setProtectedHeader({ alg: 'HS256' })
      .setExpirationTime('1h')
      .sign(key);
  const inner = await jwt({ act: 'inner' });
  return {
    access: await jwt({ aud: 'http://127.0.0.1', inner, access_token: random(40) }),
    refresh: random(48),
    id: await jwt({ nonce: 'n', nested: { deep: [inner] } }),
    secret: random(30),
    verifier: random(43),
  };
}

/** Tools on a session with these secrets in it, which remember what was logged. */
export function toolsOn(planted: Planted, profiles: readonly Profile[], over: Partial<ToolPorts> = {}) {
  const now = Date.now();
  const logged: string[] = [];
  const runs: FlowReport[] = [];
  const tokens: TokenSet = {
    ...{
      access_token: planted.access,
      refresh_token: planted.refresh,
      id_token: planted.id,
      scope: 'orders.read',
    },
    ...{ token_type: 'Bearer', received_at: now, expires_at: now + 3_600_000 },
    ...{ requested_scopes: ['orders.read', 'orders.write'], extra: { session_state: planted.secret } },
  };
  const network = { fetch, clock: realClock, timeout: 5000 };
  const ports: ToolPorts = {
    clock: realClock,
    profiles: () => profiles,
    tokens: () => Promise.resolve(tokens),
    runs: () => runs,
    catalogue: () => Promise.resolve(catalogue),
    explain: (run) => Promise.resolve(explainReport(run, catalogue)),
    agreed: () => [],
    send: async (profile, request, signal) => {
      const call = await callApi(profile, request, {
        ...{ ...network, signal, tokens, used: [] },
        renew: () => Promise.resolve({ kind: 'token', tokens }),
        confirm: ({ origin }) => Promise.resolve(new URL(origin).hostname === '127.0.0.1'),
      });
      runs.unshift(call.report);
      return call;
    },
    check: async (profile, items, signIn, signal) =>
      runChecks(
        {
          ...{
            ...network,
            signal,
            profile,
            browser: { open: () => Promise.resolve(false) },
            signInTimeout: 1000,
          },
          server: await benchServer(profile, { ...network, signal, metadata: new MetadataCache() }),
          secret: () => Promise.resolve(planted.secret),
        },
        { items, signIn },
      ),
    explore: (url, signal) => {
      const trace = new Trace();
      const context = { clock: realClock, trace, signal };
      return exploreMcpServer(
        url,
        { version: '1' },
        { ...context, fetch: recordingFetch({ ...network, ...context }) },
      );
    },
    unexpected: (thrown) => logged.push(String(thrown)),
    secrets: () =>
      Promise.resolve([
        ...[planted.access, planted.refresh, planted.id, planted.secret, planted.verifier],
        ...runs.slice(0, 10).flatMap(({ exchanges }) => secretsIn(exchanges)),
      ]),
    ...over,
  };
  return { ports, logged, runs, tokens };
}
