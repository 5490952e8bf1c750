import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as vscode from 'vscode';
import type { Profile } from '../../src/core/profile/profile.ts';
import { SettingsWriteError } from '../../src/host/profileSettings.ts';
import { Environments } from '../../src/host/environments.ts';
import { ProfileStore } from '../../src/host/profileStore.ts';
import { userSettingsFile } from '../../src/host/settingsFile.ts';
import { revealProfile } from '../../src/host/revealProfile.ts';
import { storageUri } from './storageUri.ts';
import { fillDisk, smallDisksVariable } from '../support/smallDisk.ts';
import { machineProfile, userProfile } from '../support/profiles.ts';
import { memento } from './services.ts';
import { test, until as awaited, whetherOver } from './suite.ts';

const folder = () => vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '';
const settingsFile = () => join(folder(), '.vscode', 'settings.json');
const json = { id: 'machine', grant: 'client_credentials', issuer: 'https://as.example.com', clientId: 'c' };
const user = { scope: 'user' } as const;
const workspace = { scope: 'workspace' } as const;

async function configure(value: unknown, target: vscode.ConfigurationTarget): Promise<void> {
  await vscode.workspace.getConfiguration('oauthExplorer', null).update('profiles', value, target);
}

/** Waits until the store's list is as wanted; VS Code tells of a changed file when it notices. */
async function until(store: ProfileStore, wanted: () => boolean): Promise<void> {
  const isOver = whetherOver();
  for (let tries = 1; !wanted(); tries++) {
    const change = new Promise<void>((resolve) => {
      const subscription = store.onDidChange(() => {
        subscription.dispose();
        resolve();
      });
    });
    if ((await Promise.race([change.then(() => true), sleep(3000)])) && !isOver()) continue;
    const text = existsSync(settingsFile()) ? readFileSync(settingsFile(), 'utf8') : undefined;
    if (tries > 20 || isOver())
      throw new Error(
        `VS Code does not notice a change of ${settingsFile()}, which holds ${JSON.stringify(text)}: ${JSON.stringify(store.list())}`,
      );
    // A watcher may miss a file that is written right after it was deleted: written again by VS Code, it is looked at anew.
    if (text !== undefined)
      await vscode.workspace.fs.writeFile(vscode.Uri.file(settingsFile()), Buffer.from(text));
  }
}

function sleep(milliseconds: number): Promise<undefined> {
  return new Promise((resolve) => setTimeout(() => resolve(undefined), milliseconds));
}

/** Runs `body` with a store; both settings are empty before and after. */
function storeTest(name: string, body: (store: ProfileStore) => Promise<void>, missing?: string): void {
  const run = async () => {
    const store = new ProfileStore(new Environments(memento()), await userSettings());
    const clear = async () => {
      await configure(undefined, vscode.ConfigurationTarget.Workspace);
      await configure(undefined, vscode.ConfigurationTarget.Global);
      await until(store, () => store.ids().length === 0 && store.list().invalid.length === 0);
    };
    await clear();
    let failed: unknown;
    try {
      await body(store);
    } catch (thrown) {
      failed = thrown;
    }
    try {
      await clear();
    } catch (thrown) {
      failed ??= thrown;
    } finally {
      store.dispose();
    }
    if (failed !== undefined) throw failed as Error;
  };
  test(name, run, missing);
}

/** Takes back what VS Code holds unsaved of the workspace's settings file. */
async function revertSettings(): Promise<void> {
  await vscode.window.showTextDocument(vscode.Uri.file(settingsFile()));
  await vscode.commands.executeCommand('workbench.action.files.revert');
  await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
}

/** Waits until VS Code has a settings file as it is on disk now. */
async function noticed(file = settingsFile()): Promise<void> {
  const text = readFileSync(file, 'utf8');
  const document = await vscode.workspace.openTextDocument(vscode.Uri.file(file));
  await awaited('VS Code to read the file', () => document.getText() === text);
}

