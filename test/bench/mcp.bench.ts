// What a user waits for at an MCP server on this computer (the protocol's own SDK): the exploration up to the sign-in, and all
// checks that need no token, registrations included. Promised: at most 300 ms and 3 s.
import { systemClock } from '../../src/adapters/clock.ts';
import { initializeRequest } from '../../src/core/checks/apiBench.ts';
import { planApiChecks, runApiChecks } from '../../src/core/checks/runApiChecks.ts';
import { Trace } from '../../src/core/record/trace.ts';
import { recordingFetch } from '../../src/core/http/recordingFetch.ts';
import { exploreMcpServer } from '../../src/core/mcp/explore.ts';
import { endingStreams } from '../../src/core/mcp/transport.ts';
import { startMcpSdkServer } from '../support/servers/mcpSdk.ts';
import { median, result } from './statistics.ts';

const server = await startMcpSdkServer();
const url = new URL(server.url);
const { signal } = new AbortController();
const common = { clock: systemClock, signal, timeout: 10_000 };

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

const explored: number[] = [];
const checked: number[] = [];
for (let run = 0; run < 5; run++) {
  const trace = new Trace();
  const record = recordingFetch({ ...common, fetch: endingStreams(fetch), trace });
  explored.push(
    await timed(() =>
      exploreMcpServer(url, { version: '0' }, { trace, fetch: record, clock: systemClock, signal }),
    ),
  );
  const options = { ...common, fetch, version: '0', mcp: url, request: initializeRequest(url, '0') };
  const names = { id: 'bench', name: 'Bench', clientId: '' };
  checked.push(await timed(() => runApiChecks(options, names, { items: planApiChecks(true, false) })));
}
await server.close();
result('explore_mcp_ms', median(explored), 'ms');
result('check_mcp_ms', median(checked), 'ms');
