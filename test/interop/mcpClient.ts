// The client that the conformance suite of the protocol runs: our explorer, with a browser that signs in by itself.
// Its last argument is the server's URL; `MCP_CONFORMANCE_CONTEXT` holds what a scenario hands out beforehand.
import { runFlow } from '../../src/core/flow/runFlow.ts';
import { Trace } from '../../src/core/record/trace.ts';
import { recordingFetch } from '../../src/core/http/recordingFetch.ts';
import { connectMcpServer } from '../../src/core/mcp/connect.ts';
import { exploreMcpServer } from '../../src/core/mcp/explore.ts';
import { mcpProfile } from '../../src/core/mcp/mcpProfile.ts';
import { registerForMcp } from '../../src/core/mcp/registerForMcp.ts';
import { MetadataCache } from '../../src/core/oauth/metadataCache.ts';
import { endingStreams } from '../../src/core/mcp/transport.ts';
import { systemClock } from '../../src/adapters/clock.ts';
import { freePort } from '../../src/demo/listen.ts';

const url = new URL(process.argv.at(-1) ?? '');
const handed = JSON.parse(process.env['MCP_CONFORMANCE_CONTEXT'] ?? '{}') as {
  readonly client_id?: string;
  readonly client_secret?: string;
};
const documentUrl = 'https://conformance-test.local/client-metadata.json';

const { signal } = new AbortController();
const trace = new Trace(() => undefined);
const record = recordingFetch({
  fetch: endingStreams(fetch),
  clock: systemClock,
  trace,
  signal,
  timeout: 60_000,
});
const context = { trace, fetch: record, clock: systemClock, signal };

const exploration = await exploreMcpServer(
  url,
  { version: '0.0.0', documentUrl, ...(handed.client_id !== undefined && { clientId: handed.client_id }) },
  context,
);
if (exploration.plan === undefined) {
  if (exploration.answer.kind !== 'open') {
    console.error(exploration.findings.map(({ message }) => message).join('\n'));
    process.exit(1);
  }
  process.exit(0);
}
const { plan } = exploration;
const redirectUri = `http://127.0.0.1:${await freePort()}/callback`;
const client = await registerForMcp(
  plan,
  {
    redirectUri,
    documentUrl,
    ...(handed.client_id !== undefined && {
      registered: {
        clientId: handed.client_id,
        ...(handed.client_secret !== undefined && { clientSecret: handed.client_secret }),
      },
    }),
  },
  { ...context, isOneService: () => Promise.resolve(false) },
);
const profile = mcpProfile(exploration, plan, {
  id: 'conformance',
  name: 'Conformance',
  redirectUri,
  client,
});
const metadata = new MetadataCache();
const connection = await connectMcpServer(
  profile,
  {
    url: url.href,
    version: '0.0.0',
    call: { method: 'tools/call', params: { name: 'test-tool', arguments: {} } },
    signIn: (chosen) =>
      runFlow('authorization_code', chosen, {
        fetch,
        clock: systemClock,
        metadata,
        browser: { open: async (address) => (await fetch(address)).ok },
        secret: () => Promise.resolve(client.clientSecret),
        signInTimeout: 60_000,
      }),
  },
  context,
);
const last = connection.signIns.at(-1)?.outcome;
if (last?.kind === 'failure') console.error(last.failure.message);
for (const { message } of connection.findings) console.error(message);
process.exit(connection.session === undefined ? 1 : 0);