/** Where the user's settings are, as the extension finds it. */
async function userSettings(): Promise<vscode.Uri> {
  return userSettingsFile({ globalStorageUri: await storageUri() });
}

async function refusal(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
  } catch (thrown) {
    assert.ok(thrown instanceof SettingsWriteError, String(thrown));
    return thrown.message;
  }
  throw new assert.AssertionError({ message: 'It was written.' });
}

const ids = (store: ProfileStore) => store.list().profiles.map(({ profile }) => profile.id);

storeTest('a change of user settings shows at once', async (store) => {
  let told = 0;
  store.onDidChange(() => told++);
  await configure([json], vscode.ConfigurationTarget.Global);
  await until(store, () => ids(store).join() === 'machine');
  assert.ok(told > 0);
  assert.deepEqual(store.get('machine')?.source, user);
});

storeTest(
  'a settings file changed from outside shows at once, its invalid entry listed beside the others',
  async (store) => {
    mkdirSync(dirname(settingsFile()), { recursive: true });
    writeFileSync(
      settingsFile(),
      JSON.stringify({ 'oauthExplorer.profiles': [json, { id: 'bad', clientSecret: 'x' }, 7] }),
    );
    await until(store, () => ids(store).length === 1);
    assert.deepEqual(
      store.list().invalid.map(({ id, index, source }) => [id, index, source.scope]),
      [
        ['bad', 1, 'workspace'],
        [undefined, 2, 'workspace'],
      ],
    );
    assert.deepEqual(store.ids(), ['machine', 'bad']);
  },
);

storeTest('a workspace profile takes the place of the user’s with its id', async (store) => {
  await configure([json], vscode.ConfigurationTarget.Global);
  await configure([{ ...json, clientId: 'theirs' }], vscode.ConfigurationTarget.Workspace);
  await until(store, () => store.get('machine')?.profile.clientId === 'theirs');
  assert.deepEqual(store.get('machine')?.overrides, user);
  await store.delete('machine');
  await until(store, () => store.get('machine')?.profile.clientId === 'c');
});

storeTest('saving, renaming, duplicating and deleting leave every other entry as it was', async (store) => {
  const others = [7, { id: 'bad', clientSecret: 'x' }, { ...json, id: 'commented', comment: 'mine' }];
  await configure(others, vscode.ConfigurationTarget.Workspace);
  await store.save(machineProfile(), workspace);
  await store.save(userProfile(), user);
  await until(store, () => ids(store).length === 3);
  await store.rename('machine', 'Renamed');
  await store.rename('commented', 'Also renamed');
  assert.equal(await store.duplicate('machine'), 'machine-copy');
  await until(store, () => store.get('machine-copy')?.profile.name === 'Renamed (copy)');
  assert.equal(await store.duplicate('machine'), 'machine-copy-2');
  await store.delete('machine-copy');
  await until(store, () => ids(store).length === 4);
  const written = JSON.parse(readFileSync(settingsFile(), 'utf8')) as Record<string, unknown[]>;
  const entries = written['oauthExplorer.profiles'] ?? [];
  assert.deepEqual(entries.slice(0, 2), others.slice(0, 2));
  assert.deepEqual(entries[2], { ...json, id: 'commented', comment: 'mine', name: 'Also renamed' });
  assert.deepEqual(
    entries.slice(3).map((entry) => (entry as Profile).id),
    ['machine', 'machine-copy-2'],
  );
  assert.deepEqual(store.get('user')?.profile, userProfile());
});

storeTest('a profile moves from user to workspace settings', async (store) => {
  await store.save(machineProfile(), user);
  await until(store, () => store.get('machine') !== undefined);
  await store.save(machineProfile({ name: 'Moved' }), workspace, 'machine');
  await until(store, () => store.get('machine')?.overrides === undefined);
  assert.equal(store.get('machine')?.profile.name, 'Moved');
  assert.deepEqual(store.get('machine')?.source, workspace);
});

