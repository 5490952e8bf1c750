import assert from 'node:assert/strict';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { waitFor } from '../support/processes.ts';
import { pictureFailures, type Session } from '../support/session.ts';
import { failures, startLeakServer, type LeakServer } from './leakServer.ts';
import { openSession } from './sharedSession.ts';

const typed = 'Leak+typed/secret~end';
const stored = (id: string) => `Leak+stored/${id}~end`;

function profiles(server: string): Record<string, unknown>[] {
  const client = (id: string, more: object) => ({
    id,
    name: id,
    clientId: `client-${id}`,
    scopes: ['a'],
    ...more,
  });
  const machine = { grant: 'client_credentials', issuer: server };
  const user = { grant: 'authorization_code', issuer: server, redirectUri: 'http://127.0.0.1/callback' };
  return [
    client('typed', { ...machine, clientAuthentication: 'client_secret_basic' }),
    client('post', { ...machine, clientAuthentication: 'client_secret_post' }),
    client('public', { ...user, clientAuthentication: 'none' }),
    client('web', { ...user, clientAuthentication: 'client_secret_basic' }),
    ...failures.flatMap((how) =>
      (['basic', 'post'] as const).map((way) =>
        client(`${how}-${way}`, {
          grant: 'client_credentials',
          tokenEndpoint: `${server}/fail/${how}`,
          clientAuthentication: `client_secret_${way}`,
        }),
      ),
    ),
  ];
}

describe('no secret leaves the vault', () => {
  let session: Session;
  let server: LeakServer;
  /** What was shown on the way, by where. */
  const shown: { where: string; text: string; isTokenView?: boolean }[] = [];

  before(async () => {
    server = await startLeakServer();
    const all = profiles(server.url);
    session = await openSession({ logLevel: 'trace', settings: { 'oauthExplorer.profiles': all } });
    for (const { id, clientAuthentication } of all as { id: string; clientAuthentication: string }[])
      if (id !== 'typed' && clientAuthentication !== 'none')
        await session.keyring.store(`${id}@${server.url}`, stored(id));
  });
  after(async () => {
    await session.close();
    await server.close();
  });
  pictureFailures(() => session);

  const run = (command: string, profile: string) =>
    session.probe.run(
      ({ vscode }, [id, argument]) =>
        vscode.commands
          .executeCommand(id, { profile: argument })
          .then((value) => JSON.stringify(value) as string | undefined),
      [`oauthExplorer.${command}`, profile] as const,
    );
  /** Looks at all frames, the workbench's own included. */
  const look = async (where: string) => {
    const { page } = session.workbench;
    for (const frame of page.frames()) {
      const title = await frame.title().catch(() => '');
      await frame.evaluate(namesFunctions).catch(() => undefined);
      shown.push({
        where: `${where}: ${title}`,
        text: await frame.evaluate(deepHtml).catch(() => ''),
        // The window is titled by its tab in front, too.
        isTokenView: frame !== page.mainFrame() && title.startsWith('Token: '),
      });
    }
  };
  /** Looks when the view with this title is drawn. */
  const lookAt = async (title: string) => {
    await waitFor(`${title} to be drawn`, async () => {
      const view = await session.workbench.webview(title);
      return (await view
        .locator('main')
        .count()
        .catch(() => 0)) > 0
        ? true
        : undefined;
    });
    await look(title);
  };

  it('runs all flows, good and bad, and opens every view on them', async () => {
    const { workbench } = session;
    await workbench.showContainer('OAuth');
    await workbench.pressInline('Profiles', 'typed', /Get Token/);
    await workbench.answer(/Client secret/, typed);
    await lookAt('Token: typed');
    for (const id of ['post', 'public', 'web']) {
      const result = await run('getToken', id);
      assert.match(result ?? '', /"outcome":"token"/);
      shown.push({ where: `result of getToken ${id}`, text: result ?? '' });
      await run('showToken', id);
      await lookAt(`Token: ${id}`);
    }
    for (const id of ['public', 'web'])
      shown.push({ where: 'refreshToken', text: (await run('refreshToken', id)) ?? '' });
    for (const how of failures)
      for (const way of ['basic', 'post']) {
        const id = `${how}-${way}`;
        const result = await run('getToken', id);
        assert.match(result ?? '', /"outcome":"failure"/);
        shown.push({ where: `result of getToken ${id}`, text: result ?? '' });
        // VS Code leaves notifications out when many come at once; the first is there.
        await workbench
          .notification(id)
          .first()
          .waitFor({ timeout: id === `${failures[0]}-basic` ? 60_000 : 2000 })
          .catch(() => undefined);
        await look(`notification of failure ${id}`);
      }
  });

  it('shows none in the flow view, the failure view and the profile editor', async () => {
    for (const id of ['typed', 'web', ...failures.map((how) => `${how}-post`)]) {
      await run('showFlow', id);
      await lookAt(`Flow: ${id}`);
    }
    for (const id of ['typed', 'web', 'json-post']) {
      await run('editProfile', id);
      await lookAt(`Profile: ${id}`);
    }
    for (const how of failures) {
      await run('showFailure', `${how}-post`);
      await session.workbench.page.locator('.tab', { hasText: `Failure: ${how}-post` }).waitFor();
      await lookAt(`Failure: ${how}-post`);
    }
    // A token's own view, which may still stand in its tab meanwhile, shows that token to its user.
    const views = shown.filter(
      ({ where, isTokenView }) => /flow|failure|profile/i.test(where) && isTokenView !== true,
    );
    for (const [where, what] of [
      ['notification of failure json-basic', 'notification-list-item-message'],
      ['Flow: web', 'client-web'],
      ['Profile: web', 'client-web'],
      ['Failure', 'client-json-post'],
    ] as const)
      assert.ok(
        views.some((one) => one.where.startsWith(where) && one.text.includes(what)),
        `${where} was looked at`,
      );
    assertClean(views, [...secretsOf(server), ...server.accessTokens]);
  });

  it('shows no secret, code, verifier or refresh token anywhere in the window', () => {
    assert.ok(server.secrets.size > 10, 'the server saw secrets');
    assertClean(
      shown,
      secretsOf(server).filter((secret) => !server.accessTokens.has(secret)),
    );
  });

  it('writes none to settings, logs, output channels and state', async () => {
    const { workspace, keyring } = session;
    await session.probe.run(
      ({ vscode }) => vscode.commands.executeCommand('oauthExplorer.showOutput').then(() => null),
      null,
    );
    await look('output channel');
    const files = [
      ...(await filesBelow(session.server.dataFolder)),
      ...(await filesBelow(workspace)),
      ...(await filesBelow(keyring.home)),
    ];
    assert.ok(
      files.some(({ where, text }) => where.includes('OAuth Explorer') && text.includes('json-post')),

      `the output channel's log is among the files: ${files.map(({ where }) => where).join('\n')}`,
    );
    assert.ok(
      files.some(({ where, text }) => where.endsWith('remoteexthost.log') && text.includes('[trace]')),
      'the extension host logs all there is',
    );
    const state = { where: 'browser storage', text: await browserStorage(session.workbench.page) };
    assert.ok(state.text.length > 1000, 'the window keeps state');
    const output = shown.filter(({ where }) => where.startsWith('output channel'));
    assertClean([...files, state, ...output], [...secretsOf(server)]);
  });
});

