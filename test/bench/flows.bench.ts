// What the log of runs holds when it is full: `flows_50_mib`, the heap in use after garbage collection with 50 kept runs
// less that without; at most 20. The runs are sign-ins, refreshes and API calls with answers of up to 10 MiB.
import { randomBytes } from 'node:crypto';
import type { FlowReport } from '../../src/core/record/report.ts';
import type { Exchange } from '../../src/core/record/exchange.ts';
import { FlowLog, keptFlows } from '../../src/core/session/flowLog.ts';
import { userProfile } from '../support/profiles.ts';
import { result } from './statistics.ts';

const collect = globalThis.gc;
if (!collect) throw new Error('Run this with --expose-gc.');

/** A text nobody else holds; with a character beyond Latin-1 it takes two bytes a character. */
function text(length: number, first = '–'): string {
  return (
    first +
    randomBytes(Math.ceil(length / 2))
      .toString('hex')
      .slice(0, length - 1)
  );
}

function exchange(id: number, purpose: Exchange['purpose'], body: string): Exchange {
  const headers = Array.from({ length: 20 }, (_, at) => [`x-header-${at}`, text(60, 'v')] as const);
  return {
    ...{ id, purpose, leg: 'extension', startedAt: id, endedAt: id + 1, deviations: [] },
    request: {
      method: 'POST',
      url: `https://as.example.com/${text(80, 'u')}`,
      headers,
      body: text(500, 'b'),
    },
    response: { status: 200, statusText: 'OK', headers, body },
  };
}

const megabyte = 1024 * 1024;
const kinds: readonly (() => Pick<FlowReport, 'kind' | 'exchanges'>)[] = [
  () => ({
    kind: 'authorization_code',
    exchanges: (['discovery', 'authorization', 'redirect', 'redirect', 'token', 'jwks'] as const).map(
      (purpose, at) => exchange(at + 1, purpose, text(8000)),
    ),
  }),
  () => ({ kind: 'refresh_token', exchanges: [exchange(1, 'refresh', text(4000))] }),
  () => ({ kind: 'api_call', exchanges: [exchange(1, 'api', text(10 * megabyte))] }),
  () => ({ kind: 'api_call', exchanges: [1, 2].map((id) => exchange(id, 'api', text(5 * megabyte))) }),
];

function run(at: number): FlowReport {
  const made = (kinds[at % kinds.length] ?? kinds[0])?.();
  if (!made) throw new Error('There is no kind of run.');
  return {
    ...{ ...made, id: String(at), profile: userProfile(), startedAt: at, endedAt: at + 1 },
    outcome: {
      kind: 'token',
      tokens: {
        ...{ access_token: text(2000, 't'), token_type: 'Bearer', received_at: at },
        ...{ requested_scopes: [], extra: {} },
      },
    },
  };
}

async function heap(): Promise<number> {
  for (let round = 0; round < 3; round++) {
    collect?.();
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return process.memoryUsage().heapUsed;
}

const log = new FlowLog();
const before = await heap();
for (let at = 0; at < keptFlows * 2; at++) log.put({ state: 'ended', flow: run(at) });
const after = await heap();
if (log.entries.length !== keptFlows) throw new Error(`The log holds ${log.entries.length} runs.`);
result('flows_50_mib', (after - before) / megabyte, 'MiB');