storeTest('nothing is written that could not be read again, and the sentence says why', async (store) => {
  await store.save(machineProfile(), user);
  await until(store, () => ids(store).length === 1);
  assert.equal(
    await refusal(store.rename('machine', 'x'.repeat(101))),
    'The profile cannot be saved: name is longer than 100 characters.',
  );
  assert.equal(store.get('machine')?.profile.name, 'Machine');
});

storeTest('a copy of a profile with the longest id and name there can be is a profile', async (store) => {
  const id = 'i'.repeat(100);
  // A cut through the middle of a character would leave half of it.
  const name = `${'n'.repeat(88)}${'😀'.repeat(6)}`;
  await store.save(machineProfile({ id, name }), user);
  await until(store, () => ids(store).length === 1);
  const copies = [await store.duplicate(id), await store.duplicate(id)];
  await until(store, () => ids(store).length === 3);
  assert.deepEqual(store.list().invalid, []);
  for (const copy of copies) assert.match(store.get(copy)?.profile.name ?? '', /^n+😀*… \(copy\)$/u);
});

storeTest('several changes at once are all written', async (store) => {
  await Promise.all(['a', 'b', 'c', 'd'].map((id) => store.save(machineProfile({ id }), user)));
  await until(store, () => ids(store).join() === 'a,b,c,d');
});

storeTest('an id that is taken is refused', async (store) => {
  await store.save(machineProfile(), user);
  await until(store, () => ids(store).length === 1);
  assert.match(
    await refusal(store.save(machineProfile(), workspace)),
    /already is a profile with the id machine/,
  );
});

storeTest('unsaved changes in the settings file are not lost, and the sentence says so', async (store) => {
  await store.save(machineProfile(), workspace);
  await until(store, () => ids(store).length === 1);
  const editor = await vscode.window.showTextDocument(vscode.Uri.file(settingsFile()));
  await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), '// not saved yet\n'));
  const sentence = await refusal(store.rename('machine', 'Renamed'));
  assert.match(
    sentence,
    /^The workspace settings could not be written; nothing was changed\. VS Code says: .*unsaved/,
  );
  assert.match(editor.document.getText(), /^\/\/ not saved yet\n/);
  assert.equal(store.get('machine')?.profile.name, 'Machine');
  await revertSettings();
});

storeTest('a settings file with an error in it is left alone, and the sentence says so', async (store) => {
  const text = '{ "editor.tabSize": 2,, "oauthExplorer.profiles": [ }';
  mkdirSync(dirname(settingsFile()), { recursive: true });
  writeFileSync(settingsFile(), text);
  try {
    await noticed();
    const sentence = await refusal(store.save(machineProfile(), workspace));
    assert.match(
      sentence,
      /^The workspace settings could not be written; nothing was changed\. VS Code says: /,
    );
    assert.equal(readFileSync(settingsFile(), 'utf8'), text);
  } finally {
    writeFileSync(settingsFile(), '{}');
    await noticed();
  }
});

storeTest('settings that cannot be written are left alone, and the sentence says so', async (store) => {
  await store.save(userProfile(), user);
  await until(store, () => ids(store).join() === 'user');
  rmSync(settingsFile(), { force: true });
  // Refused to everyone, root included, as a full or a read-only disk is.
  mkdirSync(settingsFile(), { recursive: true });
  try {
    const sentence = await refusal(store.save(machineProfile(), workspace));
    assert.match(
      sentence,
      /^The workspace settings could not be written; their file is as it was, and the change waits in VS Code, unsaved: save the file when it can be\. VS Code says: ./,
    );
    await refusal(store.save(userProfile({ name: 'Moved' }), workspace, 'user'));
    assert.deepEqual(ids(store), ['user']);
    assert.deepEqual(store.get('user')?.profile, userProfile());
  } finally {
    rmSync(settingsFile(), { recursive: true });
    writeFileSync(settingsFile(), '{}');
    await revertSettings();
  }
  await store.save(machineProfile(), workspace);
  await until(store, () => ids(store).join() === 'user,machine');
});

