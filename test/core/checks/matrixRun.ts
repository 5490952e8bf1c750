// The runs of the matrix, in a process of their own: node:test follows every promise of its process, which costs as much
// again as the runs themselves. Sends the verdicts of each run to its parent. Arguments: “package” for the packaged server,
// which share of how many of the runs is its own, and the file with the certificate that this process trusts, and its key.
import { readFileSync } from 'node:fs';
import { checks } from '../../../src/core/checks/all.ts';
import type { Material } from '../../../src/core/authentication/authentication.ts';
import type { Clock } from '../../../src/core/ports.ts';
import type { DemoClient } from '../../../src/demo/clients.ts';
import type { DemoServers } from '../../../src/demo/demoServers.ts';
import { startOwnDemoServers } from '../../demo/demoServers.ts';
import { startPackagedDemo } from '../../e2e/packagedDemo.ts';
import { nameOf, runsIn, strictRuns, type ClientName, type Outcome, type Run } from './matrixClients.ts';
import { familyRuns } from './matrixFamilies.ts';
import { letPass } from '../../support/shiftedTime.ts';
import { passesOf } from './passes.ts';
import { pushedServerOf, realClock, trial } from './support.ts';

const [, , of, share = '0', shares = '1', cert = '', key = ''] = process.argv;
const start = of === 'package' ? startPackagedDemo : startOwnDemoServers;
const tls = { cert: readFileSync(cert, 'utf8'), key: readFileSync(key, 'utf8') };
const started = new Map<boolean, Promise<DemoServers>>();

/** Minutes pass at once here, for the servers of this process, too; nothing else waits that long. */
const clock: Clock = {
  ...realClock,
  sleep(milliseconds, signal) {
    if (milliseconds < 30_000) return realClock.sleep(milliseconds, signal);
    letPass(milliseconds);
    return Promise.resolve();
  },
};

/** A device waits between two questions; the one who types is quick. */
const quick: Clock = {
  ...clock,
  sleep(milliseconds, signal) {
    letPass(milliseconds);
    return realClock.sleep(300, signal);
  },
};

/** The demo with or without TLS, started when it is first needed. */
function demoOf(secure: boolean): Promise<DemoServers> {
  const demo = started.get(secure) ?? start({ algorithm: 'ES256', ...(secure ? { tls } : {}) });
  started.set(secure, demo);
  return demo;
}

/** What a client is called at the demo, where it is not the client `native`. */
const demoClients: Partial<Record<ClientName, keyof DemoServers['clients']>> = {
  ...{ local: 'local', web: 'web', signed: 'signed', device: 'device', fapi: 'bound' },
};

function keyOf({ key = '' }: DemoClient): Promise<Material> {
  return Promise.resolve({ kind: 'key', key });
}

async function found(run: Run): Promise<Outcome> {
  const { client, family, faults } = run;
  const demo = await demoOf(client === 'tls');
  // The manner comes last: it is what a client meets.
  demo.setFaults([...faults, ...(family === undefined ? [] : [family])]);
  const { issuer, clients } = demo;
  const other = client === 'web' ? clients.native : clients.web;
  const pushes = client === 'bound' || client === 'fapi';
  const report = await trial({
    issuer,
    client: clients[demoClients[client] ?? 'native'],
    other,
    checks: checks.filter(({ id }) => runsIn(run, id)),
    ...(pushes && { change: { dpop: true, pushAuthorizationRequest: true, fapi2: client === 'fapi' } }),
    context: {
      ...(client === 'device' ? { clock: quick, signInTimeout: 300_000 } : { clock }),
      ...(pushes && { server: pushedServerOf(issuer) }),
      ...(client === 'fapi' && { material: () => keyOf(clients.bound) }),
    },
  });
  const verdicts = Object.fromEntries(report.results.map(({ id, verdict }) => [id, verdict]));
  return { name: nameOf(run), verdicts, passes: passesOf(report) };
}

/** Disconnecting drops what a parent that is busy has not taken yet: each run waits until the one before is told. */
function tell(outcome: Outcome): Promise<void> {
  return new Promise((resolve, reject) =>
    process.send?.(outcome, undefined, {}, (error) => (error === null ? resolve() : reject(error))),
  );
}

const runs = of === 'package' ? strictRuns : [...strictRuns, ...familyRuns];
for (const [index, run] of runs.entries())
  if (index % Number(shares) === Number(share)) await tell(await found(run));
for (const demo of started.values()) await (await demo).close();
process.disconnect();