function secretsOf(server: LeakServer): string[] {
  const all = [...failures.flatMap((how) => [`${how}-basic`, `${how}-post`]), 'post', 'web'].map(stored);
  return [...new Set([typed, ...all, ...server.secrets])];
}

/** A text and the forms in which it travels. */
function forms(secret: string): string[] {
  const bytes = Buffer.from(secret);
  // The middle of the base64 of anything that ends with the secret does not depend on where it starts; try all three offsets.
  const inside = [0, 1, 2].map((offset) =>
    Buffer.concat([Buffer.alloc(offset), bytes])
      .toString('base64')
      .slice(4, -4),
  );
  const encoded = encodeURIComponent(secret);
  return [
    secret,
    encoded,
    encodeURIComponent(encoded),
    new URLSearchParams({ s: secret }).toString().slice(2),
    ...inside,
  ];
}

function assertClean(places: readonly { where: string; text: string }[], secrets: readonly string[]): void {
  const found = secrets.flatMap((secret) =>
    places
      .filter(({ text }) => forms(secret).some((form) => text.includes(form)))
      .map(({ where }) => `${secret} in ${where}`),
  );
  assert.deepEqual([...new Set(found)], []);
}

async function filesBelow(folder: string): Promise<{ where: string; text: string }[]> {
  const names = await readdir(folder, { recursive: true });
  const texts = await Promise.all(
    names.map(async (name) => {
      const path = join(folder, name);
      const isFile = await stat(path).then(
        (entry) => entry.isFile(),
        () => false,
      );
      if (!isFile) return [];
      const bytes = await readFile(path);
      return [{ where: path, text: bytes.toString('latin1') + bytes.toString('utf16le') }];
    }),
  );
  return texts.flat();
}

/** The bundler that runs the tests names functions through __name; in a page there is none. */
const namesFunctions = 'globalThis.__name ??= (named) => named';

/** Runs in the page: all of its markup, shadow trees and form values included. */
function deepHtml(): string {
  const read = (root: Element | ShadowRoot): string => {
    const inner = [...root.querySelectorAll('*')].flatMap((element) => [
      ...(element.shadowRoot ? [read(element.shadowRoot)] : []),
      // VS Code's own password box keeps what was typed into it, unseen, until it opens again.
      ...('value' in element && !element.closest('.quick-input-widget') ? [String(element.value)] : []),
    ]);
    return [root.innerHTML, ...inner].join('\n');
  };
  return read(document.documentElement);
}

/** Everything the workbench keeps in the browser: local storage and IndexedDB. */
async function browserStorage(page: Page): Promise<string> {
  await page.evaluate(namesFunctions);
  return page.evaluate(async () => {
    const done = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(new Error('IndexedDB'));
      });
    const kept: unknown[] = [Object.entries(localStorage)];
    for (const { name } of await indexedDB.databases()) {
      const database = await done(indexedDB.open(name ?? ''));
      for (const store of database.objectStoreNames) {
        const objects = database.transaction(store).objectStore(store);
        kept.push(name, store, await done(objects.getAllKeys()), await done(objects.getAll()));
      }
      database.close();
    }
    return JSON.stringify(kept);
  });
}
