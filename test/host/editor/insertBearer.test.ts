import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import * as vscode from 'vscode';
import { test, until } from '../suite.ts';
import { withUser } from '../user.ts';
import { answering, Issuer, newFolder, open, read, withWay, insertBearerInto } from './fixture.ts';

const undo = () => vscode.commands.executeCommand('undo');

const cursors = {
  'at the end of the URL': '### a\nGET http://a/\nAccept: */*\n\n###\nGET http://b/|\n',
  'below the request line': 'GET http://b/\n|',
  'in the body': 'POST http://b/\n\nbo|dy\n',
  'at the end of a file without a final newline': 'GET http://b/|',
};
for (const [where, marked] of Object.entries(cursors))
  test(`a literal token is one line more, the cursor ${where} stays, and one undo takes it back`, () =>
    withWay('literal', async () => {
      const { document, editor } = await open(marked);
      const before = document.getText();
      const { active } = editor.selection;
      assert.equal(await insertBearerInto(new Issuer('demo'), answering(), undefined), true);
      const header =
        /http:\/\/b\/(\nAuthorization: Bearer TOKEN-1)(?:\n|$)/.exec(document.getText())?.[1] ?? '?';
      assert.equal(document.getText().replace(header, ''), before);
      assert.equal(document.lineAt(editor.selection.active.line).text, before.split('\n')[active.line]);
      assert.equal(editor.selection.active.character, active.character);
      await undo();
      assert.equal(document.getText(), before);
    }));

test('a document with CRLF keeps it', () =>
  withWay('literal', async () => {
    const { document } = await open('GET http://a/|\r\nAccept: */*\r\n');
    await insertBearerInto(new Issuer('demo'), answering(), undefined);
    assert.equal(document.getText(), 'GET http://a/\r\nAuthorization: Bearer TOKEN-1\r\nAccept: */*\r\n');
    await undo();
    assert.equal(document.getText(), 'GET http://a/\r\nAccept: */*\r\n');
  }));

const strange = {
  'NEL, LS and PS': [
    '@v = 1\u20282\u2029\u0085\n# x\u2028y\n### a\u2028b\nGET http://b/?q=1\u20282|\nX: 1\u0085\n',
    4,
  ],
  'vertical tabs, form feeds and surrogates': [
    '# \u000b\u000c\u{1F600}\n###\nGET http://b/\u{1F600}|\nX: 1\n',
    2,
  ],
  'carriage returns alone': ['### a\rGET http://a/\r\r###\rGET http://b/|\rX: 1\r', 4],
  'carriage returns and line feeds, mixed': ['### a\r\nGET http://a/\n\r###\rGET http://b/|\r\nX: 1\n', 4],
} as const;
for (const [what, [marked, line]] of Object.entries(strange))
  for (const by of ['cursor', 'line'] as const)
    test(`the header goes below the request line in a file with ${what}, found by the ${by}`, () =>
      withWay('literal', async () => {
        const { document, uri } = await open(marked);
        const before = document.getText();
        const argument = by === 'line' ? { uri: uri.toString(), line } : undefined;
        await insertBearerInto(new Issuer('demo'), answering(), argument);
        const after = document.getText();
        const [added = '?'] = /(?:\r\n|\n|\r)Authorization: Bearer TOKEN-1/.exec(after) ?? [];
        assert.equal(after.replace(added, ''), before);
        const [above, below] = after.split(added);
        assert.match(above ?? '', /GET http:\/\/b\/[^\r\n]*$/);
        assert.match(below ?? '', /^[\r\n]+X: 1/);
        await undo();
        assert.equal(document.getText(), before);
      }));

