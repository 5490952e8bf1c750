import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { secretPlace } from '../../src/core/profile/profile.ts';
import { demoClients } from '../../src/demo/clients.ts';
import { askSecret, secretOrAsk } from '../../src/host/clientSecrets.ts';
import { pick } from '../../src/host/commands/chooseProfile.ts';
import { addProfiles } from '../../src/host/commands/demoCommands.ts';
import { accessToken } from '../../src/host/commands/tokenCommands.ts';
import { DemoHost } from '../../src/host/demoHost.ts';
import { refreshUnasked } from '../../src/host/renewals.ts';
import type { Parts } from '../../src/host/parts.ts';
import type { GetTokenResult } from '../../src/shared/commands.ts';
import { open, withWay } from './editor/fixture.ts';
import {
  entryAt,
  eventually,
  partsTest,
  setProfiles,
  tokenServer,
  type TokenServer,
} from './partsFixture.ts';
import { test } from './suite.ts';

async function withServer(
  server: Promise<TokenServer>,
  body: (server: TokenServer) => Promise<void>,
): Promise<void> {
  const started = await server;
  try {
    await body(started);
  } finally {
    await started.close();
  }
}

function profileOf(parts: Parts, id: string) {
  const profile = parts.profiles.get(id)?.profile;
  assert.ok(profile);
  return profile;
}

partsTest('the tree’s Insert Bearer Token takes the profile of its line, not the active one', (parts) =>
  withServer(tokenServer(), ({ origin }) =>
    withWay('literal', async () => {
      await setProfiles(parts, [entryAt(origin, 'first'), entryAt(origin, 'second')]);
      for (const id of ['first', 'second'])
        await parts.secrets.set(secretPlace(profileOf(parts, id)), 'secret');
      await parts.active.set('first');
      const { document } = await open('GET http://a/|\n');
      const items = await parts.profileItems();
      const item = items.find(({ kind, line }) => kind === 'profile' && line.label === 'second');
      assert.ok(item);
      assert.equal(await parts.run('insertBearer', item), true);
      assert.equal(document.getText(), 'GET http://a/\nAuthorization: Bearer TOKEN-second-1\n');
    }),
  ),
);

partsTest('a profile’s name is text in the choice of a profile, whatever it holds', async (parts) => {
  await setProfiles(parts, [entryAt('http://127.0.0.1:1', 'bin', { name: '$(trash) Bin' })]);
  const { showQuickPick } = vscode.window;
  const labels: string[] = [];
  const look = (items: readonly vscode.QuickPickItem[]) => {
    labels.push(...items.map(({ label }) => label));
    return Promise.resolve(undefined);
  };
  Object.assign(vscode.window, { showQuickPick: look });
  try {
    assert.equal(await pick(parts, [profileOf(parts, 'bin')]), undefined);
  } finally {
    Object.assign(vscode.window, { showQuickPick });
  }
  assert.deepEqual(labels, ['\\$(trash) Bin']);
});

partsTest('an id that no profile has is told to the caller, at once', async (parts) => {
  const message = 'There is no profile with the id “nobody”.';
  const advice = 'Look for it under oauthExplorer.profiles in your settings.';
  const failure = { profile: 'nobody', outcome: 'failure', kind: 'unknown_profile', message, advice };
  for (const command of ['getToken', 'refreshToken'] as const)
    assert.deepEqual(await parts.run(command, { profile: 'nobody' }), failure);
  await assert.rejects(accessToken(parts, { profile: 'nobody' }), { message: `${message} ${advice}` });
});

partsTest(
  'without any profile a command ends at once, whatever becomes of its notification',
  async (parts) => {
    await setProfiles(parts, undefined);
    assert.equal(await parts.run('getToken'), undefined);
    await parts.run('copyToken');
    await assert.rejects(accessToken(parts, undefined), {
      message: 'There is no profile yet. Add one in the OAuth view.',
    });
  },
);

partsTest('a server that says nothing is left after the seconds of the setting', (parts) =>
  withServer(
    tokenServer(() => undefined),
    async ({ origin, asked }) => {
      await setProfiles(parts, [entryAt(origin, 'silent')]);
      await parts.secrets.set(secretPlace(profileOf(parts, 'silent')), 'secret');
      const settings = vscode.workspace.getConfiguration('oauthExplorer');
      await settings.update('requestTimeout', 1, vscode.ConfigurationTarget.Global);
      try {
        const result = (await parts.run('getToken', { profile: 'silent' })) as GetTokenResult;
        assert.ok(result.outcome === 'failure');
        assert.equal(result.kind, 'timeout');
        assert.match(result.message, /\b1 s\b/);
        assert.equal(asked(), 1);
      } finally {
        await settings.update('requestTimeout', undefined, vscode.ConfigurationTarget.Global);
      }
    },
  ),
);

