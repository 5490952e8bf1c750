import assert from 'node:assert/strict';
import { createServer as createProxy, type Server as HttpServer } from 'node:http';
import { createServer, type Server as TlsServer } from 'node:https';
import { connect, type AddressInfo, type Server, type Socket } from 'node:net';
import * as vscode from 'vscode';
import { runFlow } from '../../src/core/flow/runFlow.ts';
import { MetadataCache } from '../../src/core/oauth/metadataCache.ts';
import { systemClock } from '../../src/adapters/clock.ts';
import { networkFetch } from '../../src/adapters/network.ts';
import { extraName, readExtraAuthority } from '../support/extraAuthority.ts';
import { machineProfile } from '../support/profiles.ts';
import { test } from './suite.ts';

/** An https token endpoint whose certificate only `NODE_EXTRA_CA_CERTS` vouches for. */
async function tokenEndpoint(): Promise<TlsServer> {
  const server = createServer(await readExtraAuthority(), (request, response) => {
    request.resume();
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end('{"access_token":"through-the-proxy","token_type":"Bearer","expires_in":60}');
  });
  return listening(server);
}

/** A CONNECT proxy that leads every name to `target`, and keeps the names. */
async function proxyTo(target: number, asked: string[]): Promise<HttpServer> {
  const proxy = createProxy();
  proxy.on('connect', (request, client: Socket) => {
    asked.push(request.url ?? '');
    const upstream = connect(target, '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      upstream.pipe(client).pipe(upstream);
    });
    for (const socket of [client, upstream]) socket.on('error', () => socket.destroy());
  });
  return listening(proxy);
}

function listening<S extends Server>(server: S): Promise<S> {
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}

async function getToken(origin: string) {
  const profile = machineProfile({ issuer: origin, tokenEndpoint: `${origin}/token` });
  const { outcome } = await runFlow('client_credentials', profile, {
    fetch: networkFetch,
    clock: systemClock,
    browser: { open: () => Promise.resolve(false) },
    metadata: new MetadataCache(),
    secret: () => Promise.resolve('s3cret'),
  });
  return outcome;
}

function close(...servers: readonly (Server & { closeAllConnections: () => void })[]): void {
  for (const server of servers) {
    server.close();
    server.closeAllConnections();
  }
}

test('a flow trusts the certificates of NODE_EXTRA_CA_CERTS', async () => {
  const server = await tokenEndpoint();
  try {
    const outcome = await getToken(`https://127.0.0.1:${portOf(server)}`);
    assert.equal(outcome.kind, 'token', JSON.stringify(outcome));
  } finally {
    close(server);
  }
});

test('a flow goes through http.proxy', async () => {
  const asked: string[] = [];
  const server = await tokenEndpoint();
  const proxy = await proxyTo(portOf(server), asked);
  const http = vscode.workspace.getConfiguration('http');
  try {
    const direct = await getToken(`https://${extraName}`);
    assert.ok(direct.kind === 'failure' && direct.failure.kind === 'network', JSON.stringify(direct));
    await http.update('proxy', `http://127.0.0.1:${portOf(proxy)}`, vscode.ConfigurationTarget.Global);
    const proxied = await getToken(`https://${extraName}`);
    assert.equal(proxied.kind, 'token', JSON.stringify(proxied));
    // Once more for whom to trust by NODE_EXTRA_CA_CERTS, where VS Code itself does not.
    assert.deepEqual([...new Set(asked)], [`${extraName}:443`]);
  } finally {
    await http.update('proxy', undefined, vscode.ConfigurationTarget.Global);
    close(server, proxy);
  }
});
