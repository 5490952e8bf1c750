// The runs of the matrix, in a process of their own: node:test follows every promise of its process, which costs as much
// again as the runs themselves. Sends the verdicts of each run to its parent. Arguments: “package” for the packaged server, and
// which share of how many of the runs is its own.
import { faults } from '../../../src/demo/faults/all.ts';
import { startOwnDemoServers } from '../../demo/demoServers.ts';
import { startPackagedDemo } from '../../e2e/packagedDemo.ts';
import { clientFor, clientNames, type ClientName, type Run } from './matrixClients.ts';
import { trial } from './support.ts';

const [, , of, share = '0', shares = '1'] = process.argv;
const start = of === 'package' ? startPackagedDemo : startOwnDemoServers;
const demo = await start({ algorithm: 'ES256' });

async function run(client: ClientName, fault?: string): Promise<Run> {
  demo.setFaults(fault === undefined ? [] : [fault]);
  const { issuer, clients } = demo;
  const other = client === 'web' ? clients.native : clients.web;
  const { results } = await trial({ issuer, client: clients[client], other });
  const verdicts = Object.fromEntries(results.map(({ id, verdict }) => [id, verdict]));
  return { name: fault ?? client, verdicts };
}

const runs: readonly (readonly [ClientName, string?])[] = [
  ...clientNames.map((client) => [client] as const),
  ...faults.map(({ id }) => [clientFor(id), id] as const),
];
for (const [index, [client, fault]] of runs.entries())
  if (index % Number(shares) === Number(share)) process.send?.(await run(client, fault));
await demo.close();
process.disconnect();
