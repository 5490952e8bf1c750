import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { checkResourceAllowed } from '@modelcontextprotocol/sdk/shared/auth-utils.js';
import type { ExploredServer } from '../../../../src/core/mcp/authorizationServer.ts';
import { evaluateClients, type ClientOutcome } from '../../../../src/core/mcp/clients/evaluate.ts';
import { compareResource } from '../../../../src/core/mcp/compareResource.ts';
import type { McpExploration } from '../../../../src/core/mcp/explore.ts';

const issuer = 'https://as.example.com';

interface Made {
  readonly url?: string;
  readonly resource?: string;
  readonly members?: Readonly<Record<string, unknown>>;
  readonly scopes?: readonly string[];
  /** The metadata names another issuer. */
  readonly otherIssuer?: true;
}

const members = {
  issuer,
  registration_endpoint: `${issuer}/register`,
  client_id_metadata_document_supported: true,
  code_challenge_methods_supported: ['S256'],
};

function exploration(made: Made = {}): McpExploration {
  const url = made.url ?? 'https://mcp.example.com/mcp';
  const published = made.members ?? members;
  const place = { url: `${issuer}/.well-known/oauth-authorization-server`, kind: 'rfc8414' } as const;
  const server: ExploredServer = {
    issuer,
    lookedAt: [{ place, found: { outcome: 'found', members: published } }],
    ...(made.otherIssuer === undefined && { metadata: { issuer, members: published } }),
    findings: [],
  };
  return {
    url,
    resourceIndicator: url,
    answer: { kind: 'challenge', challenged: { bearer: {}, others: [] } },
    lookedAt: [],
    resource: {
      resource: compareResource(made.resource ?? url, new URL(url)),
      authorizationServers: [issuer],
      ...(made.scopes !== undefined && { scopesSupported: made.scopes }),
    },
    servers: [server],
    findings: [],
  };
}

function outcomeOf(name: string, made: Made | McpExploration): ClientOutcome {
  const explored = 'answer' in made ? made : exploration(made);
  const found = evaluateClients(explored).find((one) => one.name === name);
  assert.ok(found);
  return found;
}

/** Every resource a server might publish for every URL it might have. */
const resources = [
  'https://mcp.example.com',
  'https://mcp.example.com/',
  'https://mcp.example.com/mcp',
  'https://mcp.example.com/mcp/',
  'https://MCP.example.com/mcp',
  'https://mcp.example.com:443/mcp',
  'https://mcp.example.com/mcp/tools',
  'https://mcp.example.com/mc',
  'https://mcp.example.com/mcp?tenant=1',
  'https://other.example.com/mcp',
  'http://mcp.example.com/mcp',
];
const urls = resources.filter((url) => url.startsWith('https://mcp.'));

describe('which client can connect', () => {
  it('says of a server that does everything right that each connects if its redirect is taken', () => {
    for (const { verdict, because, step } of evaluateClients(exploration()))
      assert.deepEqual(
        [verdict, step, /takes .*(?:https:|http:|cursor:)/.test(because)],
        ['connects_if', undefined, true],
      );
  });

  it('compares resource as the SDK’s own function does, for the Inspector', () => {
    for (const url of urls)
      for (const resource of resources) {
        const allowed = checkResourceAllowed({ requestedResource: url, configuredResource: resource });
        const { verdict, step } = outcomeOf('MCP Inspector', { url, resource });
        assert.deepEqual(
          [verdict === 'fails', step],
          allowed ? [false, undefined] : [true, 2],
          `${resource} for ${url}`,
        );
      }
  });

  it('compares resource as VS Code does: both through URL', () => {
    for (const url of urls)
      for (const resource of resources) {
        const same = new URL(resource).toString() === new URL(url).toString();
        assert.equal(
          outcomeOf('VS Code', { url, resource }).verdict === 'fails',
          !same,
          `${resource} for ${url}`,
        );
      }
  });

  it('says of a server on this computer that hosted clients do not reach it', () => {
    for (const name of ['Claude', 'ChatGPT']) {
      const { verdict, step, facts } = outcomeOf(name, { url: 'http://127.0.0.1:3000/mcp' });
      assert.deepEqual([verdict, step, facts.length], ['fails', 1, 1]);
    }
    assert.equal(outcomeOf('VS Code', { url: 'http://127.0.0.1:3000/mcp' }).verdict, 'connects_if');
  });

  it('follows what each needs to register', () => {
    const { registration_endpoint: _, ...noRegistration } = members;
    assert.match(outcomeOf('Cursor', { members: noRegistration }).because, /by hand/);
    assert.equal(outcomeOf('Cursor', { members: noRegistration }).step, 4);
    assert.equal(outcomeOf('VS Code', { members: noRegistration }).step, undefined);
  });

  it('knows who wants PKCE advertised, and who only not excluded', () => {
    const { code_challenge_methods_supported: _, ...silent } = members;
    assert.equal(outcomeOf('ChatGPT', { members: silent }).step, 3);
    assert.equal(outcomeOf('MCP Inspector', { members: silent }).step, undefined);
    const plain = { ...members, code_challenge_methods_supported: ['plain'] };
    assert.equal(outcomeOf('MCP Inspector', { members: plain }).step, 3);
  });

  it('knows who compares no issuer', () => {
    assert.equal(outcomeOf('VS Code', { otherIssuer: true }).step, undefined);
    assert.deepEqual(
      [outcomeOf('Cursor', { otherIssuer: true }).verdict, outcomeOf('Cursor', { otherIssuer: true }).step],
      ['fails', 3],
    );
  });

  it('names the scopes that are asked for all at once, and the slash that is added', () => {
    assert.match(outcomeOf('Cursor', { scopes: ['a', 'b'] }).because, /grants all of a b together/);
    const bare = { url: 'https://mcp.example.com/', resource: 'https://mcp.example.com' };
    assert.match(outcomeOf('Claude', bare).because, /takes https:\/\/mcp\.example\.com\/ as resource/);
  });

  it('says for each failure at which step, why, and what to change; and what it rests on', () => {
    const { registration_endpoint: _, client_id_metadata_document_supported: __, ...closed } = members;
    const bad: readonly McpExploration[] = [
      ...resources.map((resource) => exploration({ resource })),
      exploration({ otherIssuer: true }),
      exploration({ members: closed }),
      exploration({ members: {} }),
      { ...exploration(), answer: { kind: 'refused', status: 403, challenged: { others: [] } } },
      { ...exploration(), answer: { kind: 'not_mcp', status: 200, older: false } },
      { ...exploration(), servers: [] },
    ];
    for (const one of bad)
      for (const { verdict, step, because, change } of evaluateClients(one)) {
        assert.match(because, /\S/);
        if (verdict !== 'fails') continue;
        assert.ok(step !== undefined && step >= 1 && step <= 5);
        assert.ok(change !== undefined && change !== '');
      }
    const open = { ...exploration(), answer: { kind: 'open' } } as const;
    assert.deepEqual(new Set(evaluateClients(open).map(({ verdict }) => verdict)), new Set(['connects']));
  });
});
