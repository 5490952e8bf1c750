import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { systemClock } from '../../../src/adapters/clock.ts';
import { runFlow } from '../../../src/core/flow/runFlow.ts';
import type { FlowReport } from '../../../src/core/record/report.ts';
import { flowView } from '../../../src/core/flowView/flowView.ts';
import { McpController, type McpDeps } from '../../../src/core/mcp/mcpController.ts';
import { mcpReport } from '../../../src/core/mcp/mcpReport.ts';
import { MetadataCache } from '../../../src/core/oauth/metadataCache.ts';
import type { AuthorizationCodeProfile } from '../../../src/core/profile/profile.ts';
import { startEverything } from '../../support/servers/everything.ts';
import { startMcpSdkServer, type McpServerFaults } from '../../support/servers/mcpSdk.ts';
import { freePort } from '../../../src/demo/listen.ts';

interface Bench {
  readonly controller: McpController;
  readonly saved: Map<string, AuthorizationCodeProfile>;
  readonly secrets: string[];
  readonly recorded: FlowReport[];
  readonly url: string;
  readonly close: () => Promise<void>;
}

async function bench(
  test: TestContext,
  faults: McpServerFaults = {},
  send: McpDeps['fetch'] = fetch,
): Promise<Bench> {
  const server = await startMcpSdkServer(faults);
  test.after(server.close);
  const saved = new Map<string, AuthorizationCodeProfile>();
  const secrets: string[] = [];
  const recorded: FlowReport[] = [];
  const kept = new Map<string, string>();
  const deps: McpDeps = {
    version: '0.0.0',
    clock: systemClock,
    fetch: send,
    timeout: () => 10_000,
    draw: () => undefined,
    record: (report) => void recorded.push(report),
    known: (resource) => [...saved.values()].find((one) => one.resource[0] === resource),
    freeRedirect: async () => `http://127.0.0.1:${await freePort()}/callback`,
    isOneService: (_, { from, to }) => assert.fail(`${from} and ${to} are one here.`),
    nameFor: (host) => ({ id: 'mcp', name: `MCP: ${host}` }),
    save: (profile) => Promise.resolve(void saved.set(profile.id, profile)),
    keepSecret: ({ id }, secret) => {
      secrets.push(secret);
      kept.set(id, secret);
      return Promise.resolve();
    },
    signIn: (profile, signal) =>
      runFlow('authorization_code', profile, {
        fetch,
        clock: systemClock,
        metadata: new MetadataCache(),
        signal,
        browser: { open: async (address) => (await fetch(address)).ok },
        secret: ({ id }) => Promise.resolve(kept.get(id)),
        signInTimeout: 10_000,
      }),
  };
  const controller = new McpController(new URL(server.url), 'walk', deps);
  return { controller, saved, secrets, recorded, url: server.url, close: server.close };
}

