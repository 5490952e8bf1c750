import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Profile } from '../../src/core/profile/profile.ts';
import type { TokenSet } from '../../src/core/record/report.ts';
import { byHand } from '../../src/host/byHand.ts';
import { obtainFor } from '../../src/host/obtainToken.ts';
import { profileForHost } from '../../src/host/profileForHost.ts';
import { machineProfile } from '../support/profiles.ts';
import { startStandIn, type StandIn } from '../support/servers/standIn.ts';
import { open, withWay } from './editor/fixture.ts';
import { withServices, type Fixture } from './services.ts';
import { test } from './suite.ts';

const tokensOf = ({ id }: Profile): TokenSet => ({
  ...{ access_token: `token-of-${id}`, token_type: 'Bearer', received_at: Date.now(), requested_scopes: [] },
  ...{ extra: {}, expires_at: Date.now() + 3_600_000 },
});

interface Question {
  readonly title: string;
  readonly labels: readonly string[];
}

/** Runs `body` with an API, an active profile that is not for it and one that is; lists are answered by `choose`. */
async function withTwo(
  choose: (labels: readonly string[]) => string | undefined,
  body: (fixture: Fixture & { readonly api: StandIn; readonly asked: readonly Question[] }) => Promise<void>,
): Promise<void> {
  const api = await startStandIn(() => ({ status: 200, body: { id: 1 } }));
  const asked: Question[] = [];
  const kept = Reflect.get(vscode.window, 'showQuickPick') as unknown;
  const showQuickPick = (items: readonly vscode.QuickPickItem[], { title = '' }: vscode.QuickPickOptions) => {
    const labels = items.map(({ label }) => label);
    asked.push({ title, labels });
    const chosen = choose(labels);
    return Promise.resolve(items.find(({ label }) => label === chosen));
  };
  Object.assign(vscode.window, { showQuickPick });
  try {
    await withServices(async (fixture) => {
      const { add, services } = fixture;
      const all = [
        machineProfile({ id: 'first', name: 'First' }),
        machineProfile({ id: 'second', name: 'Second', resource: [api.origin] }),
        machineProfile({ id: 'third', name: 'Third' }),
      ];
      for (const profile of all) {
        await add(profile);
        await services.tokens.set(profile, tokensOf(profile));
      }
      await services.active.set('first');
      await body({ ...fixture, api, asked });
    });
  } finally {
    Object.assign(vscode.window, { showQuickPick: kept });
    await api.close();
  }
}

const authorizations = ({ requests }: StandIn) => requests.map(({ headers }) => headers.authorization);

test('a request to a host that another profile’s token is for asks whose is meant, and that one is active then', () =>
  withTwo(
    ([first]) => first,
    async ({ services, api, asked, user }) => {
      const { uri } = await open(`@host = ${api.origin}\n\nGET {{host}}/a\n\n###\nGET ${api.origin}/b\n`);
      await services.run('callApi', byHand({ uri: uri.toString(), line: 2 }));
      assert.deepEqual(asked, [
        { title: `Whose token is for ${new URL(api.origin).host}?`, labels: ['Second', 'First'] },
      ]);
      await services.run('callApi', byHand({ uri: uri.toString(), line: 5 }));
      assert.deepEqual(authorizations(api), ['Bearer token-of-second', 'Bearer token-of-second']);
      assert.equal(services.activeProfile()?.id, 'second');
      assert.equal(asked.length, 1);
      // It is for the host: nothing more is asked.
      assert.ok(!user.heard.some((said) => said.startsWith('Send the token')));
    },
  ));

test('the active profile may be meant, and its token goes there after the question that it always takes', () =>
  withTwo(
    (labels) => labels.at(-1),
    async ({ services, api, asked, user }) => {
      const { uri } = await open(`GET ${api.origin}/a\n`);
      user.presses.push('Send Token');
      await services.run('callApi', byHand({ uri: uri.toString(), line: 0 }));
      await services.run('callApi', byHand({ uri: uri.toString(), line: 0 }));
      assert.deepEqual(authorizations(api), ['Bearer token-of-first', 'Bearer token-of-first']);
      assert.equal(asked.length, 1, 'it was sent there before');
    },
  ));

