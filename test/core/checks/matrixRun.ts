// The runs of the matrix, in a process of their own: node:test follows every promise of its process, which costs as much
// again as the runs themselves. Sends the verdicts of each run to its parent. The argument “package”: of the packaged server.
import { faults } from '../../../src/demo/faults/all.ts';
import { startOwnDemoServers } from '../../demo/demoServers.ts';
import { startPackagedDemo } from '../../e2e/packagedDemo.ts';
import { clientFor, clientNames, type ClientName, type Run } from './matrixClients.ts';
import { trial } from './support.ts';

const start = process.argv[2] === 'package' ? startPackagedDemo : startOwnDemoServers;
const demo = await start({ algorithm: 'ES256' });

async function run(client: ClientName, fault?: string): Promise<Run> {
  demo.setFaults(fault === undefined ? [] : [fault]);
  const { issuer, clients } = demo;
  const other = client === 'web' ? clients.native : clients.web;
  const { results } = await trial({ issuer, client: clients[client], other });
  const verdicts = Object.fromEntries(results.map(({ id, verdict }) => [id, verdict]));
  return { name: fault ?? client, verdicts };
}

for (const client of clientNames) process.send?.(await run(client));
for (const { id } of faults) process.send?.(await run(clientFor(id), id));
await demo.close();
process.disconnect();
