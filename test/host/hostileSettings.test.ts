import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { secretPlace } from '../../src/core/profile/profile.ts';
import { hasUnprintable } from '../../src/core/profile/problem.ts';
import { profileLines } from '../../src/host/profileLines.ts';
import { ProfilesTree } from '../../src/host/trees/profilesTree.ts';
import { machineProfile } from '../support/profiles.ts';
import { startStandIn, type StandIn } from '../support/servers/standIn.ts';
import { withServices, type Fixture } from './services.ts';
import { test, until } from './suite.ts';

const { Global, Workspace } = vscode.ConfigurationTarget;
const configure = (key: string, value: unknown, target = Workspace) =>
  vscode.workspace.getConfiguration('oauthExplorer', null).update(key, value, target);
const keys = ['profiles', 'environments'] as const;

const own = Object.prototype as object;
const ofPrototype = () => Reflect.ownKeys(own).map((key) => [key, Object.getOwnPropertyDescriptor(own, key)]);

/** Runs `body` with a token endpoint on loopback; the settings are empty afterwards, and the extension is as well as before. */
async function withServer(body: (fixture: Fixture, server: StandIn) => Promise<void>): Promise<void> {
  await vscode.extensions.getExtension('oauth-explorer.oauth-explorer')?.activate();
  const before = ofPrototype();
  const server = await startStandIn(({ path }) => ({
    status: 200,
    body: { access_token: `token-of-${path.slice(1)}`, token_type: 'Bearer', expires_in: 3600 },
  }));
  try {
    await withServices((fixture) => body(fixture, server));
  } finally {
    for (const key of keys) for (const target of [Global, Workspace]) await configure(key, undefined, target);
    await server.close();
  }
  assert.deepEqual(ofPrototype(), before);
  assert.equal(vscode.extensions.getExtension('oauth-explorer.oauth-explorer')?.isActive, true);
}

const text = (value: unknown) => (typeof value === 'string' ? value : '');

interface Row {
  readonly label: string;
  readonly said: string;
  readonly isInvalid: boolean;
}

/** The list of profiles as VS Code is given it; VS Code draws none that has two rows of one ID. */
async function rowsOf({ services }: Fixture): Promise<readonly Row[]> {
  const tree = new ProfilesTree(() => profileLines(services));
  const items = (await tree.getChildren()).map((row) => tree.getTreeItem(row));
  const ids = items.map(({ id }) => id);
  assert.equal(new Set(ids).size, ids.length, `Rows of one ID: ${ids.join()}`);
  return items.map(({ label, description, tooltip, contextValue }) => {
    const row = { label: text(label), said: text(tooltip), isInvalid: contextValue === 'invalid' };
    const shown = `${row.label} ${text(description)}`;
    assert.ok(!hasUnprintable(shown) && shown.length < 1000, JSON.stringify(shown.slice(0, 1000)));
    assert.ok(!hasUnprintable(row.said.replaceAll('\n', '')), JSON.stringify(row.said.slice(0, 1000)));
    return row;
  });
}

const profile = (server: StandIn, id: string, over: object = {}) => ({
  ...{ id, name: id, grant: 'client_credentials', clientId: id },
  tokenEndpoint: `${server.origin}/${id}`,
  ...over,
});
/** As JSON has it: an own member, whatever it is called. */
const json = (text: string): unknown => JSON.parse(text);
const long = 'x'.repeat(1 << 17);

/** What no entry may be, and what is said of it. */
const bad: readonly (readonly [string, RegExp])[] = [
  ['7', /must be an object, not a number/],
  ['"x"', /must be an object, not a text/],
  ['null', /must be an object, not null/],
  ['[[[{"id":"nested"}]]]', /must be an object, not an array/],
  [JSON.stringify(long), /must be an object, not a text/],
  [`{"id":"name-long","name":"${long}"}`, /name is longer than 100/],
  [`{"${long}":"x"}`, /name is missing/],
  ['{"id":"url-long","tokenEndpoint":"https://a.example/LONG"}', /tokenEndpoint is longer/],
  ['{"id":"numbers","clientId":7,"name":[[]],"grant":null}', /grant must be .*, not null/],
  ['{"id":"__proto__"}', /id must be letters/],
  ['{"__proto__":{"id":"inherited","name":"inherited"}}', /name is missing/],
  ['{"id":"reordered","name":"a\\u202egpj"}', /invisible/],
  ['{"id":"control","name":"a\\u0007b"}', /invisible/],
  ['{"id":"zero-width","name":"a\\u200bb"}', /invisible/],
  ['{"id":"half","name":"\\ud800"}', /invisible/],
  ['{"id":"twice","name":"second"}', /already that of entry/],
  ['{"id":"TWICE","name":"third"}', /already that of entry/],
];
/** IDs and names that are strange, and nothing more. */
const strange: Readonly<Record<string, string>> = {
  constructor: 'constructor',
  prototype: '__proto__',
  hasOwnProperty: '(a+)+$',
  environments: '$(zap) .*[',
  twice: '<b>[a](command:x)</b>',
};

