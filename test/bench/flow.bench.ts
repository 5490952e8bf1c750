// Client credentials through our flow, trace included, against a bare fetch of the same request in the same process, in
// pairs, with the metadata cached. Each server runs in a process of its own, so that only the client is measured: once
// the demo authorization server, once one that answers at once, which is the hardest for us.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { runFlow } from '../../src/core/flow/runFlow.ts';
import type { MetadataCache } from '../../src/core/oauth/metadataCache.ts';
import type { systemClock } from '../../src/adapters/clock.ts';
import type { networkFetch } from '../../src/adapters/network.ts';
import { machineProfile } from '../support/profiles.ts';
import { median, result } from './statistics.ts';

interface Bundle {
  readonly runFlow: typeof runFlow;
  readonly MetadataCache: typeof MetadataCache;
  readonly systemClock: typeof systemClock;
  readonly networkFetch: typeof networkFetch;
}

interface Target {
  readonly issuer: string;
  readonly clientId: string;
  readonly secret: string;
  readonly scopes: readonly string[];
}

const scratch = await mkdtemp(join(tmpdir(), 'oauth-explorer-bench-'));

/** The flow as it is shipped: bundled and minified. */
async function bundle(): Promise<Bundle> {
  const source = join(import.meta.dirname, '../../src');
  const outfile = join(scratch, 'flow.mjs');
  const contents = ['core/flow/runFlow', 'core/oauth/metadataCache', 'adapters/clock', 'adapters/network']
    .map((file) => `export * from './${file}.ts';`)
    .join('\n');
  const common = { bundle: true, minify: true, platform: 'node', format: 'esm', target: 'node20' } as const;
  await build({ ...common, stdin: { contents, resolveDir: source, loader: 'ts' }, outfile });
  return (await import(outfile)) as Bundle;
}

/** Starts a server of `servers/` in a process of its own. */
async function start(name: 'demo' | 'instant'): Promise<{ target: Target; stop: () => void }> {
  const file = join(import.meta.dirname, `servers/${name}.ts`);
  const child = fork(file, { execArgv: ['--import', 'tsx'], stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
  const [target] = (await once(child, 'message')) as [Target];
  return { target, stop: () => child.disconnect() };
}

async function time(action: () => Promise<void>): Promise<number> {
  const started = performance.now();
  await action();
  return performance.now() - started;
}

/** The median of flow time by bare time over pairs, in which each goes first as often as the other. */
async function ratio(shipped: Bundle, target: Target, rounds: number, warmUp: number): Promise<number> {
  const { issuer, clientId, secret, scopes } = target;
  const profile = machineProfile({ issuer, clientId, scopes });
  const deps = {
    fetch: shipped.networkFetch,
    clock: shipped.systemClock,
    browser: { open: () => Promise.resolve(false) },
    metadata: new shipped.MetadataCache(),
    secret: () => Promise.resolve(secret),
  };
  const flow = async () => {
    const report = await shipped.runFlow('client_credentials', profile, deps);
    if (report.outcome.kind === 'failure') throw new Error(report.outcome.failure.message);
  };
  const bare = async () => {
    const response = await fetch(`${issuer}/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${btoa(`${clientId}:${secret}`)}`, accept: 'application/json' },
      body: new URLSearchParams({ grant_type: 'client_credentials', scope: scopes.join(' ') }),
    });
    if (((await response.json()) as { access_token?: string }).access_token === undefined)
      throw new Error('The bare request got no token.');
  };
  const ratios: number[] = [];
  for (let round = 0; round < rounds + warmUp; round++) {
    const flowFirst = round % 2 === 0;
    const first = await time(flowFirst ? flow : bare);
    const second = await time(flowFirst ? bare : flow);
    ratios.push(flowFirst ? first / second : second / first);
  }
  return median(ratios.slice(warmUp));
}

try {
  const shipped = await bundle();
  const demo = await start('demo');
  result('token_ratio', await ratio(shipped, demo.target, 300, 60), 'ratio');
  demo.stop();
  const instant = await start('instant');
  result('token_ratio_instant_server', await ratio(shipped, instant.target, 1000, 500), 'ratio');
  instant.stop();
} finally {
  await rm(scratch, { recursive: true, force: true });
}