const encodings = {
  'UTF-16, little endian': (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le'),
  'UTF-16, big endian': (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le').swap16(),
  'UTF-8 with a byte order mark': (text: string) => Buffer.from(`\uFEFF${text}`),
};
for (const [what, encoded] of Object.entries(encodings))
  test(`a file in ${what} is so still when a token was inserted and it was saved`, () =>
    withWay('literal', async () => {
      const [above, below] = ['### ä\r\nGET http://a/é', '\r\nX: あ\r\n'];
      const uri = vscode.Uri.joinPath(await newFolder(), 'a.http');
      await vscode.workspace.fs.writeFile(uri, encoded(above + below));
      const document = await vscode.workspace.openTextDocument(uri);
      await vscode.window.showTextDocument(document);
      assert.equal(document.getText(), above + below);
      await insertBearerInto(new Issuer('demo'), answering(), { uri: uri.toString(), line: 1 });
      assert.equal(await document.save(), true);
      const saved = Buffer.from(await vscode.workspace.fs.readFile(uri));
      assert.deepEqual(saved, encoded(`${above}\r\nAuthorization: Bearer TOKEN-1${below}`));
    }));

test('Markdown is edited inside an http fence, and nowhere else', () =>
  withWay('literal', async () => {
    const { document, editor } = await open(
      'GET http://x/\n\n```http\nGET http://a/|\n```\n',
      `${Date.now()}.md`,
    );
    assert.equal(document.languageId, 'markdown');
    await insertBearerInto(new Issuer('demo'), answering(), undefined);
    assert.equal(
      document.getText(),
      'GET http://x/\n\n```http\nGET http://a/\nAuthorization: Bearer TOKEN-1\n```\n',
    );
    await undo();
    editor.selection = new vscode.Selection(0, 2, 0, 2);
    const issuer = new Issuer('demo');
    assert.equal(await insertBearerInto(issuer, answering(), undefined), false);
    assert.equal(issuer.issued, 0);
    assert.equal(document.isDirty, false);
  }));

test('a file variable is defined once and renewed in place, by one undo each', () =>
  withWay('fileVariable', async () => {
    const { document, uri } = await open('GET http://a/|\n\n###\nGET http://b/\n');
    const issuer = new Issuer('my-api');
    await insertBearerInto(issuer, answering(), undefined);
    const first =
      '@my_api_token = TOKEN-1\n\n###\n\nGET http://a/\nAuthorization: Bearer {{my_api_token}}\n\n###\nGET http://b/\n';
    assert.equal(document.getText(), first);
    await insertBearerInto(issuer, answering(), { uri: uri.toString(), line: 8 });
    const second = `${first}Authorization: Bearer {{my_api_token}}\n`;
    assert.equal(document.getText(), second);
    await insertBearerInto(issuer, answering(), { uri: uri.toString(), line: 4, renew: true });
    assert.equal(document.getText(), second.replace('TOKEN-1', 'TOKEN-2'));
    await undo();
    await undo();
    await undo();
    assert.equal(document.getText(), 'GET http://a/\n\n###\nGET http://b/\n');
  }));

test('an environment keeps the token out of the file, after git was asked', () =>
  withWay('environment', async () => {
    const folder = await newFolder();
    execFileSync('git', ['init', '--quiet'], { cwd: folder.fsPath });
    const { document } = await open('GET http://a/|\n', 'a.http', folder);
    const questions = answering({ unignored: () => Promise.resolve('ignore') });
    const issuer = new Issuer('demo');
    assert.equal(await insertBearerInto(issuer, questions, undefined), true);
    assert.equal(document.getText(), 'GET http://a/\nAuthorization: Bearer {{demo_token}}\n');
    const file = 'http-client.private.env.json';
    assert.deepEqual(JSON.parse(await read(folder, file)), { dev: { demo_token: 'TOKEN-1' } });
    assert.equal(await read(folder, '.gitignore'), `${file}\n`);
    // Now it is ignored: nothing is asked any more.
    assert.equal(await insertBearerInto(issuer, answering(), { renew: true }), true);
    assert.deepEqual(JSON.parse(await read(folder, file)), { dev: { demo_token: 'TOKEN-2' } });
    assert.deepEqual(questions.asked, ['unignored']);
  }));

test('nothing is written when the user does not want the file in git', () =>
  withWay('environment', async () => {
    const folder = await newFolder();
    execFileSync('git', ['init', '--quiet'], { cwd: folder.fsPath });
    const { document } = await open('GET http://a/|\n', 'a.http', folder);
    const questions = answering({ unignored: () => Promise.resolve(undefined) });
    assert.equal(await insertBearerInto(new Issuer('demo'), questions, undefined), false);
    assert.equal(document.getText(), 'GET http://a/\n');
    await assert.rejects(read(folder, 'http-client.private.env.json'));
  }));

test('a file of Visual Studio’s has its own file of one user’s environments', () =>
  withWay('environment', async () => {
    const folder = await newFolder();
    await vscode.workspace.fs.writeFile(
      vscode.Uri.joinPath(folder, 'http-client.env.json'),
      Buffer.from('{ "dev": { "host": "a.example" } }'),
    );
    const { document } = await open('GET http://{{host}}/|?t={{$dotEnv X}}\n', 'a.http', folder);
    const issuer = new Issuer('demo');
    assert.equal(await insertBearerInto(issuer, answering(), undefined), true);
    assert.match(document.getText(), /\nAuthorization: Bearer \{\{demo_token\}\}\n$/);
    const file = 'http-client.env.json.user';
    assert.deepEqual(JSON.parse(await read(folder, file)), { dev: { demo_token: 'TOKEN-1' } });
    assert.equal(await insertBearerInto(issuer, answering(), { renew: true }), true);
    assert.deepEqual(JSON.parse(await read(folder, file)), { dev: { demo_token: 'TOKEN-2' } });
  }));

test('the environments of an existing file are asked for, and the file keeps its format', () =>
  withWay('environment', async () => {
    const folder = await newFolder();
    const file = vscode.Uri.joinPath(folder, 'http-client.private.env.json');
    await vscode.workspace.fs.writeFile(file, Buffer.from('{\n\t"dev": { "a": 1 },\n\t"prod": {}\n}\n'));
    await open('GET http://a/|\n', 'a.http', folder);
    const questions = answering({ environments: (_, names) => Promise.resolve(names.slice(0, 1)) });
    await insertBearerInto(new Issuer('demo'), questions, undefined);
    assert.equal(
      await read(folder, 'http-client.private.env.json'),
      '{\n\t"dev": { "a": 1, "demo_token": "TOKEN-1" },\n\t"prod": {}\n}\n',
    );
  }));

test('a token kept in .env is renewed there', () =>
  withWay('environment', async () => {
    const folder = await newFolder();
    await vscode.workspace.fs.writeFile(
      vscode.Uri.joinPath(folder, '.env'),
      Buffer.from('A=1\nDEMO_TOKEN=old\n'),
    );
    const text = 'GET http://a/\nAuthorization: Bearer {{$dotenv DEMO_TOKEN}}\n';
    const { document } = await open(text, 'a.http', folder);
    await insertBearerInto(new Issuer('demo'), answering(), { renew: true });
    assert.equal(await read(folder, '.env'), 'A=1\nDEMO_TOKEN=TOKEN-1\n');
    assert.equal(document.getText(), text);
  }));

test('what is not a bearer token is replaced after a question only', () =>
  withWay('literal', async () => {
    const { document } = await open('GET http://a/|\nAuthorization: Basic abc\n');
    const issuer = new Issuer('demo');
    const no = answering({ replace: () => Promise.resolve(undefined) });
    assert.equal(await insertBearerInto(issuer, no, undefined), false);
    assert.equal(issuer.issued, 0, 'no token is fetched for nothing');
    const yes = answering({ replace: () => Promise.resolve(true as const) });
    assert.equal(await insertBearerInto(issuer, yes, undefined), true);
    assert.equal(document.getText(), 'GET http://a/\nAuthorization: Bearer TOKEN-1\n');
  }));

test('the way is asked once and remembered', () =>
  withWay('ask', async () => {
    await open('GET http://a/|\n');
    const questions = answering({ way: () => Promise.resolve('literal' as const) });
    await insertBearerInto(new Issuer('demo'), questions, undefined);
    await open('GET http://b/|\n');
    await insertBearerInto(new Issuer('demo'), questions, undefined);
    assert.deepEqual(questions.asked, ['way']);
    assert.equal(vscode.workspace.getConfiguration('oauthExplorer').get('insertBearerAs'), 'literal');
  }));

test('a file that was never saved gets the token without a question, and nothing is remembered', () =>
  withWay('ask', async () => {
    const document = await vscode.workspace.openTextDocument({
      language: 'http',
      content: 'GET http://a/\n',
    });
    await vscode.window.showTextDocument(document);
    const questions = answering();
    assert.equal(await insertBearerInto(new Issuer('demo'), questions, undefined), true);
    assert.equal(document.getText(), 'GET http://a/\nAuthorization: Bearer TOKEN-1\n');
    assert.deepEqual(questions.asked, []);
    assert.equal(vscode.workspace.getConfiguration('oauthExplorer').get('insertBearerAs'), 'ask');
  }));

/** Does `meanwhile` while the token is fetched, as a user may during a sign-in. */
function during(issuer: Issuer, meanwhile: () => Promise<unknown>): Issuer {
  const { obtain } = issuer;
  issuer.obtain = async (id, renew) => {
    await meanwhile();
    return obtain(id, renew);
  };
  return issuer;
}

async function editing(uri: vscode.Uri, at: vscode.Range, text: string): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  edit.replace(uri, at, text);
  await vscode.workspace.applyEdit(edit);
}

for (const [what, range, text] of [
  ['another URL', new vscode.Range(0, 12, 0, 13), 'b'],
  ['another header', new vscode.Range(1, 0, 1, 0), 'Authorization: Basic abc\n'],
] as const)
  test(`a request that got ${what} while the token was fetched is left alone`, () =>
    withWay('literal', async () => {
      const { document, uri } = await open('GET http://a/a|\nAccept: */*\n');
      const issuer = during(new Issuer('demo'), () => editing(uri, range, text));
      assert.equal(await insertBearerInto(issuer, answering(), undefined), false);
      assert.doesNotMatch(document.getText(), /Bearer/);
    }));

test('a request that moved while the token was fetched gets it, and none that is like it', () =>
  withWay('literal', async () => {
    const same = 'GET http://a/\n\n###\n';
    const { document, uri } = await open(`${same}${same}|${same}`);
    const above = new vscode.Range(0, 0, 0, 0);
    const issuer = during(new Issuer('demo'), () => editing(uri, above, `${same}${same}`));
    assert.equal(await insertBearerInto(issuer, answering(), undefined), true);
    const inserted = 'GET http://a/\nAuthorization: Bearer TOKEN-1\n\n###\n';
    assert.equal(document.getText(), `${same.repeat(4)}${inserted}`);
  }));

test('a file that was closed while the token was fetched is left alone', () =>
  withWay('literal', async () => {
    const folder = await newFolder();
    const uri = vscode.Uri.joinPath(folder, 'closed.http');
    const write = (text: string) => vscode.workspace.fs.writeFile(uri, Buffer.from(text));
    await write('GET http://a/\n');
    // As a user opens it: `openTextDocument` would keep the document for minutes.
    await vscode.commands.executeCommand('vscode.open', uri);
    const isShown = () => vscode.window.activeTextEditor?.document.uri.toString() === uri.toString();
    await until('the file to show', isShown);
    const document = vscode.window.activeTextEditor?.document;
    const issuer = during(new Issuer('demo'), async () => {
      await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
      await until('the document to be closed', () => document?.isClosed !== false);
      // Somebody else writes it: what was read of it says nothing any more.
      await write('### other\n\nGET http://other/\n');
    });
    assert.equal(await insertBearerInto(issuer, answering(), undefined), false);
    assert.equal(await read(folder, 'closed.http'), '### other\n\nGET http://other/\n');
  }));

/** Makes the user's settings unwritable for VS Code while `body` runs: they are no JSON then. */
async function withBrokenSettings(body: () => Promise<void>): Promise<void> {
  const file = () => vscode.window.activeTextEditor?.document.uri.path.endsWith('/User/settings.json');
  await vscode.commands.executeCommand('workbench.action.openSettingsJson');
  await until('the file', () => file() === true);
  const uri = vscode.window.activeTextEditor?.document.uri;
  assert.ok(uri);
  await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
  const before = await vscode.workspace.fs.readFile(uri);
  await vscode.workspace.fs.writeFile(uri, Buffer.from('{ "editor.tabSize": 2,, ['));
  try {
    await body();
  } finally {
    await vscode.workspace.fs.writeFile(uri, before);
  }
}

test('an answer that cannot be remembered in the settings is no reason not to insert', () =>
  withBrokenSettings(async () => {
    const questions = answering({ way: () => Promise.resolve('literal' as const) });
    for (const path of ['a', 'b']) {
      const { document } = await open(`GET http://${path}/|\n`);
      assert.equal(await insertBearerInto(new Issuer('demo'), questions, undefined), true);
      assert.equal(document.getText(), `GET http://${path}/\nAuthorization: Bearer TOKEN-1\n`);
    }
    assert.deepEqual(questions.asked, ['way', 'way'], 'what was not remembered is asked again');
  }));

/** Inserts with a profile that has a reference, which is taken where it is offered; gives what was offered. */
async function insertReference(marked: string, reference: string) {
  const { document } = await open(marked);
  const issuer = new Issuer('demo');
  issuer.profiles = () =>
    Promise.resolve([{ id: 'demo', name: 'Demo', references: { jetbrains: reference } }]);
  issuer.choose = async () => (await issuer.profiles())[0];
  const offered: (string | undefined)[] = [];
  const questions = answering({
    way: (_file, given) => {
      offered.push(given);
      return Promise.resolve(given === undefined ? undefined : 'reference');
    },
  });
  await withWay('ask', async () => {
    await insertBearerInto(issuer, questions, undefined);
  });
  return { document, offered, issued: issuer.issued };
}

for (const [where, marked] of [
  ['the file’s tool resolves it', '# @no-cookie-jar\nGET http://a/|\n'],
  ['no other tool is known, since “Send with token” resolves it', 'GET http://a/|\n'],
] as const)
  test(`a reference is offered where ${where}, and no token is fetched for it`, async () => {
    const reference = 'Bearer {{$auth.token("demo")}}';
    const { document, offered, issued } = await insertReference(marked, reference);
    assert.deepEqual([offered, issued], [[reference], 0]);
    assert.match(document.getText(), /^Authorization: Bearer \{\{\$auth\.token\("demo"\)\}\}$/m);
    await undo();
  });

test('a reference is not offered where the file’s tool resolves none', async () => {
  const { document, offered } = await insertReference(
    '# @prompt name\nGET http://a/|\n',
    'Bearer {{$auth.token("demo")}}',
  );
  assert.deepEqual(offered, [undefined]);
  assert.doesNotMatch(document.getText(), /Authorization/);
});

test('a profile’s own header gets the token, and Authorization stays', () =>
  withWay('literal', async () => {
    const { document } = await open('GET http://a/|\nAuthorization: Basic abc\n');
    const issuer = new Issuer('demo');
    const header = { name: 'X-Access-Token', prefix: '' };
    issuer.choose = () => Promise.resolve({ id: 'demo', name: 'Demo', header });
    await insertBearerInto(issuer, answering(), undefined);
    assert.equal(document.getText(), 'GET http://a/\nX-Access-Token: TOKEN-1\nAuthorization: Basic abc\n');
    await undo();
  }));

test('what others write into the environment file while the user answers is not lost', () =>
  withWay('environment', async () => {
    const folder = await newFolder();
    execFileSync('git', ['init', '--quiet', folder.fsPath]);
    const file = vscode.Uri.joinPath(folder, 'http-client.private.env.json');
    await vscode.workspace.fs.writeFile(file, Buffer.from('{"dev":{"a":"1"}}'));
    await open('GET http://a/|\n', 'a.http', folder);
    const questions = answering({
      unignored: async () => {
        await vscode.workspace.fs.writeFile(file, Buffer.from('{"dev":{"a":"1","b":"new"}}'));
        return 'write';
      },
    });
    assert.equal(await insertBearerInto(new Issuer('demo'), questions, undefined), true);
    const written = JSON.parse(await read(folder, 'http-client.private.env.json')) as unknown;
    assert.deepEqual(written, { dev: { a: '1', b: 'new', demo_token: 'TOKEN-1' } });
    assert.deepEqual(questions.asked, ['unignored']);
  }));

test('an environment file that is a folder is left alone, and the request too', () =>
  withWay('environment', async () => {
    const folder = await newFolder();
    await vscode.workspace.fs.createDirectory(vscode.Uri.joinPath(folder, 'http-client.private.env.json'));
    const { document } = await open('GET http://a/|\n', 'a.http', folder);
    assert.equal(await insertBearerInto(new Issuer('demo'), answering(), undefined), false);
    assert.equal(document.getText(), 'GET http://a/\n');
  }));

test('an environment file that is not in UTF-8 is not changed, and that is said', () =>
  withWay('environment', async () => {
    for (const bytes of [
      Buffer.from('\uFEFF{"dev":{}}', 'utf16le'),
      Buffer.from('{"dev":{"a":"\xfc"}}', 'latin1'),
    ]) {
      const folder = await newFolder();
      const file = vscode.Uri.joinPath(folder, 'http-client.private.env.json');
      await vscode.workspace.fs.writeFile(file, bytes);
      const { document } = await open('GET http://a/|\n', 'a.http', folder);
      await withUser(async (user) => {
        assert.equal(await insertBearerInto(new Issuer('demo'), answering(), undefined), false);
        assert.match(
          user.heard.join('\n'),
          /private\.env\.json is not written in UTF-8.*Nothing was written/,
        );
      });
      assert.deepEqual(Buffer.from(await vscode.workspace.fs.readFile(file)), bytes);
      assert.equal(document.getText(), 'GET http://a/\n');
    }
  }));

test('an environment file with a byte order mark keeps it', () =>
  withWay('environment', async () => {
    const folder = await newFolder();
    const file = vscode.Uri.joinPath(folder, 'http-client.private.env.json');
    await vscode.workspace.fs.writeFile(file, Buffer.from('\uFEFF{"dev":{}}'));
    await open('GET http://a/|\n', 'a.http', folder);
    assert.equal(await insertBearerInto(new Issuer('demo'), answering(), undefined), true);
    const written = Buffer.from(await vscode.workspace.fs.readFile(file)).toString();
    assert.equal(written.charCodeAt(0), 0xfeff);
    assert.deepEqual(JSON.parse(written.slice(1)), { dev: { demo_token: 'TOKEN-1' } });
  }));