const noSmallDisks =
  process.env[smallDisksVariable] === undefined
    ? 'It fills a disk, which only root on Linux can make.'
    : undefined;
for (const target of [user, workspace])
  storeTest(
    `${target.scope} settings on a full disk are as they were, and the sentence says so`,
    async (store) => {
      const file = target === user ? (await userSettings()).fsPath : settingsFile();
      await store.save(machineProfile(), target);
      await until(store, () => ids(store).join() === 'machine');
      const before = readFileSync(file, 'utf8');
      const large = userProfile({
        scopes: Array.from({ length: 190 }, (_, index) => `scope-${'s'.repeat(40)}-${index}`),
      });
      const free = fillDisk(target === user ? dirname(file) : folder());
      try {
        assert.equal(
          await refusal(store.save(large, target)),
          `The ${target.scope} settings could not be written; their file is as it was. ` +
            'Only part of the file was written. The disk may be full: free some space, and try again.',
        );
        assert.equal(readFileSync(file, 'utf8'), before);
      } finally {
        free();
      }
      // On a busy machine, VS Code may long miss that the user's file was put back: only the file is ours.
      if (target === user) return;
      await until(store, () => ids(store).join() === 'machine');
      await noticed(file);
      await store.save(large, target);
      await until(store, () => ids(store).join() === 'machine,user');
    },
    noSmallDisks,
  );

storeTest(
  'comments in the workspace’s profiles stay when profiles are added, changed and removed',
  async (store) => {
    const text = `{
  "oauthExplorer.profiles": [
    // the nightly job
    { "id": "machine", "grant": "client_credentials", "clientId": "c", /* ours */ "issuer": "https://as.example.com" },
    { "id": "other", "grant": "client_credentials", "clientId": "c", "issuer": "https://as.example.com" } // to go
  ]
}
`;
    mkdirSync(dirname(settingsFile()), { recursive: true });
    writeFileSync(settingsFile(), text);
    await until(store, () => ids(store).length === 2);
    await noticed();
    await Promise.all([
      store.rename('machine', 'Nightly'),
      store.delete('other'),
      store.save(userProfile(), workspace),
    ]);
    await until(store, () => ids(store).join() === 'machine,user');
    const written = readFileSync(settingsFile(), 'utf8');
    for (const comment of ['// the nightly job', '/* ours */', '// to go'])
      assert.ok(written.includes(comment), written);
    assert.equal(store.get('machine')?.profile.name, 'Nightly');
    assert.deepEqual(store.get('user')?.profile, userProfile());
  },
);

storeTest('the line of a problem is shown in workspace settings', async (store) => {
  mkdirSync(dirname(settingsFile()), { recursive: true });
  writeFileSync(
    settingsFile(),
    `{\n  // mine\n  "oauthExplorer.profiles": [\n    { "id": "a" },\n    {\n      "id": "b",\n      "clientSecret": "x"\n    }\n  ]\n}\n`,
  );
  await until(store, () => store.list().invalid.length === 2);
  await noticed();
  const [, second] = store.list().invalid;
  assert.ok(second);
  await revealProfile(second, ['clientSecret']);
  const editor = vscode.window.activeTextEditor;
  assert.equal(editor?.document.uri.fsPath, settingsFile());
  assert.equal(editor.document.getText(editor.selection), '"clientSecret": "x"');
  await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
});

storeTest('the line of a problem is shown in user settings', async (store) => {
  await configure([json, { ...json, id: 'bad', grant: 'password' }], vscode.ConfigurationTarget.Global);
  await until(store, () => store.list().invalid.length === 1);
  const [invalid] = store.list().invalid;
  assert.ok(invalid);
  await revealProfile(invalid, invalid.problems[0]?.path);
  const editor = vscode.window.activeTextEditor;
  assert.match(editor?.document.uri.path ?? '', /\/User\/settings\.json$/);
  assert.equal(editor?.document.getText(editor.selection), '"grant": "password"');
  await revealProfile(invalid);
  assert.equal(vscode.window.activeTextEditor, editor);
  await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
});