describe('the walk around the SDK’s MCP server', () => {
  it('goes to all tools of server-everything behind its authorization router', async (test) => {
    const everything = await startEverything();
    test.after(everything.close);
    const { controller, saved } = await bench(test, { behind: everything.url });
    await controller.explore();
    assert.equal(controller.model.state, 'explored', controller.model.headline.text);
    await controller.handle({ type: 'signIn' });
    const { state, tools } = controller.model;
    assert.equal(state, 'connected', controller.model.headline.text);
    const names = (tools ?? []).map(({ name }) => name);
    assert.ok(names.length >= 8 && names.includes('echo'), names.join(', '));
    assert.equal(saved.size, 1);
  });

  it('goes from its URL to its tools, and leaves a profile', async (test) => {
    const { controller, saved, recorded, url } = await bench(test);
    await controller.explore();
    const before = controller.model;
    assert.equal(before.state, 'explored', before.headline.text);
    assert.deepEqual(
      before.steps.map(({ title, verdict }) => [title.replace(/http:\S+/, '…'), verdict === 'error']),
      [
        ['Ask without a token', false],
        ['Read the protected-resource document', false],
        ['Read the metadata of …', false],
        ['Get a client ID', false],
        ['Choose scopes and resource', false],
        ['Sign in with PKCE', false],
        ['Use the token: initialize, tools/list', false],
      ],
    );
    assert.match(before.plan?.join('\n') ?? '', /Registers a client named OAuth Explorer at 127\.0\.0\.1/);

    await controller.handle({ type: 'signIn' });
    const { state, headline, tools, profile } = controller.model;
    assert.equal(state, 'connected', headline.text);
    assert.deepEqual(tools, [{ name: 'forecast', description: 'The weather of tomorrow' }]);
    const made = saved.get(profile ?? '');
    assert.deepEqual([made?.resource, made?.scopes], [[url], ['mcp:tools']]);
    assert.match(made?.redirectUri ?? '', /^http:\/\/127\.0\.0\.1:\d+\/callback$/);

    const report = recorded.at(-1);
    assert.ok(report);
    const view = flowView({ state: 'ended', flow: report });
    assert.ok(view.lanes.some(({ id, detail }) => id === 'mcp_server' && url.includes(detail)));
    const titles = view.steps.map(({ title }) => title);
    for (const title of ['Send initialize', 'Read the protected-resource document', 'Send tools/list'])
      assert.ok(titles.includes(title), title);
    assert.doesNotMatch(JSON.stringify(view), /Bearer [0-9a-f]{8}-[0-9a-f]{4}/);
  });

  it('uses the profile of the last time instead of registering anew', async (test) => {
    const { controller, saved } = await bench(test);
    await controller.explore();
    await controller.handle({ type: 'signIn' });
    const [first] = saved.values();
    await controller.explore();
    assert.ok(
      controller.model.steps.some(({ facts }) =>
        facts.some(({ value }) => value === 'with the client ID that you have'),
      ),
    );
    await controller.handle({ type: 'signIn' });
    assert.equal(controller.model.state, 'connected');
    assert.deepEqual(
      [...saved.values()].map(({ clientId }) => clientId),
      [first?.clientId],
    );
  });

  it('says what is wrong, where, and what to change', async (test) => {
    const { controller } = await bench(test, { resource: 'https://elsewhere.example/mcp' });
    await controller.explore();
    const { headline, steps, plan } = controller.model;
    assert.equal(headline.tone, 'bad');
    assert.match(headline.text, /The document is about another resource than the URL/);
    const finding = steps[1]?.findings.find(({ severity }) => severity === 'error');
    assert.equal(finding?.source, 'RFC 9728 section 3.3');
    assert.deepEqual(finding.compared[0], { label: 'resource', value: 'https://elsewhere.example/mcp' });
    assert.equal(plan, undefined);
    const report = mcpReport(controller.model);
    assert.match(report, /## 2\. ❌ Read the protected-resource document/);
    assert.match(report, /- resource: `https:\/\/elsewhere\.example\/mcp`/);
  });

  it('asks for a client id where no client can register itself', async (test) => {
    const { controller } = await bench(test, { noRegistration: true });
    await controller.explore();
    assert.equal(controller.model.needsClientId, true);
    await controller.handle({ type: 'clientId', clientId: 'by-hand' });
    assert.equal(controller.model.needsClientId, false);
    assert.ok(controller.model.steps.some(({ facts }) => facts.some(({ value }) => value === 'by-hand')));
  });

  it('finds the way without a challenge, and warns', async (test) => {
    const { controller } = await bench(test, { noChallenge: true });
    await controller.explore();
    const { steps, plan } = controller.model;
    assert.equal(steps[0]?.verdict, 'warning');
    assert.ok(plan);
  });

  for (const what of ['an error', 'its tools'])
    it(`shows no token that the server repeats in ${what}`, async (test) => {
      let token = '';
      const { controller, recorded } = await bench(test, {}, async (url, init) => {
        const response = await fetch(url, init);
        const [, sent] = /^Bearer (.+)$/.exec(new Headers(init?.headers).get('authorization') ?? '') ?? [];
        if (sent === undefined) return response;
        token = sent;
        const { id, method } = JSON.parse(typeof init?.body === 'string' ? init.body : '{}') as {
          readonly id?: number;
          readonly method?: string;
        };
        const repeated = `You sent ${token}, didn’t you?`;
        if (what === 'an error' && method === 'initialize')
          return Response.json({ jsonrpc: '2.0', id, error: { code: -32000, message: repeated } });
        if (method !== 'tools/list') return response;
        return Response.json({
          ...{ jsonrpc: '2.0', id },
          result: { tools: [{ name: token, description: repeated, inputSchema: { type: 'object' } }] },
        });
      });
      await controller.explore();
      await controller.handle({ type: 'signIn' });
      assert.notEqual(token, '');
      const shown = JSON.stringify([controller.model, recorded.map(({ outcome }) => outcome)]);
      assert.match(shown, /You sent …/);
      assert.ok(!shown.includes(token), shown);
    });

  it('ends when it is cancelled, and says so', async (test) => {
    const { controller } = await bench(test);
    const exploring = controller.explore();
    await controller.handle({ type: 'cancel' });
    await exploring;
    const { state, headline } = controller.model;
    assert.equal(state, 'failed');
    assert.match(headline.text, /cancelled/);
  });

  it('that nobody answers is a run that failed, with why', async (test) => {
    const { controller, recorded, close } = await bench(test);
    await close();
    await controller.explore();
    const [report] = recorded;
    assert.ok(report?.outcome.kind === 'failure', report?.outcome.kind);
    assert.equal(report.outcome.failure.kind, 'network');
  });
});

describe('a report', () => {
  it('keeps foreign text from being markup', () => {
    const evil = '`](javascript:x) <img src=x> ``` # heading';
    const text = mcpReport({
      url: evil,
      state: 'explored',
      headline: { tone: 'bad', text: evil },
      steps: [
        {
          title: evil,
          verdict: 'error',
          facts: [{ label: 'x', value: evil }],
          findings: [],
        },
      ],
      needsClientId: false,
    });
    const spans = text.replace(/(`+) ?(?!`)[\s\S]*?[^`] ?\1(?!`)/g, '');
    assert.doesNotMatch(spans, /(^|[^\\])<img|(^|[^\\])\]\(javascript/);
  });
});
