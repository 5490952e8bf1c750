import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { CheckTests } from '../../../src/host/agents/checkTests.ts';
import type { AuthorizationCodeProfile } from '../../../src/core/profile/profile.ts';
import { startStandIn, type StandIn } from '../../support/servers/standIn.ts';
import { userProfile } from '../../support/profiles.ts';
import { workspaceFolder } from '../editor/fixture.ts';
import { withServices, type Fixture } from '../services.ts';
import { test } from '../suite.ts';

/** A server that takes any request for what it is, `plain` and a missing challenge included, and shows a page. */
const lax = (): Promise<StandIn> =>
  startStandIn(({ path }, origin) => {
    const endpoints = { token_endpoint: `${origin}/token`, authorization_endpoint: `${origin}/authorize` };
    if (path.startsWith('/.well-known/'))
      return { status: 200, body: { issuer: origin, ...endpoints, response_types_supported: ['code'] } };
    if (path === '/token') return { status: 400, body: { error: 'invalid_grant' } };
    return { status: 200, headers: { 'content-type': 'text/html' }, body: '<form>Sign in</form>' };
  });

/** What a run told VS Code, by the test's id. */
interface Told {
  readonly outcomes: Map<string, string>;
  readonly messages: Map<string, vscode.TestMessage>;
  ended: boolean;
}

function recording(controller: vscode.TestController): Told {
  const told: Told = { outcomes: new Map(), messages: new Map(), ended: false };
  const say = (outcome: string) => (item: vscode.TestItem, message?: unknown) => {
    told.outcomes.set(item.id, outcome);
    if (message instanceof vscode.TestMessage) told.messages.set(item.id, message);
  };
  const run: Partial<vscode.TestRun> = {
    ...{ enqueued: say('enqueued'), started: say('started'), passed: say('passed'), failed: say('failed') },
    ...{ skipped: say('skipped'), errored: say('errored'), appendOutput: () => undefined },
    end: () => void (told.ended = true),
  };
  controller.createTestRun = () => run as vscode.TestRun;
  return told;
}

async function withTests(
  body: (given: {
    readonly server: StandIn;
    readonly fixture: Fixture;
    readonly controller: vscode.TestController;
    readonly tests: CheckTests;
    readonly profile: AuthorizationCodeProfile;
  }) => Promise<void>,
): Promise<void> {
  const server = await lax();
  const controller = vscode.tests.createTestController('oauthExplorerTests', 'Tests of the tests');
  try {
    await withServices(async (fixture) => {
      const profile = userProfile({ issuer: server.origin });
      await fixture.add(profile);
      await body({
        server,
        fixture,
        controller,
        tests: new CheckTests(fixture.services, controller),
        profile,
      });
    });
  } finally {
    controller.dispose();
    await server.close();
  }
}

const contractUri = () => vscode.Uri.joinPath(workspaceFolder(), 'oauth.checks.json');
const write = (text: string) => vscode.workspace.fs.writeFile(contractUri(), Buffer.from(text));
const none = () => new vscode.CancellationTokenSource().token;

test('each check is a test under its profile, and one can be run alone', () =>
  withTests(async ({ tests, controller, fixture, server }) => {
    await tests.resolve(undefined);
    const root = controller.items.get('user');
    assert.ok(root);
    assert.equal(root.label, 'User');
    assert.ok(!root.children.get('user/pkce.no-challenge'), 'Made when it is opened.');
    await tests.resolve(root);
    assert.ok(root.children.size > 20);
    const item = root.children.get('user/pkce.no-challenge');
    assert.ok(item);
    const told = recording(controller);
    await tests.run(new vscode.TestRunRequest([item]), false, none());
    assert.deepEqual([...told.outcomes.keys()], ['user/pkce.no-challenge']);
    assert.equal(told.ended, true);
    assert.ok(server.requests.length > 0);
    assert.equal(fixture.services.checks.get('user')?.results.length, 1);
    await fixture.services.run('showEvidence', { test: item });
    assert.deepEqual(fixture.commands.at(-1), [
      'showFlow',
      { flow: fixture.services.flows.entries[0]?.flow.id },
    ]);
  }));

