// What pages, files, the clipboard and language models bring into a real VS Code.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { hasUnprintable } from '../../src/core/profile/problem.ts';
import { invokeTool } from '../../src/host/agents/chatTools.ts';
import { takeRedirect } from '../../src/host/takeRedirect.ts';
import { commands } from '../../src/shared/commands.ts';
import { toolNames } from '../../src/shared/toolNames.ts';
import { machineProfile } from '../support/profiles.ts';
import { startStandIn } from '../support/servers/standIn.ts';
import { redirectAwaited } from '../support/waiting.ts';
import { entryAt, servicesTest, setProfiles } from './realServices.ts';
import { withServices } from './services.ts';
import { test, until } from './suite.ts';
import { withUser } from './user.ts';

const redirectUri = 'vscode://oauth-explorer.oauth-explorer/callback';
const canary = 'cAnArY7q2Wx9LmZp4RtVb8';
const long = 'x'.repeat(1 << 20);

servicesTest(
  'a sign-in takes its own redirect, once, whatever else a page has the editor open',
  async (services) => {
    const server = await startStandIn(({ path }) =>
      path === '/token'
        ? { status: 200, body: { access_token: 'token-1', token_type: 'Bearer' } }
        : { status: 404, body: '' },
    );
    const spent = () => server.requests.filter(({ path }) => path === '/token').length;
    try {
      await setProfiles(services, [
        entryAt(server.origin, 'waits', {
          ...{
            grant: 'authorization_code',
            authorizationEndpoint: `${server.origin}/authorize`,
            redirectUri,
          },
          clientAuthentication: 'none',
        }),
      ]);
      await withUser(async (user) => {
        const profile = services.profiles.get('waits')?.profile;
        assert.ok(profile);
        const signedIn = services.session.fresh(profile, new AbortController().signal);
        const waiting = () => {
          const [entry] = services.flows.entries;
          return entry?.state === 'running' ? redirectAwaited(entry.flow) : undefined;
        };
        await until('the sign-in', () => waiting() !== undefined);
        const state = new URL(waiting()?.authorizationUrl ?? '').searchParams.get('state') ?? '';
        const right = `code=${canary}&state=${state}`;
        const hostile = [
          `${redirectUri}?code=${canary}&state=wrong`,
          `${redirectUri}?code=${canary}`,
          `${redirectUri}?${right}&state=${state}`,
          `${redirectUri}/more?${right}`,
          `${redirectUri}/../other?${right}`,
          `${redirectUri}%2e?${right}`,
          `vscode://oauth-explorer.other/callback?${right}`,
          `vscode://me@oauth-explorer.oauth-explorer/callback?${right}`,
          `vscode://oauth-explorer.oauth-explorer:1/callback?${right}`,
          `https://oauth-explorer.oauth-explorer/callback?${right}`,
          `${redirectUri}?code=${long}&state=${long}`,
          `${redirectUri}?${'state=&'.repeat(1 << 17)}`,
          `${redirectUri}?state=%00%1b%5B2J%E2%80%AE&error=${canary}&error_description=[x](command:a)`,
          `${redirectUri}?__proto__=${canary}&constructor=1`,
          redirectUri,
        ];
        for (const [at, address] of hostile.entries()) {
          await takeRedirect(services, vscode.Uri.parse(address));
          await until('the refusal', () => user.heard.length === at + 1);
          assert.ok(waiting(), address.slice(0, 100));
        }
        assert.equal(spent(), 0);
        for (const said of user.heard) {
          assert.match(said, /cannot use it/);
          assert.ok(said.length < 600 && !said.includes(canary) && !hasUnprintable(said), said.slice(0, 600));
          assert.doesNotMatch(said, /\]\(/);
        }
        const twice = () => takeRedirect(services, vscode.Uri.parse(`${redirectUri}?${right}`));
        await Promise.all([twice(), twice()]);
        assert.equal((await signedIn).kind, 'token');
        await takeRedirect(services, vscode.Uri.parse(`${redirectUri}?${right}`));
        await until('the last refusal', () => user.heard.length === hostile.length + 2);
        assert.match(user.heard.at(-2) ?? '', /has already come/);
        assert.match(user.heard.at(-1) ?? '', /is not waiting in this window/);
        assert.equal(spent(), 1, server.requests.map(({ path }) => path).join());
      });
    } finally {
      await server.close();
    }
  },
);

