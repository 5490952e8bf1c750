import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as vscode from 'vscode';
import { secretPlace } from '../../src/core/profile/profile.ts';
import { serializeProfile } from '../../src/core/profile/serializeProfile.ts';
import { demoClients } from '../../src/demo/clients.ts';
import { demoProfile } from '../../src/demo/workspace.ts';
import { byHand } from '../../src/host/byHand.ts';
import { askSecret, secretOrAsk } from '../../src/host/clientSecrets.ts';
import { pick } from '../../src/host/chooseProfile.ts';
import { addProfiles } from '../../src/host/commands/demoCommands.ts';
import { accessToken } from '../../src/host/commands/tokenCommands.ts';
import { DemoHost } from '../../src/host/demoHost.ts';
import { refreshUnasked } from '../../src/host/renewals.ts';
import type { Services } from '../../src/host/services.ts';
import type { GetTokenResult } from '../../src/shared/commands.ts';
import { open, withWay } from './editor/fixture.ts';
import {
  entryAt,
  eventually,
  servicesTest,
  setProfiles,
  tokenServer,
  type TokenServer,
} from './realServices.ts';
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

function profileOf(services: Services, id: string) {
  const profile = services.profiles.get(id)?.profile;
  assert.ok(profile);
  return profile;
}

servicesTest('the tree’s Insert Bearer Token takes the profile of its line, not the active one', (services) =>
  withServer(tokenServer(), ({ origin }) =>
    withWay('literal', async () => {
      await setProfiles(services, [entryAt(origin, 'first'), entryAt(origin, 'second')]);
      for (const id of ['first', 'second'])
        await services.secrets.set(secretPlace(profileOf(services, id)), 'secret');
      await services.active.set('first');
      const { document } = await open('GET http://a/|\n');
      const line = (await services.profileLines()).find(({ label }) => label === 'second');
      assert.ok(line);
      assert.equal(await services.run('insertBearer', byHand({ line })), true);
      assert.equal(document.getText(), 'GET http://a/\nAuthorization: Bearer TOKEN-second-1\n');
    }),
  ),
);

servicesTest(
  'the active profile is the one that was chosen, else the one that the settings name',
  async (services) => {
    const entries = ['first', 'second', 'third'].map((id) => entryAt('http://127.0.0.1:1', id));
    const share = (id: string | undefined) =>
      vscode.workspace
        .getConfiguration('oauthExplorer', null)
        .update('activeProfile', id, vscode.ConfigurationTarget.Global);
    const active = () => services.activeProfile()?.id;
    await setProfiles(services, entries);
    let told = 0;
    const stop = services.active.changes.on(() => told++);
    try {
      assert.equal(active(), undefined);
      await share('second');
      await eventually(() => told > 0);
      assert.equal(active(), 'second');
      await services.run('activateProfile', { profile: 'third' });
      assert.equal(active(), 'third');
      // One that was deleted leaves its place to the shared one.
      await setProfiles(services, entries.slice(0, 2));
      assert.equal(active(), 'second');
      await share('nobody');
      await eventually(() => active() === undefined);
      assert.equal(active(), undefined);
    } finally {
      stop();
      await share(undefined);
    }
  },
);

servicesTest('a profile’s name is text in the choice of a profile, whatever it holds', async (services) => {
  await setProfiles(services, [entryAt('http://127.0.0.1:1', 'bin', { name: '$(trash) Bin' })]);
  const { showQuickPick } = vscode.window;
  const labels: string[] = [];
  const look = (items: readonly vscode.QuickPickItem[]) => {
    labels.push(...items.map(({ label }) => label));
    return Promise.resolve(undefined);
  };
  Object.assign(vscode.window, { showQuickPick: look });
  try {
    assert.equal(await pick(services, [profileOf(services, 'bin')], 'Show the token of'), undefined);
  } finally {
    Object.assign(vscode.window, { showQuickPick });
  }
  assert.deepEqual(labels, ['$ (trash) Bin']);
});

servicesTest('an id that no profile has is told to the caller, at once', async (services) => {
  const message = 'There is no profile with the id “nobody”.';
  const advice = 'Look for it under oauthExplorer.profiles in your settings.';
  const failure = { profile: 'nobody', outcome: 'failure', kind: 'unknown_profile', message, advice };
  for (const command of ['getToken', 'refreshToken'] as const)
    assert.deepEqual(await services.run(command, { profile: 'nobody' }), failure);
  await assert.rejects(accessToken(services, { profile: 'nobody' }), { message: `${message} ${advice}` });
});

servicesTest(
  'without any profile a command ends at once, whatever becomes of its notification',
  async (services) => {
    await setProfiles(services, undefined);
    assert.equal(await services.run('getToken'), undefined);
    await services.run('copyToken');
    await assert.rejects(accessToken(services, undefined), {
      message: 'There is no profile yet. Add one in the OAuth view.',
    });
  },
);

