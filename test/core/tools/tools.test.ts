import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import manifest from '../../../package.json' with { type: 'json' };
import texts from '../../../package.nls.json' with { type: 'json' };
import type { Profile } from '../../../src/core/profile/profile.ts';
import { tools } from '../../../src/core/tools/all.ts';
import { planTool, runTool } from '../../../src/core/tools/useTool.ts';
import { toolNames, type ToolName } from '../../../src/shared/toolNames.ts';
import { startOwnDemoServers, type DemoServers } from '../../demo/demoServers.ts';
import { startMcpSdkServer, type RunningMcpServer } from '../../support/servers/mcpSdk.ts';
import { machineProfile, userProfile } from '../../support/profiles.ts';
import { startStandIn, type StandIn } from '../../support/servers/standIn.ts';
import { profileOf } from '../checks/support.ts';
import { plant, toolsOn, type Planted } from './workbench.ts';

const signal = new AbortController().signal;

describe('the tools in the manifest', () => {
  const declared = manifest.contributes.languageModelTools;

  it('are those that there are, with the arguments that they take', () => {
    assert.deepEqual(
      declared.map(({ name }) => name),
      [...toolNames],
    );
    for (const { name, inputSchema } of declared)
      assert.deepEqual(Object.keys(inputSchema.properties), tools[name as ToolName].inputs, name);
  });

  it('say in words what they and their arguments are', () => {
    for (const { name, modelDescription, userDescription, displayName, inputSchema } of declared) {
      const told = [modelDescription, userDescription, displayName];
      const described = Object.values(inputSchema.properties as Record<string, { description: string }>).map(
        ({ description }) => description,
      );
      for (const key of [...told, ...described]) {
        const text = texts[key.slice(1, -1) as keyof typeof texts];
        assert.ok(text.length > 5, `${name}: ${key}`);
      }
    }
  });
});

