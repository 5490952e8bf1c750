import assert from 'node:assert/strict';
import { secretPlace } from '../../src/core/profile/profile.ts';
import { commands as ids } from '../../src/shared/commands.ts';
import { presentFailure } from '../../src/host/presentFailure.ts';
import type { FailureViewModel } from '../../src/shared/views/failureView.ts';
import type { FlowReport } from '../../src/core/record/report.ts';
import { machineProfile, userProfile } from '../support/profiles.ts';
import { startStandIn } from '../support/servers/standIn.ts';
import { withServices } from './services.ts';
import { test, until } from './suite.ts';

test('a failed flow opens its page; the notification has one link to it, and none of the server’s', async () => {
  const error_description = 'See [the help](command:workbench.action.quit) [now](https://evil.example)';
  const server = await startStandIn(() => ({
    status: 400,
    body: { error: 'invalid_scope', error_description },
  }));
  try {
    await withServices(async ({ services, user, add }) => {
      const levels: string[] = [];
      const log = (level: string) => () => void levels.push(level);
      Object.assign(services.output, { info: log('info'), warn: log('warn'), error: log('error') });
      const profile = machineProfile({
        ...{ name: '[Machine](command:x)', issuer: server.origin, tokenEndpoint: server.origin },
      });
      await add(profile, 's3cr3t');
      await services.run('getToken', { profile: profile.id });
      const [report] = services.flows.ended();
      assert.deepEqual(levels, ['error'], 'a failure is found in the log by its level');
      const said = user.heard.at(-1) ?? '';
      assert.match(said, /^\[Machine\] \(command:x\): .*invalid_scope.* \[Explain\]/);
      // As VS Code finds links in notifications.
      const links = [...said.matchAll(/\[([^\]]+)\]\(((?:https?:\/\/|command:|file:)[^)\s]+)\)/gi)];
      assert.deepEqual(
        links.map(([, label]) => label),
        ['Explain'],
      );
      const [, command, query] = /^command:([^?]+)\?(.*)$/.exec(links[0]?.[2] ?? '') ?? [];
      assert.deepEqual(
        [command, JSON.parse(decodeURIComponent(query ?? ''))],
        [ids.showFailure, [{ flow: report?.id }]],
      );

      await until('the view', () => user.panels.length > 0 && user.panel('failure').model() !== undefined);
      const model = user.panel('failure').model() as FailureViewModel;
      assert.equal(model.profile, profile.name);
      assert.ok(model.server?.words.some(({ value }) => value === error_description));
    });
  } finally {
    await server.close();
  }
});

test('a profile of a demo that is gone leads to another demo, or is taken away with all that are dead', async () => {
  const server = await startStandIn(() => ({ status: 404, body: {} }));
  const gone = server.origin;
  await server.close();
  await withServices(async ({ services, user, commands, add }) => {
    const demo = (id: string) => machineProfile({ id, clientId: id, issuer: gone });
    const mine = machineProfile({ id: 'mine', issuer: 'https://as.example.com' });
    await add(mine);
    await add(demo('demo-web'), 's3cr3t');
    await add(demo('demo-machine'), 's3cr3t');
    user.presses.push('Start Demo Server');
    await services.run('getToken', { profile: 'demo-machine' });
    await until('the demo', () => commands.some(([name]) => name === 'startDemoServer'));
    // The page has the same ways on, and nothing to run again where the profile is gone.
    const page = () => user.panel('failure').model() as FailureViewModel;
    await until('the page', () => user.panels.length > 0 && user.panel('failure').model() !== undefined);
    assert.deepEqual(page().causes[0]?.fixes, ['Start the demo server', 'Remove the demo profiles']);
    await user.panel('failure').press({ type: 'fix', cause: 0, fix: 0 });
    assert.equal(page().notice, undefined, 'No demo server was started: its start was cancelled.');
    await user.panel('failure').press({ type: 'fix', cause: 0, fix: 1 });
    assert.deepEqual(page().notice, { text: 'The demo profiles were removed.', done: true, cause: 0 });
    assert.equal(page().gone, true);
    assert.deepEqual(services.profiles.ids(), ['mine']);

    await add(demo('demo-web'), 's3cr3t');
    await add(demo('demo-machine'), 's3cr3t');
    user.presses.push('Remove Demo Profiles');
    await services.run('getToken', { profile: 'demo-machine' });
    await until('their end', () => services.profiles.list().profiles.length === 1);
    assert.deepEqual(services.profiles.ids(), ['mine']);
    assert.equal(await services.secrets.get(secretPlace(demo('demo-machine'))), undefined);
  });
});

test('a failure without a flow says what to do, with the button for it', () =>
  withServices(async ({ services, user, commands }) => {
    const failure = {
      kind: 'sign_in_required',
      step: 'refresh',
      message: 'No [token](command:x).',
      advice: 'Get one.',
    } as const;
    user.presses.push('Get Token');
    presentFailure(services, machineProfile(), { kind: 'failure', failure });
    await until('a command', () => commands.length > 0);
    assert.deepEqual(commands, [['getToken', { profile: 'machine' }]]);
    assert.equal(user.heard[0], 'Machine: No [token] (command:x). Get one.');
  }));

test('a cancelled flow that waited for no browser is not told of', () =>
  withServices(({ services, user, commands }) => {
    const failure = { kind: 'cancelled', step: 'token', message: 'Cancelled.', advice: '' } as const;
    presentFailure(services, machineProfile(), { kind: 'failure', failure });
    assert.deepEqual([user.heard, commands], [[], []]);
    return Promise.resolve();
  }));

test('a sign-in that was cancelled while the browser was open can be explained: it may have shown an error', () =>
  withServices(async ({ services, user }) => {
    const profile = userProfile({ scopes: ['orders.read'] });
    const failure = { kind: 'cancelled', step: 'redirect', message: 'Cancelled.', advice: '' } as const;
    const report: FlowReport = {
      ...{ id: 'flow-1', kind: 'sign_in', profile, startedAt: 1, endedAt: 2, exchanges: [] },
      outcome: { kind: 'failure', failure },
    };
    services.flows.put({ state: 'ended', flow: report });
    user.presses.push('The Browser Showed an Error');
    presentFailure(services, profile, { kind: 'failure', failure, report });
    await until('the page', () => user.panels.length > 0 && user.panel('failure').model() !== undefined);
    assert.match(user.heard[0] ?? '', /^The sign-in of “.+” was cancelled\.$/);
    const { causes } = user.panel('failure').model() as FailureViewModel;
    assert.match(causes[0]?.title ?? '', /^Nobody had come back from the browser/);
    assert.match(causes[0]?.evidence.join(' ') ?? '', /orders\.read/);
  }));