for (const [where, target] of [
  ['user', Global],
  ['workspace', Workspace],
] as const)
  test(`profiles of any shape in ${where} settings are told of, and those beside them work`, () =>
    withServer(async (fixture, server) => {
      const { services, user } = fixture;
      await services.profiles.save(machineProfile({ id: 'mine' }), { scope: 'user' });
      await configure('environments', 7);
      const good = Object.entries(strange).map(([id, name]) => profile(server, id, { name }));
      const entries = bad.map(([text]) => json(text.replace('LONG', long)));
      await configure('profiles', [...good, ...entries], target);
      await until('the settings', () => services.profiles.get('twice') !== undefined);
      const rows = await rowsOf(fixture);
      const told = rows.filter(({ isInvalid }) => isInvalid);
      assert.match(told.at(-1)?.said ?? '', /oauthExplorer\.environments must be an object/);
      assert.equal(told.length, bad.length + 1);
      for (const [at, [text, sentence]] of bad.entries())
        assert.match(told[at]?.said ?? '', sentence, text.slice(0, 80));
      await vscode.commands.executeCommand('oauthExplorer.profiles.focus');
      for (const [id, name] of Object.entries(strange)) {
        assert.ok(
          rows.some(({ label, isInvalid }) => !isInvalid && label === name),
          name,
        );
        user.types.push(`secret-of-${id}`);
        await services.run('getToken', { profile: id });
        const got = services.profiles.get(id)?.profile;
        assert.ok(got);
        assert.equal(services.tokens.peek(got)?.access_token, `token-of-${id}`, user.heard.join(' | '));
      }
    }));

test('settings that are no list, no object, or without end are told of in a sentence', () =>
  withServer(async (fixture, server) => {
    const { services } = fixture;
    const { profiles } = services;
    await services.profiles.save(machineProfile({ id: 'mine' }), { scope: 'user' });
    for (const value of [7, true, json('{"__proto__":[],"length":5000}')]) {
      await configure('profiles', value);
      await until('the refusal', () => profiles.list().invalid.length === 1);
      assert.match(profiles.list().invalid[0]?.problems[0]?.message ?? '', /must be a list of profiles/);
      assert.deepEqual(profiles.ids(), ['mine']);
      await configure('profiles', undefined);
      await until('nothing', () => profiles.list().invalid.length === 0);
    }
    const many = Array.from({ length: 600 }, (_, at) => profile(server, `p${at}`));
    await configure('profiles', many);
    await until('the profiles', () => profiles.ids().length === 501);
    const rows = await rowsOf(fixture);
    assert.match(rows.at(-1)?.said ?? '', /^Only the first 500 profiles are read/);
    await configure('profiles', undefined);
    await until('nothing', () => profiles.ids().length === 1);
  }));

/** Has VS Code say that a workspace file is open, so that folders have settings of their own. */
async function inWorkspaceFile(body: () => Promise<void>): Promise<void> {
  const { workspaceFile } = vscode.workspace;
  const say = (value: vscode.Uri | undefined) =>
    Object.defineProperty(vscode.workspace, 'workspaceFile', { get: () => value, configurable: true });
  say(vscode.Uri.parse('untitled:hostile.code-workspace'));
  try {
    await body();
  } finally {
    say(workspaceFile);
  }
}

for (const [where, within] of [
  ['workspace', (body: () => Promise<void>) => body()],
  ['folder', inWorkspaceFile],
] as const)
  test(`a ${where}’s profile or environment gets no secret of the user’s without the question`, () =>
    within(() =>
      withServer(async (fixture, server) => {
        const { services, user } = fixture;
        const { profiles, secrets } = services;
        const { host, port } = new URL(server.origin);
        const filled = profile(server, 'filled', { tokenEndpoint: 'http://${host}/${path}' });
        await configure('environments', { dev: { host, path: 'filled' } }, Global);
        await configure('profiles', [profile(server, 'mine'), filled], Global);
        await until('the profiles', () => profiles.list().profiles.length === 2);
        const places = profiles.list().profiles.map((stored) => secretPlace(stored.profile));
        for (const place of places) await secrets.set(place, 's3cret');
        const question =
          /This workspace wants to use your client secret for “.* a profile in your own settings/;
        const theirs = `${server.origin}/theirs`;
        const elsewhere = `http://localhost:${port}/theirs`;
        // Of another origin, or another spelling of the ID, none is kept: one is asked for, with where it goes.
        const attempts: readonly (readonly [string, string, unknown, boolean])[] = [
          ['mine', 'profiles', [profile(server, 'mine', { tokenEndpoint: theirs })], true],
          ['mine', 'profiles', [profile(server, 'mine', { clientId: 'theirs' })], true],
          ['MINE', 'profiles', [profile(server, 'MINE', { tokenEndpoint: theirs })], false],
          ['mine', 'profiles', [profile(server, 'mine', { tokenEndpoint: elsewhere })], false],
          ['filled', 'environments', { DEV: { host, path: 'theirs' } }, true],
          ['filled', 'environments', { dev: { host: `localhost:${port}`, path: 'theirs' } }, false],
        ];
        for (const [id, key, value, isKept] of attempts) {
          await configure(key, value);
          const source = () => {
            const found = profiles.get(id);
            return (found?.valuesFrom ?? found?.source)?.scope;
          };
          await until(JSON.stringify(value), () => source() === where);
          user.heard.length = 0;
          if (!isKept) user.types.push(undefined);
          await services.run('getToken', { profile: id });
          assert.match(user.heard.join(' | '), isKept ? question : /^Client secret of “/);
          assert.deepEqual(server.requests, [], JSON.stringify(value));
          await configure(key, undefined);
          await until('the user’s own', () => source() === 'user' || id === 'MINE');
        }
        for (const place of places) assert.equal(await secrets.get(place), 's3cret');
        await services.run('getToken', { profile: 'mine' });
        assert.deepEqual(
          server.requests.map(({ path }) => path),
          ['/mine'],
        );
      }),
    ));
