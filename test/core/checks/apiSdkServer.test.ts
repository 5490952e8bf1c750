import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { initializeRequest } from '../../../src/core/checks/apiBench.ts';
import { planApiChecks, runApiChecks } from '../../../src/core/checks/runApiChecks.ts';
import { startMcpSdkServer, type McpServerFaults } from '../../support/servers/mcpSdk.ts';
import { realClock } from './support.ts';

/** What is not passed at the protocol's own server, without a token. */
async function found(faults: McpServerFaults = {}): Promise<Readonly<Record<string, string>>> {
  const server = await startMcpSdkServer(faults);
  try {
    const mcp = new URL(server.url);
    const report = await runApiChecks(
      {
        ...{ version: '0', fetch, clock: realClock, timeout: 60_000, mcp },
        signal: new AbortController().signal,
        request: initializeRequest(mcp, '0'),
      },
      { id: 'sdk', name: 'SDK', clientId: '' },
      { items: planApiChecks(true, false) },
    );
    const shown = report.results.filter(({ id }) => id.startsWith('mcp.') || id === 'resource.no-token');
    return Object.fromEntries(
      shown.filter(({ verdict }) => verdict !== 'pass').map(({ id, verdict }) => [id, verdict]),
    );
  } finally {
    await server.close();
  }
}

/** What is so at this server of others, each looked at: it promises no iss, and registers any redirect. */
const own = {
  'mcp.copies': 'not_applicable',
  'mcp.iss-advertised': 'weakness',
  'mcp.refuses-plain-http': 'weakness',
} as const;

describe('the MCP checks at the SDK’s own server', () => {
  it('say what it lacks, and nothing else', async () => {
    assert.deepEqual(await found(), own);
  });

  it('find another resource', async () => {
    assert.deepEqual(await found({ resource: 'https://other.example/' }), { ...own, 'mcp.resource': 'fail' });
  });

  it('find a challenge that is missing', async () => {
    assert.deepEqual(await found({ noChallenge: true }), {
      ...own,
      'mcp.challenge': 'weakness',
      'resource.no-token': 'weakness',
    });
  });

  it('try no registration where there is none', async () => {
    assert.deepEqual(await found({ noRegistration: true }), {
      'mcp.copies': 'not_applicable',
      'mcp.iss-advertised': 'weakness',
      'mcp.registers-loopback': 'not_applicable',
      'mcp.refuses-plain-http': 'not_applicable',
    });
  });
});