/** A token whose claims are Markdown, links that run commands, HTML and signs that nobody sees. */
function hostileToken(): string {
  const evil =
    '[x](command:workbench.action.quit) <a href="command:workbench.action.quit">x</a> $(zap) \u202e\u0007';
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const claims = { iss: evil, sub: evil, aud: [evil], client_id: evil, scope: evil, azp: evil, exp: 4e9 };
  return `${part({ alg: 'none', typ: evil, kid: evil })}.${part(claims)}.${part(evil)}`;
}

test('a hover over a token shows its claims as text: only our own links do something', async () => {
  await vscode.extensions.getExtension('oauth-explorer.oauth-explorer')?.activate();
  const content = `GET https://api.example.com/x\nAuthorization: Bearer ${hostileToken()}\n`;
  const document = await vscode.workspace.openTextDocument({ language: 'http', content });
  await vscode.window.showTextDocument(document);
  try {
    let hovers: vscode.Hover[] = [];
    await until('the hover', async () => {
      hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
        'vscode.executeHoverProvider',
        document.uri,
        new vscode.Position(1, 30),
      );
      return hovers.length > 0;
    });
    const shown = hovers.flatMap(({ contents }) => contents);
    const allowed: readonly string[] = [commands.insertBearer, commands.showToken, commands.decodeToken];
    let links = 0;
    for (const one of shown) {
      assert.ok(one instanceof vscode.MarkdownString, 'no bare text');
      assert.ok(one.supportHtml !== true && one.supportThemeIcons !== true);
      if (typeof one.isTrusted === 'object')
        assert.ok(one.isTrusted.enabledCommands.every((command) => allowed.includes(command)));
      else assert.notEqual(one.isTrusted, true);
      // What is escaped is no link.
      const plain = one.value.replaceAll(/\\[\\`*_{}[\]()#+\-.!~|<>]/g, '');
      for (const [, command = ''] of plain.matchAll(/\]\(command:([\w.]+)/g)) {
        assert.ok(allowed.includes(command), command);
        links++;
      }
      assert.doesNotMatch(plain, /<a /);
      assert.ok(!hasUnprintable(one.value.replaceAll('\n', '')), JSON.stringify(one.value));
    }
    assert.ok(links > 0, 'The links of our own are there.');
  } finally {
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  }
});

test('what is on the clipboard neither freezes nor speaks: it is decoded, imported, or nothing', () =>
  withServices(async ({ services, user }) => {
    const before = await vscode.env.clipboard.readText();
    const heard: string[] = [];
    const { showQuickPick } = vscode.window;
    const look = (items: readonly vscode.QuickPickItem[]) => {
      heard.push(
        ...items.flatMap(({ label, description = '', detail = '' }) => [label, description, detail]),
      );
      return Promise.resolve(undefined);
    };
    Object.assign(vscode.window, { showQuickPick: look });
    const name = '[x](command:a) $(zap) \\u202e\\u0007';
    try {
      for (const text of [
        long,
        '{'.repeat(1 << 20),
        '['.repeat(5000) + ']'.repeat(5000),
        'eyJ'.repeat(1 << 18),
        `${'ey.'.repeat(1 << 18)}x`,
        'curl '.repeat(1 << 17),
        `Bearer ${hostileToken().slice(0, -8)}${'.'.repeat(1 << 20)}`,
        `{"client_id":"${name}","client_secret":"${canary}","token_endpoint":"https://a.example/${name}"}`,
        `curl -u '${canary}:${canary}' 'https://a.example/token?x=${canary}' -d 'grant_type=client_credentials'`,
      ]) {
        await vscode.env.clipboard.writeText(text);
        await services.run('importProfiles');
      }
    } finally {
      Object.assign(vscode.window, { showQuickPick });
      await vscode.env.clipboard.writeText(before);
    }
    assert.ok(heard.length > 0);
    for (const said of [...heard, ...user.heard]) {
      assert.ok(said.length < 2000 && !hasUnprintable(said), said.slice(0, 2000));
      assert.ok(!said.includes(canary), said);
      // VS Code draws icons in lists; a name has none.
      assert.doesNotMatch(said.replace(/^\$\([\w-]+\) /, ''), /\$\(zap\)/);
    }
  }));

test('a chat tool that VS Code is asked for refuses what no tool takes, and repeats none of it', async () => {
  await vscode.extensions.getExtension('oauth-explorer.oauth-explorer')?.activate();
  const inputs: readonly object[] = [
    { profile: canary },
    { profile: { toString: canary } },
    { [canary]: 'x' },
    JSON.parse(`{"__proto__":{"profile":"${canary}"},"profile":"${canary}"}`) as object,
    { profile: canary.repeat(1 << 15) },
    { profile: 'nobody', url: `https://${canary}@a.example/`, method: canary },
    { profile: 'nobody', headers: { Authorization: `Bearer ${canary}` }, url: 'https://a.example' },
    { answer: '['.repeat(5000), text: '{'.repeat(5000), url: 'file:///etc/passwd', profile: 'nobody' },
  ];
  for (const name of toolNames)
    for (const input of inputs) {
      if (name === 'oauth_explain_failure') continue;
      const said = await Promise.resolve(
        vscode.lm.invokeTool(name, { input, toolInvocationToken: undefined }),
      ).then(
        ({ content }) => JSON.stringify(content),
        (thrown: unknown) => String(thrown),
      );
      assert.ok(!said.includes(canary), `${name} ${said.slice(0, 300)}`);
      assert.ok(said.length < 20_000);
      assert.doesNotMatch(said, /This is a bug/);
    }
});

test('consent to a chat agent is asked once for each profile, and is no consent to others', () =>
  withServices(async ({ services, user, add }) => {
    const server = await startStandIn(() => ({
      status: 200,
      headers: { 'x-request-id': canary },
      body: { access_token: canary, token_type: 'Bearer', echo: canary, nested: { refresh_token: canary } },
    }));
    const { token } = new vscode.CancellationTokenSource();
    try {
      for (const id of ['one', 'other']) {
        const { issuer: _, ...profile } = machineProfile({ id, name: id });
        await add({ ...profile, tokenEndpoint: `${server.origin}/token` }, canary);
      }
      const call = (profile: string, input: object = {}) =>
        invokeTool(services, 'oauth_call_api', { profile, url: `${server.origin}/x`, ...input }, token);
      const refused = /does not let chat agents/;
      user.presses.push('Never');
      await assert.rejects(call('one'), refused);
      assert.equal(user.heard.length, 1);
      for (let times = 0; times < 3; times++) await assert.rejects(call('one'), refused);
      assert.equal(user.heard.length, 1, 'It is not asked again.');
      // The question is closed: no, and asked again.
      await assert.rejects(call('other'), refused);
      await assert.rejects(call('other'), refused);
      assert.equal(user.heard.length, 3);
      assert.deepEqual(server.requests, []);
      user.presses.push('Allow for This Session', 'Send Token');
      const answer = await call('other');
      const text = JSON.stringify(answer.content);
      assert.match(text, /HTTP 200/);
      assert.ok(!text.includes(canary) && !text.includes(canary.slice(-12)), text);
      assert.equal((await services.access.list()).length, 2);
    } finally {
      await server.close();
    }
  }));
