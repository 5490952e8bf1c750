// What a proof costs: client credentials through our flow with DPoP, and with private_key_jwt (ES256), against the same flow with
// a client secret, in pairs, at a server in a process of its own that answers at once. The key comes from memory, as the vault's
// does once it was read.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { newSigningKey } from '../../src/core/authentication/newSigningKey.ts';
import type { runFlow, FlowDeps } from '../../src/core/flow/runFlow.ts';
import type { MetadataCache } from '../../src/core/oauth/metadataCache.ts';
import type { Profile } from '../../src/core/profile/profile.ts';
import type { systemClock } from '../../src/adapters/clock.ts';
import type { networkFetch } from '../../src/adapters/network.ts';
import { machineProfile } from '../support/profiles.ts';
import { median, result } from './statistics.ts';

interface Bundle {
  readonly runFlow: typeof runFlow;
  readonly newSigningKey: typeof newSigningKey;
  readonly MetadataCache: typeof MetadataCache;
  readonly systemClock: typeof systemClock;
  readonly networkFetch: typeof networkFetch;
}

const rounds = 400;
const warmUp = 200;
const scratch = await mkdtemp(join(tmpdir(), 'oauth-explorer-bench-'));

async function bundle(): Promise<Bundle> {
  const outfile = join(scratch, 'flow.mjs');
  const files = ['flow/runFlow', 'authentication/newSigningKey', 'oauth/metadataCache'];
  const contents = [...files.map((file) => `core/${file}`), 'adapters/clock', 'adapters/network']
    .map((file) => `export * from './${file}.ts';`)
    .join('\n');
  const common = { bundle: true, minify: true, platform: 'node', format: 'esm', target: 'node20' } as const;
  const stdin = { contents, resolveDir: join(import.meta.dirname, '../../src'), loader: 'ts' } as const;
  await build({ ...common, stdin, outfile });
  return (await import(outfile)) as Bundle;
}

async function time(action: () => Promise<void>): Promise<number> {
  const started = performance.now();
  await action();
  return performance.now() - started;
}

const child = fork(join(import.meta.dirname, 'servers/instant.ts'), {
  execArgv: ['--import', 'tsx'],
  stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
});
try {
  const shipped = await bundle();
  const [{ issuer }] = (await once(child, 'message')) as [{ readonly issuer: string }];
  const key = await shipped.newSigningKey();
  const metadata = new shipped.MetadataCache();
  const flow = (over: Partial<Profile>, secret: string) => {
    const profile = machineProfile({ issuer, clientId: 'bench', ...over });
    const deps: FlowDeps = {
      ...{ fetch: shipped.networkFetch, clock: shipped.systemClock, metadata },
      browser: { open: () => Promise.resolve(false) },
      secret: () => Promise.resolve(secret),
      made: () => Promise.resolve(key),
    };
    return async () => {
      const report = await shipped.runFlow('client_credentials', profile, deps);
      if (report.outcome.kind !== 'token') throw new Error(JSON.stringify(report.outcome));
    };
  };
  const plain = flow({}, 'secret');
  const ways = {
    dpop_added: flow({ dpop: true }, 'secret'),
    private_key_jwt_added: flow({ clientAuthentication: 'private_key_jwt' }, key),
  };
  for (const [name, way] of Object.entries(ways)) {
    const added: number[] = [];
    for (let round = 0; round < rounds + warmUp; round++) {
      // Each goes first as often as the other.
      const first = await time(round % 2 === 0 ? way : plain);
      const second = await time(round % 2 === 0 ? plain : way);
      added.push(round % 2 === 0 ? first - second : second - first);
    }
    result(name, median(added.slice(warmUp)), 'ms');
  }
} finally {
  child.disconnect();
  await rm(scratch, { recursive: true, force: true });
}
