import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { apiChecks } from '../../../src/core/checks/apiChecks.ts';
import type { Verdict } from '../../../src/core/checks/check.ts';
import type { DemoServers } from '../../../src/demo/demoServers.ts';
import { apiFaults } from '../../../src/demo/faults/mcp.ts';
import { startOwnDemoServers } from '../../demo/demoServers.ts';
import { apiTrial } from './apiTrial.ts';

type Verdicts = Readonly<Record<string, Verdict>>;

/** These checks with this verdict. */
const all = (verdict: Verdict, ...ids: readonly string[]): Verdicts =>
  Object.fromEntries(ids.map((id) => [id, verdict]));

const ofServer = [
  'mcp.server-metadata',
  'mcp.issuer-equal',
  'mcp.pkce-advertised',
  'mcp.iss-advertised',
  'mcp.registers-loopback',
  'mcp.refuses-plain-http',
];
const ofDocument = ['mcp.resource', 'mcp.authorization-servers', 'mcp.offline-access'];
const ofBadTokens = [
  'resource.other-audience',
  'resource.expired',
  'resource.signature',
  'resource.unsigned',
  'resource.id-token',
  'resource.in-query',
  'resource.scope',
];

/**
 * For every fault: what may change against the strict server, and nothing else. The first entry is the check that is
 * there to find the fault.
 */
const expected: Readonly<Record<string, Verdicts>> = {
  'mcp-answers-403': {
    'mcp.answers-401': 'fail',
    'mcp.challenge': 'not_determined',
    ...all('weakness', 'resource.no-token', 'resource.in-query'),
  },
  'mcp-answers-page': {
    'mcp.answers-401': 'fail',
    ...all('not_determined', 'mcp.challenge', 'mcp.document', 'mcp.copies', ...ofDocument, ...ofServer),
    ...all('weakness', 'resource.no-token', 'resource.in-query'),
  },
  'mcp-challenge-without-document': { 'mcp.challenge': 'weakness' },
  'mcp-challenge-basic': {
    'mcp.challenge': 'fail',
    ...all('weakness', 'resource.no-token', ...ofBadTokens),
  },
  'mcp-document-elsewhere': { 'mcp.document': 'fail' },
  'mcp-document-missing': {
    'mcp.document': 'fail',
    ...all('not_determined', 'mcp.copies', ...ofDocument, ...ofServer),
  },
  'mcp-document-as-text': { 'mcp.document': 'weakness' },
  'mcp-resource-slash': { 'mcp.resource': 'weakness' },
  'mcp-resource-other': { 'mcp.resource': 'fail' },
  'mcp-no-authorization-server': {
    'mcp.authorization-servers': 'fail',
    ...all('not_determined', ...ofServer),
  },
  'mcp-offline-access': { 'mcp.offline-access': 'weakness' },
  'mcp-copies-differ': { 'mcp.copies': 'weakness' },
  'metadata-missing': { ...all('not_determined', ...ofServer), 'mcp.server-metadata': 'fail' },
  // Metadata of another issuer is none that can be used.
  'metadata-other-issuer': {
    ...all('not_determined', ...ofServer),
    ...all('fail', 'mcp.issuer-equal', 'mcp.server-metadata'),
  },
  'pkce-not-advertised': { 'mcp.pkce-advertised': 'fail' },
  'iss-not-advertised': { 'mcp.iss-advertised': 'weakness' },
  'registration-refuses-loopback': {
    'mcp.registers-loopback': 'fail',
    'mcp.refuses-plain-http': 'not_determined',
  },
  'registration-takes-plain-http': { 'mcp.refuses-plain-http': 'weakness' },
  'api-open': {
    'mcp.answers-401': 'fail',
    'resource.no-token': 'fail',
    ...all('not_applicable', 'mcp.challenge', 'mcp.document', ...ofDocument, ...ofServer),
    ...all('not_determined', ...ofBadTokens),
  },
  'api-refuses-all': { 'resource.good-token': 'fail', ...all('not_determined', ...ofBadTokens) },
  // Whoever issues all tokens for one audience must take them all.
  'tokens-for-one-audience': all('fail', 'resource.audience', 'resource.other-audience'),
  'api-ignores-audience': { 'resource.other-audience': 'fail' },
  'api-ignores-expiry': { 'resource.expired': 'fail' },
  'api-ignores-signature': { 'resource.signature': 'fail' },
  'api-takes-none': { 'resource.unsigned': 'fail' },
  'api-takes-id-tokens': { 'resource.id-token': 'fail' },
  'api-takes-query': { 'resource.in-query': 'fail' },
  'api-ignores-scope': { 'resource.scope': 'fail' },
  'api-scope-unnamed': { 'resource.scope': 'weakness' },
};

/** Faults of any API, which are tried at the demo API, too. */
const ofAnyApi = apiFaults.filter(({ lax }) => lax !== undefined && lax !== 'one-audience');

describe('the checks of an API that takes tokens', () => {
  let demo: DemoServers;
  before(async () => {
    demo = await startOwnDemoServers({ algorithm: 'ES256' });
  });
  after(() => demo.close());

  const verdictsOf = async (of: 'mcp' | 'api', fault?: string): Promise<Verdicts> => {
    demo.setFaults(fault === undefined ? [] : [fault]);
    const { results } = await apiTrial(demo, of);
    return Object.fromEntries(results.map(({ id, verdict }) => [id, verdict]));
  };
  const changed = (strict: Verdicts, found: Verdicts): Verdicts =>
    Object.fromEntries(Object.entries(found).filter(([id, verdict]) => strict[id] !== verdict));

  it('pass at the strict MCP server', async () => {
    const strict = await verdictsOf('mcp');
    assert.deepEqual(
      Object.entries(strict).filter(([, verdict]) => verdict !== 'pass'),
      [['mcp.copies', 'not_applicable']],
    );
    assert.equal(Object.keys(strict).length, apiChecks.length);
  });

  it('pass at the strict API, where those of MCP servers have no place', async () => {
    const strict = await verdictsOf('api');
    assert.deepEqual(new Set(Object.values(strict)), new Set(['pass']));
    assert.deepEqual(
      Object.keys(strict),
      apiChecks.filter(({ area }) => area === 'resource').map(({ id }) => id),
    );
  });

  it('find each fault of an MCP server, and raise no other alarm', async () => {
    const strict = await verdictsOf('mcp');
    for (const { id, title } of apiFaults)
      assert.deepEqual(changed(strict, await verdictsOf('mcp', id)), expected[id], title);
  });

  it('find each fault of the way in which an API looks at tokens', async () => {
    const strict = await verdictsOf('api');
    for (const { id, title } of ofAnyApi)
      assert.deepEqual(changed(strict, await verdictsOf('api', id)), expected[id], title);
  });

  it('leave no check without a fault that it finds', () => {
    const found = Object.values(expected).flatMap((changes) =>
      Object.entries(changes).flatMap(([id, verdict]) =>
        verdict === 'fail' || verdict === 'weakness' ? [id] : [],
      ),
    );
    assert.deepEqual(
      apiChecks.map(({ id }) => id).filter((id) => !found.includes(id)),
      [],
    );
    assert.deepEqual(Object.keys(expected).sort(), apiFaults.map(({ id }) => id).sort());
  });

  it('leave out what needs a token where there is none, and say so', async () => {
    demo.setFaults([]);
    const { results } = await apiTrial(demo, 'mcp', 'none');
    const without = results.filter(({ verdict }) => verdict === 'not_applicable').map(({ id }) => id);
    assert.deepEqual(without, ['mcp.copies', 'resource.good-token', 'resource.audience', ...ofBadTokens]);
  });
});
