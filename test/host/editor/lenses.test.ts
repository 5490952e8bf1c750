import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { byHand } from '../../../src/host/byHand.ts';
import { EditorFeatures } from '../../../src/host/editor/editorFeatures.ts';
import { test } from '../suite.ts';
import { answering, Issuer, open, withWay, insertBearerInto } from './fixture.ts';

/** `alg` none, `sub` me, `exp` in 2020. */
const expired = 'eyJhbGciOiJub25lIn0.eyJzdWIiOiJtZSIsImV4cCI6MTU3NzgzNjgwMH0.x';

function features(issuer: Issuer): EditorFeatures {
  const describe = (token: string) =>
    Promise.resolve(
      token === expired
        ? { lines: ['sub: <b>[me](command:x)</b>'], expiresAt: 1_577_836_800_000 }
        : undefined,
    );
  return new EditorFeatures(
    () => Promise.resolve({ source: issuer, describe }),
    () => undefined,
  );
}

/** Waits until `holds`, at most a minute; what is asserted afterwards says what did not. */
async function eventually(holds: () => boolean): Promise<void> {
  for (let tries = 0; tries < 1200 && !holds(); tries++)
    await new Promise((resolve) => setTimeout(resolve, 50));
}

async function titles(all: EditorFeatures, document: vscode.TextDocument): Promise<string[]> {
  const lenses = all.lenses(document);
  assert.ok(
    lenses.every((lens) => !lens.isResolved),
    'unseen lenses cost nothing',
  );
  const resolved = await Promise.all(lenses.map((lens) => all.resolveLens(lens)));
  return resolved.map((lens) => `${lens.range.start.line}: ${lens.command?.title}`);
}

test('an .http file has the language http, ours or that of another extension', async () => {
  const { document } = await open('GET http://a/\n');
  assert.equal(document.languageId, 'http');
});

test('every HTTP request has its two lenses, other requests none', async () => {
  const { document } = await open(
    'GET http://a/\n\n###\nWS ws://b/\n\n###\ncurl http://c\n\n###\nPOST http://d/\n',
  );
  assert.deepEqual(await titles(features(new Issuer('demo')), document), [
    '0: Insert bearer token',
    '0: Send with token',
    ...['6: Insert bearer token', '6: Send with token'],
    ...['9: Insert bearer token', '9: Send with token'],
  ]);
});

test('lenses in Markdown are over requests in http fences only', async () => {
  const { document } = await open('GET http://x/\n```http\nGET http://a/\n```\n', `lens-${Date.now()}.md`);
  assert.deepEqual(await titles(features(new Issuer('demo')), document), [
    '2: Insert bearer token',
    '2: Send with token',
  ]);
});

test('a lens shows whose token is there and how long it lives, in each way, and renews it in place', async () => {
  for (const way of ['literal', 'fileVariable', 'environment'])
    await withWay(way, async () => {
      const { document } = await open('GET http://a/|\n');
      const issuer = new Issuer('demo');
      const all = features(issuer);
      await insertBearerInto(issuer, answering(), undefined);
      const [title] = await titles(all, document);
      assert.match(title ?? '', /^\d: Profile demo · 42 min left · renew$/, way);
      const [lens] = all.lenses(document);
      assert.ok(lens);
      const { command } = await all.resolveLens(lens);
      await insertBearerInto(issuer, answering(), command?.arguments?.[0]);
      assert.equal(issuer.issued, 2);
      assert.match((await titles(all, document))[0] ?? '', /· 42 min left · renew$/);
      await issuer.issue('demo', Date.now() - 3_700_000);
      if (way === 'literal') assert.match((await titles(all, document))[0] ?? '', /Replace bearer token/);
      else assert.match((await titles(all, document))[0] ?? '', /Profile demo · older token/, way);
    });
});

test('an expired token says so', () =>
  withWay('literal', async () => {
    const issuer = new Issuer('demo');
    await issuer.issue('demo', Date.now() - 3 * 3_600_000);
    const { document } = await open('GET http://a/|\nAuthorization: Bearer TOKEN-1\n');
    assert.match((await titles(features(issuer), document))[0] ?? '', /Profile demo · expired 3 h ago/);
  }));

test('a token in its last seconds says that it counts as expired', () =>
  withWay('literal', async () => {
    const issuer = new Issuer('demo');
    await issuer.issue('demo', Date.now() + 20_500);
    const { document } = await open('GET http://a/|\nAuthorization: Bearer TOKEN-1\n');
    const said = /ends in \d+ s, counts as expired/;
    assert.match((await titles(features(issuer), document))[0] ?? '', said);
    const hover = await features(issuer).hover(document, new vscode.Position(1, 25));
    const [content] = hover?.contents ?? [];
    assert.ok(content instanceof vscode.MarkdownString);
    assert.match(content.value.replaceAll('&nbsp;', ' '), said);
  }));