describe('the tools for language models', () => {
  let planted: Planted;
  let api: StandIn;
  const profiles: readonly Profile[] = [machineProfile({ id: 'orders', name: 'Orders' }), userProfile()];
  const tool = (name: ToolName, input: unknown, over: Parameters<typeof toolsOn>[2] = {}) =>
    runTool(name, input, toolsOn(planted, profiles, over).ports, signal);
  before(async () => {
    planted = await plant();
    api = await startStandIn(({ method, body, headers }) => ({
      status: headers.authorization === `Bearer ${planted.access}` ? 200 : 401,
      body: { orders: [1, 2], method, body, agent: headers['x-agent'] },
    }));
  });
  after(() => api.close());

  it('list profiles with the state of their tokens', async () => {
    const { profiles: listed } = JSON.parse(await tool('oauth_list_profiles', {})) as {
      profiles: Record<string, unknown>[];
    };
    assert.deepEqual(
      listed.map(({ id, grant }) => [id, grant]),
      [
        ['orders', 'client_credentials'],
        ['user', 'authorization_code'],
      ],
    );
    assert.match(String(listed[0]?.['token']), /min left|1 h left/);
    assert.match(await tool('oauth_list_profiles', {}, { profiles: () => [] }), /Add Profile/);
  });

  it('tell claims, scopes and times of a token', async () => {
    const status = JSON.parse(await tool('oauth_token_status', { profile: 'orders' })) as {
      token_end: string;
      expires_at: string;
      access_token: { claims: Record<string, unknown> };
      scopes: Record<string, unknown>[];
    };
    assert.equal(status.token_end, `…${planted.access.slice(-6)}`);
    assert.equal(status.access_token.claims['sub'], 'alice');
    assert.ok(Date.parse(status.expires_at) > Date.now());
    const write = status.scopes.find(({ scope }) => scope === 'orders.write');
    assert.deepEqual([write?.['asked'], write?.['granted'], write?.['verdict']], [true, 'no', 'dropped']);
    assert.match(
      await tool('oauth_token_status', { profile: 'user' }, { tokens: () => Promise.resolve(undefined) }),
      /no token/,
    );
  });

  it('send a request as it was shown, with the token, and hand on the answer', async () => {
    const input = {
      ...{ profile: 'orders', method: 'post', url: `${api.origin}/orders`, body: '{"a":1}' },
      headers: { 'X-Agent': 'chat', 'Idempotency-Key': '7' },
    };
    const { question } = await planTool('oauth_call_api', input, toolsOn(planted, profiles).ports);
    assert.match(question?.shown ?? '', /^POST http:\/\/127\.0\.0\.1:\d+\/orders\nX-Agent: chat\n/);
    assert.match(question?.shown ?? '', /\n\n\{"a":1\}$/);
    assert.match(question?.text ?? '', /You will be asked whether it may go to that host/);
    const text = await tool('oauth_call_api', input);
    assert.match(text, /^HTTP 200 OK\n/);
    assert.match(text, /"method":"POST","body":"\{\\"a\\":1\}","agent":"chat"/);
  });

  it('refuse a request that carries credentials, or goes where no token may go', async () => {
    const sent = api.requests.length;
    const refused: readonly (readonly [object, RegExp])[] = [
      [{ headers: { Authorization: 'Bearer x' } }, /header carries credentials/],
      [{ headers: { 'X-API-Key': 'k' } }, /header carries credentials/],
      [{ headers: { Cookie: 'a=b' } }, /header carries credentials/],
      [{ headers: { 'X-Note': 'Basic dXNlcjpwYXNz' } }, /header carries credentials/],
      [{ headers: { Host: 'evil.example' } }, /host cannot be set/],
      [{ headers: { 'X-HTTP-Method-Override': 'DELETE' } }, /cannot be set/],
      [{ headers: { 'X-A': 'a\r\nHost: b' } }, /HTTP does not allow/],
      [{ url: `${api.origin}/?access_token=x` }, /address carries credentials/],
      [{ url: 'https://me:pw@api.example/' }, /address carries credentials/],
      [{ url: 'http://api.example/' }, /https only/],
      [{ url: '/orders' }, /full URL/],
      [{ url: 'file:///etc/passwd' }, /full URL/],
      [{ method: 'TRACE' }, /method must be one of/],
      [{ method: 'GET', body: 'x' }, /carries no body/],
      [{ profile: 'nobody' }, /oauth_list_profiles/],
      [{ token: 'x' }, /no other arguments/],
    ];
    for (const [change, words] of refused) {
      const input = { profile: 'orders', url: `${api.origin}/orders`, ...change };
      await assert.rejects(tool('oauth_call_api', input), words);
      const plan = await planTool('oauth_call_api', input, toolsOn(planted, profiles).ports);
      assert.equal(plan.question, undefined, 'The user is not asked about what is refused.');
    }
    assert.equal(api.requests.length, sent);
  });

  it('explain an answer that the model has, and say what else to give for what is none', async () => {
    const answer =
      'HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Bearer error="insufficient_scope", scope="orders.write"\r\n\r\n';
    assert.match(await tool('oauth_explain_failure', { answer }), /insufficient_scope/);
    await assert.rejects(tool('oauth_explain_failure', { answer: '…', status: 99 }), /from 100 to 599/);
    await assert.rejects(
      tool('oauth_explain_failure', { profile: 'orders' }),
      /No run of this profile has failed/,
    );
    assert.match(
      await tool('oauth_explain_failure', { answer: '{"access_token":"x","token_type":"Bearer"}' }),
      /Nothing failed/,
    );
  });

  it('hand on the beginning of a long answer, of which no more than the beginning is read, and no secret of it', async () => {
    const secret = `q7Rk2vXb9LmN4pTs-${planted.access}`;
    const filler = 'x'.repeat(9 * 1024 * 1024);
    const long = await startStandIn(() => ({ status: 200, body: { password: secret, filler } }));
    try {
      const text = await tool('oauth_call_api', { profile: 'orders', url: `${long.origin}/all` });
      assert.match(text, /^HTTP 200 OK\n/);
      assert.ok(
        text.length < 13_000 && text.includes('"filler":"xxx') && !text.includes(secret.slice(0, 16)),
      );
      const [, count = 0] = /\((\d+) characters were left out\.\)$/.exec(text) ?? [];
      assert.ok(Number(count) > filler.length - 12_100 && Number(count) <= filler.length, String(count));
    } finally {
      await long.close();
    }
  });

  it('explain the run that failed last', async () => {
    const other = toolsOn(await plant(), profiles);
    const text = await runTool(
      'oauth_call_api',
      { profile: 'orders', url: `${api.origin}/orders` },
      other.ports,
      signal,
    );
    assert.match(text, /^HTTP 401/);
    assert.match(await runTool('oauth_explain_failure', { profile: 'orders' }, other.ports, signal), /401/);
  });

  it('ask for one of several profiles by its id, and take the only one without', async () => {
    await assert.rejects(tool('oauth_token_status', {}), /several profiles.*oauth_list_profiles/);
    const [only] = profiles;
    assert.match(
      await tool('oauth_token_status', {}, { profiles: () => (only ? [only] : []) }),
      /"profile": "orders"/,
    );
    await assert.rejects(tool('oauth_token_status', {}, { profiles: () => [] }), /Add Profile/);
  });
});

describe('checks and exploration for language models', () => {
  let demo: DemoServers;
  let mcp: RunningMcpServer;
  let planted: Planted;
  before(async () => {
    [demo, mcp, planted] = await Promise.all([
      startOwnDemoServers({ algorithm: 'ES256' }),
      startMcpSdkServer(),
      plant(),
    ]);
  });
  after(() => Promise.all([demo.close(), mcp.close()]));

  it('run the checks that are named, after saying how much is sent where', async () => {
    const profile = profileOf(demo.issuer, demo.clients.native);
    const { ports } = toolsOn(planted, [profile]);
    const input = { only: ['pkce'] };
    const { question } = await planTool('oauth_run_checks', input, ports);
    assert.match(question?.text ?? '', new RegExp(`^Up to \\d+ requests go to ${demo.issuer}, `));
    const text = await runTool('oauth_run_checks', input, ports, signal);
    const { results, next } = JSON.parse(text) as {
      results: { id: string; verdict: string }[];
      next: string;
    };
    assert.ok(results.length > 3 && results.every(({ id }) => id.startsWith('pkce.')));
    assert.ok(results.some(({ verdict }) => verdict === 'pass'));
    assert.match(next, /signIn/);
    await assert.rejects(
      runTool('oauth_run_checks', { only: ['pkse'] }, ports, signal),
      /The areas are redirect, /,
    );
  });

  it('walk what a client does at a real MCP server', async () => {
    const { ports } = toolsOn(planted, []);
    const text = await runTool('oauth_explore_mcp_server', { url: mcp.url }, ports, signal);
    assert.match(text, /It wants a token, and says so with 401\./);
    await assert.rejects(
      runTool('oauth_explore_mcp_server', { url: 'mcp.example' }, ports, signal),
      /as it stands in mcp\.json/,
    );
  });
});