test('the question for a secret is taken away when the flow that needs it is cancelled', async () => {
  const controller = new AbortController();
  const asked = askSecret({ name: 'Orders', origin: 'https://as.example.com' }, controller.signal);
  setTimeout(() => controller.abort(), 300);
  assert.equal(await asked, undefined);
  assert.equal(
    await askSecret({ name: 'Orders', origin: 'https://as.example.com' }, controller.signal),
    undefined,
  );
});

partsTest('a cancelled question keeps no secret', async (parts) => {
  await setProfiles(parts, [entryAt('https://as.example.com', 'asking')]);
  const profile = profileOf(parts, 'asking');
  const controller = new AbortController();
  setTimeout(() => controller.abort(), 300);
  assert.equal(await secretOrAsk(profile, parts.secrets, controller.signal), undefined);
  assert.equal(await parts.secrets.get(secretPlace(profile)), undefined);
});

partsTest('renewal ahead of time asks for no secret; with one it renews', (parts) =>
  withServer(tokenServer(), async ({ origin, asked }) => {
    await setProfiles(parts, [entryAt(origin, 'renewed', { renew: true })]);
    const profile = profileOf(parts, 'renewed');
    const refused = await refreshUnasked(parts, profile);
    assert.equal(refused.kind === 'failure' && refused.failure.kind, 'secret_missing');
    assert.equal(asked(), 0);
    await parts.secrets.set(secretPlace(profile), 'secret');
    assert.equal((await refreshUnasked(parts, profile)).kind, 'token');
    assert.equal(parts.tokens.peek(profile)?.access_token, 'TOKEN-renewed-1');
  }),
);

partsTest('a token tab follows the profile: its name at once, and it goes with the old set-up', (parts) =>
  withServer(tokenServer(), async ({ origin }) => {
    const titles = () => vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ label }) => label));
    await setProfiles(parts, [entryAt(origin, 'gone'), entryAt(origin, 'changed')]);
    for (const id of ['gone', 'changed']) {
      const profile = profileOf(parts, id);
      await parts.secrets.set(secretPlace(profile), 'secret');
      await parts.run('getToken', { profile: id });
    }
    await eventually(() => titles().length === 2);
    assert.deepEqual(titles(), ['Token: gone', 'Token: changed']);
    await setProfiles(parts, [entryAt(origin, 'changed', { name: 'Renamed' })]);
    await eventually(() => titles().join() === 'Token: Renamed');
    assert.deepEqual(titles(), ['Token: Renamed']);
    await setProfiles(parts, [entryAt(origin, 'changed', { name: 'Renamed', scopes: ['other'] })]);
    await eventually(() => titles().length === 0);
    assert.deepEqual(titles(), []);
  }),
);

partsTest(
  'the demo replaces its own profiles of before, and leaves one of the user’s own as it is',
  async (parts) => {
    const own = { ...entryAt('https://as.example.com', 'demo-machine'), name: 'Mine' };
    await setProfiles(parts, [own]);
    const demo = (port: number) => ({ issuer: `http://127.0.0.1:${port}`, clients: demoClients('seed') });
    await addProfiles(parts, demo(49_152));
    await addProfiles(parts, demo(49_153));
    const listed = parts.profiles
      .list()
      .profiles.map(({ profile }) => [profile.id, profile.issuer ?? 'mine']);
    assert.deepEqual(listed, [
      ['demo-machine', 'mine'],
      ['demo-machine-2', 'http://127.0.0.1:49153'],
      ['demo-native', 'http://127.0.0.1:49153'],
      ['demo-web', 'http://127.0.0.1:49153'],
    ]);
    assert.equal(
      await parts.secrets.get({ id: 'demo-machine-2', origin: 'http://127.0.0.1:49153' }),
      demoClients('seed').machine.clientSecret,
    );
    assert.equal(parts.profiles.get('demo-machine')?.profile.name, 'Mine');
  },
);

test('a demo server whose start is cancelled is stopped, and can be started again', async () => {
  const host = new DemoHost();
  const controller = new AbortController();
  const starting = host.start(controller.signal);
  controller.abort();
  assert.equal(await starting, undefined);
  const servers = await host.start(new AbortController().signal);
  assert.ok(servers);
  assert.equal((await fetch(`${servers.issuer}/.well-known/openid-configuration`)).status, 200);
  assert.equal(await host.stop(), servers);
  await assert.rejects(fetch(servers.issuer));
});