servicesTest('a server that says nothing is left after the seconds of the setting', (services) =>
  withServer(
    tokenServer(() => undefined),
    async ({ origin, asked }) => {
      await setProfiles(services, [entryAt(origin, 'silent')]);
      await services.secrets.set(secretPlace(profileOf(services, 'silent')), 'secret');
      const settings = vscode.workspace.getConfiguration('oauthExplorer');
      await settings.update('requestTimeout', 1, vscode.ConfigurationTarget.Global);
      try {
        const result = (await services.run('getToken', { profile: 'silent' })) as GetTokenResult;
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

servicesTest('a cancelled question keeps no secret', async (services) => {
  await setProfiles(services, [entryAt('https://as.example.com', 'asking')]);
  const profile = profileOf(services, 'asking');
  const controller = new AbortController();
  setTimeout(() => controller.abort(), 300);
  assert.equal(await secretOrAsk(profile, services.secrets, { signal: controller.signal }), undefined);
  assert.equal(await services.secrets.get(secretPlace(profile)), undefined);
});

servicesTest('renewal ahead of time asks for no secret; with one it renews', (services) =>
  withServer(tokenServer(), async ({ origin, asked }) => {
    await setProfiles(services, [entryAt(origin, 'renewed', { renew: true })]);
    const profile = profileOf(services, 'renewed');
    const refused = await refreshUnasked(services, profile);
    assert.equal(refused.kind === 'failure' && refused.failure.kind, 'secret_missing');
    assert.equal(asked(), 0);
    await services.secrets.set(secretPlace(profile), 'secret');
    assert.equal((await refreshUnasked(services, profile)).kind, 'token');
    assert.equal(services.tokens.peek(profile)?.access_token, 'TOKEN-renewed-1');
  }),
);

servicesTest(
  'a token tab follows the profile: its name at once, and it goes with the old set-up',
  (services) =>
    withServer(tokenServer(), async ({ origin }) => {
      const titles = () => vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ label }) => label));
      await setProfiles(services, [entryAt(origin, 'gone'), entryAt(origin, 'changed')]);
      for (const id of ['gone', 'changed']) {
        const profile = profileOf(services, id);
        await services.secrets.set(secretPlace(profile), 'secret');
        await services.run('getToken', { profile: id });
      }
      await eventually(() => titles().length === 2);
      assert.deepEqual(titles(), ['Token: gone', 'Token: changed']);
      await setProfiles(services, [entryAt(origin, 'changed', { name: 'Renamed' })]);
      await eventually(() => titles().join() === 'Token: Renamed');
      assert.deepEqual(titles(), ['Token: Renamed']);
      await setProfiles(services, [entryAt(origin, 'changed', { name: 'Renamed', scopes: ['other'] })]);
      await eventually(() => titles().length === 0);
      assert.deepEqual(titles(), []);
    }),
);

servicesTest(
  'the demo replaces its own profiles of before, and leaves one of the user’s own as it is',
  async (services) => {
    const own = { ...entryAt('https://as.example.com', 'demo-machine'), name: 'Mine' };
    await setProfiles(services, [own]);
    const demo = (port: number) => ({ issuer: `http://127.0.0.1:${port}`, clients: demoClients('seed') });
    await addProfiles(services, demo(49_152));
    await addProfiles(services, demo(49_153));
    const listed = services.profiles
      .list()
      .profiles.map(({ profile }) => [profile.id, profile.issuer ?? 'mine']);
    assert.deepEqual(listed, [
      ['demo-machine', 'mine'],
      ['demo-machine-2', 'http://127.0.0.1:49153'],
      ['demo-native', 'http://127.0.0.1:49153'],
      ['demo-web', 'http://127.0.0.1:49153'],
      ['demo-device', 'http://127.0.0.1:49153'],
    ]);
    assert.equal(
      await services.secrets.get({ id: 'demo-machine-2', origin: 'http://127.0.0.1:49153' }),
      demoClients('seed').machine.clientSecret,
    );
    assert.equal(services.profiles.get('demo-machine')?.profile.name, 'Mine');
  },
);

servicesTest('the demo that is asked for three times at once has its profiles once', async (services) => {
  await setProfiles(services, []);
  const demo = { issuer: 'http://127.0.0.1:49152', clients: demoClients('seed') };
  const added = await Promise.all([1, 2, 3].map(() => addProfiles(services, demo)));
  assert.deepEqual(services.profiles.ids(), added[0]);
  assert.deepEqual(added[2], added[0]);
});

servicesTest('a way to a token that was tried finds the next demo server, too', async (services) => {
  await setProfiles(services, []);
  const clients = demoClients('seed');
  const demo = (port: number) => ({ issuer: `http://127.0.0.1:${port}`, clients });
  const tried = { ...demoProfile(demo(49_152).issuer, clients.exchange), subjectProfile: 'demo-native' };
  await addProfiles(services, demo(49_152), [tried]);
  await addProfiles(services, demo(49_153));
  const { profile } = services.profiles.get(clients.exchange.clientId) ?? {};
  assert.equal(profile?.issuer, 'http://127.0.0.1:49153');
  assert.equal(serializeProfile(profile)['subjectProfile'], 'demo-native');
});

servicesTest('the demo of another window keeps its profiles while it runs', async (services) => {
  await setProfiles(services, []);
  let issuer = '';
  const other = createServer((_, response) => {
    response.setHeader('Content-Type', 'application/json');
    response.end(JSON.stringify({ issuer }));
  });
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  try {
    issuer = `http://127.0.0.1:${(other.address() as AddressInfo).port}`;
    const clients = demoClients('seed');
    await addProfiles(services, { issuer, clients });
    await addProfiles(services, { issuer: 'http://127.0.0.1:49152', clients });
    const issuers = () =>
      services.profiles
        .list()
        .profiles.filter(({ profile }) => profile.clientId === 'demo-machine')
        .map(({ profile }) => [profile.id, profile.issuer]);
    assert.deepEqual(issuers(), [
      ['demo-machine', issuer],
      ['demo-machine-2', 'http://127.0.0.1:49152'],
    ]);
  } finally {
    await new Promise((resolve) => other.close(resolve));
  }
});

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
