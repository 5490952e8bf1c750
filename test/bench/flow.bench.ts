// Client credentials through our flow, trace included, against a bare fetch of the same request in the same process, in
// pairs; the server runs in a thread of its own and answers at once, so that nothing but the client is measured.
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { runFlow } from '../../src/core/flow/runFlow.ts';
import { MetadataCache } from '../../src/core/oauth/metadataCache.ts';
import { systemClock } from '../../src/host/clock.ts';
import { networkFetch } from '../../src/host/network.ts';
import { machineProfile } from '../support/profiles.ts';
import { median, result } from './statistics.ts';

const rounds = 1500;
const warmUp = 500;

const server = new Worker(
  `const { createServer } = require('node:http');
  const { parentPort } = require('node:worker_threads');
  const token = JSON.stringify({ access_token: 'x'.repeat(800), token_type: 'Bearer', expires_in: 3600, scope: 'a b' });
  const server = createServer((request, response) => {
    request.resume().once('end', () => {
      response.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-store' });
      const issuer = 'http://127.0.0.1:' + server.address().port;
      response.end(request.method === 'POST' ? token : JSON.stringify({ issuer, token_endpoint: issuer + '/token' }));
    });
  });
  server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port));`,
  { eval: true },
);
const [port] = (await once(server, 'message')) as [number];
const issuer = `http://127.0.0.1:${port}`;
const profile = machineProfile({ issuer, scopes: ['a', 'b'] });
const deps = {
  fetch: networkFetch,
  clock: systemClock,
  browser: { open: () => Promise.resolve(false) },
  metadata: new MetadataCache(),
  secret: () => Promise.resolve('s3cret'),
};

async function flow(): Promise<void> {
  const report = await runFlow('client_credentials', profile, deps);
  if (report.outcome.kind !== 'token') throw new Error(report.outcome.failure.message);
}

async function bare(): Promise<void> {
  const response = await fetch(`${issuer}/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa('machine-client:s3cret')}`, accept: 'application/json' },
    body: new URLSearchParams({ grant_type: 'client_credentials', scope: 'a b' }),
  });
  if (((await response.json()) as { access_token?: string }).access_token === undefined)
    throw new Error('The bare request got no token.');
}

async function time(action: () => Promise<void>): Promise<number> {
  const started = performance.now();
  await action();
  return performance.now() - started;
}

const ratios: number[] = [];
try {
  for (let round = 0; round < rounds; round++) {
    // Each goes first as often as the other.
    const flowFirst = round % 2 === 0;
    const first = await time(flowFirst ? flow : bare);
    const second = await time(flowFirst ? bare : flow);
    ratios.push(flowFirst ? first / second : second / first);
  }
} finally {
  await server.terminate();
}
result('token_ratio', median(ratios.slice(warmUp)), 'ratio');