test('what a contract promises decides, and the message leads to its line', () =>
  withTests(async ({ tests, controller, profile }) => {
    await tests.resolve(undefined);
    const root = controller.items.get(profile.id);
    assert.ok(root);
    await tests.resolve(root);
    const told = recording(controller);
    const all: vscode.TestItem[] = [];
    root.children.forEach((item) => {
      if (/\/(?:client|pkce|response)\./.test(item.id)) all.push(item);
    });
    await tests.run(new vscode.TestRunRequest(all), false, none());
    const failed = [...told.outcomes].filter(([, outcome]) => outcome === 'failed').map(([id]) => id);
    const passed = [...told.outcomes].filter(([, outcome]) => outcome === 'passed').map(([id]) => id);
    const [first, second] = [failed[0] ?? passed[0], passed[0]];
    assert.ok(first !== undefined && second !== undefined, JSON.stringify([...told.outcomes]));
    assert.ok(!all.some(({ id }) => ['enqueued', 'started'].includes(told.outcomes.get(id) ?? '')));
    const broken = failed[0] ?? '';
    const check = broken.slice(profile.id.length + 1);
    const message = told.messages.get(broken);
    assert.ok(message?.expectedOutput !== undefined && message.actualOutput !== undefined, broken);
    assert.equal(message.contextValue, 'oauthExplorer.evidence');
    try {
      const known = { verdict: 'fail', reason: 'It is a test.' };
      await write(JSON.stringify({ profiles: { [profile.id]: { checks: { [check]: known } } } }));
      const item = root.children.get(broken);
      assert.ok(item);
      await tests.run(new vscode.TestRunRequest([item]), false, none());
      assert.equal(told.outcomes.get(broken), 'passed', 'It is excused.');
      await write(`{ "profiles": {\n  "${profile.id}": { "checks": {\n    "${check}": "pass" } } } }`);
      await tests.run(new vscode.TestRunRequest([item]), false, none());
      assert.equal(told.outcomes.get(broken), 'failed');
      assert.equal(told.messages.get(broken)?.location?.range.start.line, 2);
    } finally {
      await vscode.workspace.fs.delete(contractUri());
    }
  }));

test('a run that is cancelled ends, and tells of no test that it has passed', () =>
  withTests(async ({ tests, controller, profile }) => {
    await tests.resolve(undefined);
    const told = recording(controller);
    const source = new vscode.CancellationTokenSource();
    source.cancel();
    await tests.run(new vscode.TestRunRequest(), false, source.token);
    assert.equal(told.ended, true);
    assert.ok(![...told.outcomes.values()].includes('passed'), profile.id);
  }));

test('an MCP server is there beside the profiles: from mcp.json, with promises and evidence of its own', () =>
  withTests(async ({ tests, controller, server, fixture }) => {
    const url = `${server.origin}/mcp`;
    const folder = vscode.Uri.joinPath(workspaceFolder(), '.vscode');
    const file = vscode.Uri.joinPath(folder, 'mcp.json');
    const remote = '"plain": { "url": "http://mcp.example.com/mcp" }, "own": { "command": "node" }';
    await vscode.workspace.fs.writeFile(
      file,
      Buffer.from(`{ "servers": { "mine": { "url": "${url}" }, ${remote} } } // mine`),
    );
    try {
      await tests.resolve(undefined);
      const ids: string[] = [];
      controller.items.forEach(({ id }) => ids.push(id));
      assert.deepEqual(ids.sort(), [url, 'user'].sort());
      const root = controller.items.get(url);
      assert.ok(root);
      await tests.resolve(root);
      const item = root.children.get(`${url}/mcp.answers-401`);
      assert.ok(item, [...ids, root.children.size].join(' '));
      assert.equal(root.children.get(`${url}/resource.expired`), undefined, 'No profile has tokens for it.');
      const told = recording(controller);
      await tests.run(new vscode.TestRunRequest([item]), false, none());
      assert.deepEqual([...told.outcomes], [[item.id, 'failed']], 'It answers everybody with a page.');
      await fixture.services.run('showEvidence', { test: item });
      assert.deepEqual(fixture.commands.at(-1)?.[0], 'showFlow');
      const known = { verdict: 'fail', reason: 'It is a test.' };
      await write(JSON.stringify({ servers: { [url]: { checks: { 'mcp.answers-401': known } } } }));
      await tests.run(new vscode.TestRunRequest([item]), false, none());
      assert.equal(told.outcomes.get(item.id), 'passed', 'It is excused.');
      await vscode.workspace.fs.delete(file);
      await tests.resolve(undefined);
      assert.ok(controller.items.get(url), 'The contract names it.');
    } finally {
      await vscode.workspace.fs.delete(contractUri());
    }
  }));
