// What recording costs: the client-credentials flow with and without it, in pairs in one process, against a server in a
// process of its own that answers at once, so that nothing hides it. Without recording everything else stays: the limits
// of size and time, cancelling, the refusal of plain http, the copy of the response.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { median, result } from './statistics.ts';
import type { flows } from './servers/flows.ts';

interface Target {
  readonly issuer: string;
  readonly clientId: string;
  readonly secret: string;
  readonly scopes: readonly string[];
}

const rounds = 1500;
const warmUp = 500;
const scratch = await mkdtemp(join(tmpdir(), 'oauth-explorer-bench-'));
const here = import.meta.dirname;

async function time(action: () => Promise<void>): Promise<number> {
  const started = performance.now();
  await action();
  return performance.now() - started;
}

try {
  const outfile = join(scratch, 'flows.mjs');
  const common = { bundle: true, minify: true, platform: 'node', format: 'esm', target: 'node20' } as const;
  await build({ ...common, entryPoints: [join(here, 'servers/flows.ts')], outfile });
  const shipped = (await import(outfile)) as { readonly flows: typeof flows };
  const child = fork(join(here, 'servers/instant.ts'), {
    execArgv: ['--import', 'tsx'],
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  const [target] = (await once(child, 'message')) as [Target];
  const { recorded, unrecorded } = shipped.flows(target);
  const ratios: number[] = [];
  for (let round = 0; round < rounds + warmUp; round++) {
    const recordedFirst = round % 2 === 0;
    const first = await time(recordedFirst ? recorded : unrecorded);
    const second = await time(recordedFirst ? unrecorded : recorded);
    ratios.push(recordedFirst ? first / second : second / first);
  }
  result('recording_ratio', median(ratios.slice(warmUp)), 'ratio');
  child.disconnect();
} finally {
  await rm(scratch, { recursive: true, force: true });
}