test('a lens makes no icon of a profile’s name', async () => {
  const issuer = new Issuer('$(flame)');
  await issuer.issue('$(flame)', Date.now() + 3_600_000);
  const { document } = await open('GET http://a/\nAuthorization: Bearer TOKEN-1\n');
  assert.match((await titles(features(issuer), document))[0] ?? '', /Profile \$ \(flame\)/);
});

test('in a long file the requests that are seen have lenses, all of them when no one looks', async () => {
  const text = '### n\nGET http://a/\nAccept: */*\n\n'.repeat(2500);
  const { document, editor } = await open(text);
  const all = features(new Issuer('demo'));
  const lines = () => all.lenses(document).map((lens) => lens.range.start.line);
  assert.ok(lines().length < 600);
  assert.equal(lines()[0], 1);
  const scrolled = eventually(() => (editor.visibleRanges[0]?.start.line ?? 0) > 4000);
  editor.revealRange(new vscode.Range(5000, 0, 5000, 0), vscode.TextEditorRevealType.AtTop);
  await scrolled;
  const [seen] = editor.visibleRanges;
  assert.ok(seen);
  assert.ok(seen.start.line > 4000);
  const covered = new Set(lines());
  for (let line = seen.start.line; line <= seen.end.line; line++)
    if (document.lineAt(line).text.startsWith('GET')) assert.ok(covered.has(line), String(line));
  await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
  await eventually(() => !vscode.window.visibleTextEditors.includes(editor));
  assert.equal(lines().length, 5000);
});

test('the hover shows what the token says as text, whatever it holds', async () => {
  const { document } = await open(`GET http://a/\nAuthorization: Bearer ${expired}\n`);
  const hover = await features(new Issuer('demo')).hover(document, new vscode.Position(1, 30));
  const [content] = hover?.contents ?? [];
  assert.ok(content instanceof vscode.MarkdownString);
  assert.match(content.value, /expired/);
  assert.doesNotMatch(content.value, /<b>|\[me\]\(/);
  assert.deepEqual(content.isTrusted, {
    enabledCommands: ['oauthExplorer.insertBearer', 'oauthExplorer.showToken', 'oauthExplorer.decodeToken'],
  });
  // Not ours: it is replaced or looked into, not renewed.
  assert.match(content.value, /\[Replace bearer token\].*\[Decode token\]/);
  assert.doesNotMatch(content.value, /eyJ/);
  assert.equal(await features(new Issuer('demo')).hover(document, new vscode.Position(0, 3)), undefined);
});

test('quick fixes insert where a token lacks and renew where it has expired', async () => {
  const { document } = await open(
    `GET http://a/\nA: 1\n\n###\nGET http://b/\nAuthorization: Bearer ${expired}\n`,
  );
  const all = features(new Issuer('demo'));
  const at = async (line: number) =>
    (await all.actions(document, new vscode.Range(line, 0, line, 0))).map(({ title }) => title);
  assert.deepEqual(await at(0), ['Insert bearer token of “Profile demo”']);
  assert.deepEqual(await at(1), []);
  assert.deepEqual(await at(4), []);
  assert.deepEqual(await at(5), ['Renew expired token']);
});

test('a token that lives offers to be renewed, shown or replaced; what has ended comes first', () =>
  withWay('literal', async () => {
    const issuer = new Issuer('demo');
    await issuer.issue('demo', Date.now() + 3_600_000);
    const foreign = `${expired.slice(0, -1)}y`;
    const { document } = await open(
      `GET http://a/\nAuthorization: Bearer TOKEN-1\n\n###\nGET http://b/\nAuthorization: Bearer ${foreign}\n`,
    );
    const at = (line: number) => features(issuer).actions(document, new vscode.Range(line, 0, line, 0));
    const mine = await at(1);
    assert.deepEqual(
      mine.map(({ title, isPreferred, command }) => [title, isPreferred, command?.command]),
      [
        ['Renew in place', undefined, 'oauthExplorer.insertBearer'],
        ['Show token', undefined, 'oauthExplorer.showToken'],
      ],
    );
    assert.deepEqual(mine[1]?.command?.arguments, [byHand({ profile: 'demo' })]);
    // Nothing is known of the end of this one.
    assert.deepEqual(
      (await at(5)).map(({ title }) => title),
      ['Replace bearer token'],
    );
  }));