test('an active profile without a token is taken as it is: for whom one would be is not known yet', () =>
  withTwo(
    ([first]) => first,
    async ({ services, api, asked }) => {
      const [first] = services.profiles.list().profiles;
      assert.ok(first);
      await services.tokens.delete(first.profile);
      assert.equal((await profileForHost(services, `${api.origin}/a`))?.id, 'first');
      assert.deepEqual(asked, []);
    },
  ));

test('who closes the question sends and inserts nothing', () =>
  withTwo(
    () => undefined,
    async ({ services, api }) => {
      const { document, uri } = await open(`GET ${api.origin}/a\n`);
      await services.run('callApi', byHand({ uri: uri.toString(), line: 0 }));
      await services.run('insertBearer', byHand({ uri: uri.toString(), line: 0 }));
      assert.deepEqual(api.requests, []);
      assert.doesNotMatch(document.getText(), /Authorization/);
    },
  ));

test('what is inserted is the token that is for the host; where none is, the active one’s', () =>
  withWay('literal', () =>
    withTwo(
      ([first]) => first,
      async ({ services, api, asked }) => {
        const { document, uri } = await open(`GET ${api.origin}/a\n\n###\nGET https://api.example.org/b\n`);
        await services.run('insertBearer', byHand({ uri: uri.toString(), line: 3 }));
        assert.deepEqual(asked, []);
        await services.run('insertBearer', byHand({ uri: uri.toString(), line: 0 }));
        assert.deepEqual(document.getText().match(/token-of-\w+/g), ['token-of-second', 'token-of-first']);
      },
    ),
  ));

test('whoever inserts from the palette is offered first the profile whose token is for the host, then the others', () =>
  withWay('literal', () =>
    withTwo(
      ([first]) => first,
      async ({ services, api, asked }) => {
        const { document } = await open(`GET ${api.origin}/a|\n`);
        await services.run('insertBearer');
        assert.match(document.getText(), /token-of-second/);
        await open('GET https://api.example.org/b|\n');
        await services.run('insertBearer');
        assert.deepEqual(
          asked.map(({ labels }) => labels),
          [
            ['Second', 'First', 'Third'],
            ['First', 'Second', 'Third'],
          ],
        );
      },
    ),
  ));

test('where the id_token is what APIs are sent, it is what is inserted, in whatever way; without one nothing is, which is said', () =>
  withServices(async ({ services, add, user }) => {
    const profile = machineProfile({ id: 'mine', sentToken: 'id_token' });
    await add(profile);
    await services.tokens.set(profile, { ...tokensOf(profile), id_token: 'the-id-token' });
    const inserted = async (way: string) => {
      const { document, uri } = await open('GET https://api.example.org/a\n');
      await withWay(way, async () => {
        await services.run('insertBearer', byHand({ uri: uri.toString(), line: 0 }));
      });
      return document.getText();
    };
    assert.equal(
      await inserted('literal'),
      'GET https://api.example.org/a\nAuthorization: Bearer the-id-token\n',
    );
    const variable = await inserted('fileVariable');
    assert.match(variable, /^@mine_token = the-id-token$/m);
    assert.match(variable, /^Authorization: Bearer \{\{mine_token\}\}$/m);
    const without = tokensOf(profile);
    await services.tokens.set(profile, without);
    assert.equal(await inserted('literal'), 'GET https://api.example.org/a\n');
    assert.ok(
      user.heard.some((said) => said.includes('is to insert its id_token, and the server sent none')),
    );
    assert.ok(!user.heard.some((said) => said.includes('the-id-token')));
  }));

test('a demo’s profile is active until one of the user’s own got a token', () =>
  withServices(async ({ services, add }) => {
    const demo = { id: 'demo-machine', clientId: 'demo-machine', issuer: 'http://127.0.0.1:9' };
    const [made, own, other] = [
      machineProfile(demo),
      machineProfile({ id: 'own' }),
      machineProfile({ id: 'other' }),
    ];
    for (const profile of [made, own, other]) await add(profile);
    const obtain = (profile: Profile) =>
      obtainFor(services, profile, () => Promise.resolve({ kind: 'token', tokens: tokensOf(profile) }));
    const active = [];
    for (const profile of [made, own, other, made]) {
      await obtain(profile);
      active.push(services.activeProfile()?.id);
    }
    assert.deepEqual(active, ['demo-machine', 'own', 'own', 'own']);
  }));
