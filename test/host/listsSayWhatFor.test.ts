import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { LiveFlow } from '../../src/core/flow/liveFlow.ts';
import type { FlowReport } from '../../src/core/record/report.ts';
import type { Waiting } from '../../src/core/record/waiting.ts';
import type { CommandName } from '../../src/shared/commands.ts';
import { machineProfile, userProfile } from '../support/profiles.ts';
import { withServices, type Fixture } from './services.ts';
import { test } from './suite.ts';

interface Shown {
  readonly title: string;
  readonly labels: readonly string[];
}

/** What each list was called and had to choose from; nothing is chosen. */
async function listsOf(
  { services }: Fixture,
  commands: readonly CommandName[],
): Promise<ReadonlyMap<CommandName, readonly Shown[]>> {
  const { showQuickPick } = vscode.window;
  const all = new Map<CommandName, Shown[]>();
  let shown: Shown[] = [];
  const look = (items: readonly vscode.QuickPickItem[], options: vscode.QuickPickOptions) => {
    shown.push({ title: options.title ?? '', labels: items.map(({ label }) => label) });
    return Promise.resolve(undefined);
  };
  Object.assign(vscode.window, { showQuickPick: look });
  try {
    for (const command of commands) {
      all.set(command, (shown = []));
      // A task's input is told that nothing was chosen.
      await services.run(command).catch(() => undefined);
    }
  } finally {
    Object.assign(vscode.window, { showQuickPick });
  }
  return all;
}

function ended(id: string): FlowReport {
  const failure = { kind: 'cancelled', message: 'Stopped.', advice: '', step: 'token' } as const;
  return {
    ...{ id, kind: 'client_credentials', profile: machineProfile(), startedAt: 0, endedAt: 1, exchanges: [] },
    outcome: { kind: 'failure', failure },
  };
}

function running(id: string, waiting: Waiting): LiveFlow {
  return { id, kind: 'authorization_code', profile: userProfile(), startedAt: 0, exchanges: [], waiting };
}

const openAgain = () => Promise.resolve();
const redirect: Waiting = {
  ...{ kind: 'redirect', authorizationUrl: 'https://as.example.com/a', deadline: 0, openAgain },
  redirectUri: 'http://127.0.0.1:1/callback',
  submitRedirect: () => Promise.resolve({ accepted: true }),
};
const userCode: Waiting = {
  ...{ kind: 'user_code', userCode: 'ABCD', deadline: 0, openAgain },
  verificationUri: 'https://as.example.com/device',
};

test('each list of flows says what is done with the one that is chosen', () =>
  withServices(async (fixture) => {
    const { services } = fixture;
    await fixture.add(machineProfile());
    for (const id of ['one', 'two']) services.flows.put({ state: 'ended', flow: ended(id) });
    for (const [kind, waiting] of Object.entries({ redirect, userCode }))
      for (const number of [1, 2])
        services.flows.put({ state: 'running', flow: running(`${kind}${number}`, waiting) });
    const wanted = {
      showFlow: ['Show a flow'],
      showFailure: ['Explain a failure'],
      runFlowAgain: ['Run a flow again'],
      compareFlows: ['Compare a flow'],
      exportFlow: ['Export a flow'],
      deleteFlow: ['Delete a flow'],
      pasteRedirect: ['Paste the redirected URL of'],
      copySignInUrl: ['Copy the sign-in URL of'],
      copyUserCode: ['Copy the code of'],
      cancelFlow: ['Cancel a flow'],
    } satisfies Partial<Record<CommandName, readonly string[]>>;
    const lists = await listsOf(fixture, Object.keys(wanted) as (keyof typeof wanted)[]);
    const titles = [...lists].map(([command, shown]) => [command, shown.map(({ title }) => title)]);
    assert.deepEqual(Object.fromEntries(titles), wanted);
  }));

test('each list of profiles says what is done with the one that is chosen', () =>
  withServices(async (fixture) => {
    for (const id of ['one', 'two']) await fixture.add(machineProfile({ id, name: id }));
    const lists = await listsOf(fixture, ['openTerminal', 'writeContract', 'accessToken']);
    assert.deepEqual(
      [...lists.values()].map((shown) => shown.map(({ title }) => title)),
      [['Open a terminal with the token of'], ['Write the contract of'], ['Hand out the access token of']],
    );
  }));

test('no list offers a profile whose token is of no use alone where a token is handed out', () =>
  withServices(async (fixture) => {
    for (const id of ['one', 'two']) await fixture.add(machineProfile({ id, name: id }));
    await fixture.add(machineProfile({ id: 'bound', name: 'bound', dpop: true }));
    const lists = await listsOf(fixture, ['openTerminal', 'copyToken', 'accessToken']);
    for (const [command, [list]] of lists) assert.deepEqual(list?.labels.toSorted(), ['one', 'two'], command);
  }));

test('the menu of a profile whose tokens are bound to a key does not offer to insert one', () =>
  withServices(async (fixture) => {
    await fixture.add(machineProfile({ id: 'plain' }));
    await fixture.add(machineProfile({ id: 'bound', dpop: true }));
    for (const [id, offered] of Object.entries({ plain: true, bound: false })) {
      await fixture.services.active.set(id);
      const [list] = (await listsOf(fixture, ['profileMenu'])).get('profileMenu') ?? [];
      assert.equal(
        list?.labels.some((label) => label.includes('Insert Bearer Token')),
        offered,
        id,
      );
    }
  }));

test('a task is told that no profile has a token that can be handed out, where all are bound to keys', () =>
  withServices(async ({ services, add }) => {
    for (const id of ['one', 'two']) await add(machineProfile({ id, dpop: true }));
    await assert.rejects(services.run('accessToken'), /None of your profiles can do this/);
  }));
