import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { requestUnderCursor } from '../../../src/host/editor/requestUnderCursor.ts';
import { CookieNames } from '../../../src/core/httpFile/cookieNames.ts';
import { machineProfile } from '../../support/profiles.ts';
import { test } from '../suite.ts';
import { withUser } from '../user.ts';
import { newFolder, open, requestEditors } from './fixture.ts';

test('a request is read with the variables of its file and its environments, and its body files', async () => {
  const folder = await newFolder();
  const write = (name: string, text: string) =>
    vscode.workspace.fs.writeFile(vscode.Uri.joinPath(folder, name), Buffer.from(text));
  await write('http-client.env.json', '{ "dev": { "host": "http://a.example", "key": "shared" } }');
  await write('http-client.private.env.json', '{ "dev": { "key": "private" } }');
  await write('.env', 'ENV=from-dotenv\n');
  await write('body.json', '{"x": "{{key}}"}');
  const { uri } = await open(
    '@path = /p\n\n###\n# @name x\nPOST {{host}}{{path}}?e={{$dotenv ENV}}\nX-Key: {{key}}\nX-Id: {{$guid}}\n\nstart\n<@ ./body.json\n< ./body.json\n',
    'a.http',
    folder,
  );
  const request = await requestUnderCursor({ uri: uri.toString(), line: 5 }, requestEditors);
  assert.ok(request);
  assert.deepEqual([request.method, request.url], ['POST', 'http://a.example/p?e=from-dotenv']);
  assert.deepEqual(request.headers[0], ['X-Key', 'private']);
  assert.match(request.headers[1]?.[1] ?? '', /^[0-9a-f-]{36}$/);
  assert.equal(Buffer.from(request.body ?? []).toString(), 'start\n{"x": "private"}\n{"x": "{{key}}"}');
});

test('a body file is looked for as its tool does: REST Client begins at the workspace', async () => {
  const folder = await newFolder();
  const name = `${randomUUID()}.txt`;
  const write = (uri: vscode.Uri, text: string) => vscode.workspace.fs.writeFile(uri, Buffer.from(text));
  const body = async (text: string) => {
    const { uri } = await open(text, `${randomUUID()}.http`, folder);
    const request = await requestUnderCursor({ uri: uri.toString(), line: 0 }, requestEditors);
    return Buffer.from(request?.body ?? []).toString();
  };
  const root = vscode.Uri.joinPath(folder, '..', name);
  await write(root, 'workspace');
  const [ofRestClient, ofNobody] = ['?x={{%y}}', ''].map(
    (query) => `POST http://a${query}\n\n< ${name}\n\n###\n@y = 1\n`,
  );
  assert.ok(ofRestClient !== undefined && ofNobody !== undefined);
  assert.deepEqual([await body(ofRestClient), await body(ofNobody)], ['workspace', 'workspace']);
  await write(vscode.Uri.joinPath(folder, name), 'beside');
  assert.deepEqual([await body(ofRestClient), await body(ofNobody)], ['workspace', 'beside']);
  await vscode.workspace.fs.delete(root);
});

const encodings: readonly (readonly [label: string, bytes: Buffer, text: string])[] = [
  ['', Buffer.from('é€あ'), 'é€あ'],
  ['latin1', Buffer.from([0xe9, 0x80]), 'é\x80'],
  ['windows1252', Buffer.from([0xe9, 0x80]), 'é€'],
  ['windows-1252', Buffer.from([0xe9, 0x80]), 'é€'],
  ['iso88591', Buffer.from([0xe9, 0x80]), 'é\x80'],
  ['cp1252', Buffer.from([0xe9, 0x80]), 'é€'],
  ['koi8r', Buffer.from([0xc1]), 'а'],
  ['utf16le', Buffer.from('é€あ', 'utf16le'), 'é€あ'],
  ['shift_jis', Buffer.from([0x82, 0xa0]), 'あ'],
];
for (const [label, bytes, text] of encodings)
  test(`a body file behind <@${label} is sent as UTF-8, with its variables`, async () => {
    const folder = await newFolder();
    const marks = label === 'utf16le' ? 'utf16le' : 'latin1';
    const content = Buffer.concat([Buffer.from('{{v}} ', marks), bytes]);
    await vscode.workspace.fs.writeFile(vscode.Uri.joinPath(folder, 'b.txt'), content);
    const { uri } = await open(`@v = 1\n\nPOST http://a/\n\n<@${label} ./b.txt\n`, 'a.http', folder);
    const request = await requestUnderCursor({ uri: uri.toString(), line: 2 }, requestEditors);
    assert.equal(Buffer.from(request?.body ?? []).toString(), `1 ${text}`);
  });

test('a GraphQL file of Kulala’s may have its variables below the query', async () => {
  const folder = await newFolder();
  const content = Buffer.from('query A {\n  b\n}\n\n{ "n": {{v}} }\n');
  await vscode.workspace.fs.writeFile(vscode.Uri.joinPath(folder, 'a.graphql'), content);
  const text = '# @kulala-timeout 1\n@v = 1\nGRAPHQL http://a/\n\n< ./a.graphql\n';
  const { uri } = await open(text, 'a.http', folder);
  const request = await requestUnderCursor({ uri: uri.toString(), line: 2 }, requestEditors);
  assert.deepEqual(JSON.parse(Buffer.from(request?.body ?? []).toString()), {
    query: 'query A {\n  b\n}',
    variables: { n: 1 },
  });
});

test('a curl command is read as it is sent, also where it cannot be changed', async () => {
  const { uri } = await open('curl http://a/b -H \'A: 1\' -d x=1\n\n###\ncurl ^"http://c^" -H ^"B: 2^"\n');
  const at = (line: number) => requestUnderCursor({ uri: uri.toString(), line }, requestEditors);
  const [first, second] = [await at(0), await at(3)];
  assert.deepEqual(
    [first?.method, first?.url, first?.headers[0], Buffer.from(first?.body ?? []).toString()],
    ['POST', 'http://a/b', ['A', '1'], 'x=1'],
  );
  assert.deepEqual([second?.method, second?.url, second?.headers], ['GET', 'http://c', [['B', '2']]]);
});

test('what cannot be sent as it is written is not read', async () => {
  const { uri } = await open(
    'curl http://a -F a=b\n\n###\nWS ws://a\n\n###\nPOST http://a\n\n< ./missing.json\n',
  );
  for (const line of [0, 3, 6])
    assert.equal(await requestUnderCursor({ uri: uri.toString(), line }, requestEditors), undefined);
});

/** Puts environment files beside a request, reads it, and gives its URL and what the user heard. */
async function readBeside(place: (folder: vscode.Uri, file: string) => Promise<void> | void, name: string) {
  const folder = await newFolder();
  await place(folder, vscode.Uri.joinPath(folder, name).fsPath);
  const { uri } = await open('GET http://{{host}}/\n', 'a.http', folder);
  let url: string | undefined;
  let heard: readonly string[] = [];
  await withUser(async (user) => {
    url = (await requestUnderCursor({ uri: uri.toString(), line: 0 }, requestEditors))?.url;
    heard = user.heard;
  });
  return { url, heard: heard.join('\n') };
}

const json = 'http-client.env.json';
const good = '{"dev":{"host":"a.example"}}';
const posix = process.platform === 'win32' ? 'It takes links and pipes.' : undefined;

const readable: Readonly<Record<string, string | Buffer>> = {
  'with comments and trailing commas': '// which\n{"dev":{"host":"a.example",/* x */},}\n',
  'with a byte order mark': `\uFEFF${good}`,
  'in UTF-16, little endian': Buffer.from(`\uFEFF${good}`, 'utf16le'),
  'in UTF-16, big endian': Buffer.from(`\uFEFF${good}`, 'utf16le').swap16(),
  'with a key twice, of which the last counts': '{"dev":{"host":"b.example","host":"a.example"}}',
  'with carriage returns': '{\r\n"dev":\r\n{"host":"a.example"}}\r\n',
};
for (const [what, text] of Object.entries(readable))
  test(`an environment file ${what} is read`, async () => {
    const { url, heard } = await readBeside((_, file) => writeFileSync(file, text), json);
    assert.deepEqual([url, heard], ['http://a.example/', '']);
  });

const unreadable: Readonly<Record<string, readonly [(folder: vscode.Uri, file: string) => void, RegExp]>> = {
  'is a folder': [(_, file) => mkdirSync(file), /http-client\.env\.json is not a regular file\./],
  'is a pipe': [
    (_, file) => void execFileSync('mkfifo', [file]),
    /http-client\.env\.json is not a regular file\./,
  ],
  'is a link to itself': [
    (_, file) => symlinkSync(file, file),
    /http-client\.env\.json is not there, or may not be read\./,
  ],
  'is a link to nothing': [
    (_, file) => symlinkSync(`${file}.none`, file),
    /http-client\.env\.json is not there, or may not be read\./,
  ],
  'is a link to a device': [(_, file) => symlinkSync('/dev/zero', file), /is not a regular file\./],
  'has 10 MB': [
    (_, file) => {
      // The disk of the tests is small: what was never written takes no place.
      writeFileSync(file, '');
      truncateSync(file, 10_000_000);
    },
    /is larger than 1 MiB\./,
  ],
  'is cut off': [
    (_, file) => writeFileSync(file, good.slice(0, -5)),
    /is not a valid environment file, so nothing in it counts/,
  ],
  'is no JSON': [(_, file) => writeFileSync(file, 'host=a.example'), /is not a valid environment file/],
  'is a list': [(_, file) => writeFileSync(file, `[${good}]`), /is not a valid environment file/],
};
for (const [what, [place, sentence]] of Object.entries(unreadable))
  test(
    `an environment file that ${what} is said, and nothing in it counts`,
    async () => {
      const { url, heard } = await readBeside(place, json);
      assert.match(heard, sentence);
      assert.match(heard, /Nothing is known of host\./);
      assert.equal(url, undefined);
    },
    posix,
  );

test(
  'an environment file that is a link is read where the link leads, within the workspace and, where it is trusted, outside',
  async () => {
    const outside = mkdtempSync(join(tmpdir(), 'env-'));
    for (const where of [undefined, outside]) {
      const link = (folder: vscode.Uri, file: string) => {
        const target = join(where ?? folder.fsPath, 'real.json');
        writeFileSync(target, good);
        symlinkSync(target, file);
      };
      assert.deepEqual(await readBeside(link, json), { url: 'http://a.example/', heard: '' });
    }
    rmSync(outside, { recursive: true });
  },
  posix,
);

test('a .env file in a folder env is read for a file of httpYac, and for no other', async () => {
  for (const [mark, url] of [
    ['# @keepStreaming', 'http://inner.example/'],
    ['# @settings', 'http://outer.example/'],
  ] as const) {
    const folder = await newFolder();
    mkdirSync(vscode.Uri.joinPath(folder, 'env').fsPath);
    writeFileSync(vscode.Uri.joinPath(folder, 'env', '.env').fsPath, 'host=inner.example\n');
    writeFileSync(vscode.Uri.joinPath(folder, '.env').fsPath, 'host=outer.example\n');
    const { uri } = await open(`${mark}\nGET http://{{host}}/\n`, 'a.http', folder);
    const request = await requestUnderCursor({ uri: uri.toString(), line: 1 }, requestEditors);
    assert.equal(request?.url, url);
  }
});

test('what its own tool would ask for is asked before it is sent; a closed question ends it', async () => {
  const { uri } = await open(
    '# @prompt who Your name\n# @prompt password\nPOST http://a/{{who}}/{{$input-askonce page? $value: 1}}\n\n{{password}}\n',
  );
  const sent = async (types: readonly (string | undefined)[]) => {
    let heard: readonly unknown[] = [];
    let request: Awaited<ReturnType<typeof requestUnderCursor>>;
    await withUser(async (user) => {
      user.types.push(...types);
      request = await requestUnderCursor({ uri: uri.toString(), line: 2 }, requestEditors);
      heard = user.boxes.map(({ title, password, value }) => [title, password, value]);
    });
    return { heard, request };
  };
  const { heard, request } = await sent(['ada', 'pa55word', '2']);
  assert.deepEqual(heard, [
    ['The request asks: Your name', false, undefined],
    ['The request asks: password', true, undefined],
    ['The request asks: page?', false, '1'],
  ]);
  assert.equal(request?.url, 'http://a/ada/2');
  assert.equal(Buffer.from(request.body ?? []).toString(), 'pa55word');
  assert.deepEqual(request.secrets, ['pa55word']);

  const again = await sent(['bob', 'other']);
  assert.deepEqual(again.heard[0], ['The request asks: Your name', false, 'ada']);
  assert.equal(again.request?.url, 'http://a/bob/2');
  assert.equal((await sent(['bob', undefined])).request, undefined);
});

/** Reads a request as it is read to be sent, and gives it with what the user heard; whose token it takes is a question, too. */
async function asToSend(
  text: string,
  files: Readonly<Record<string, string>>,
  types: readonly string[] = [],
) {
  const folder = await newFolder();
  for (const [name, content] of Object.entries(files))
    writeFileSync(vscode.Uri.joinPath(folder, name).fsPath, content);
  const { uri } = await open(text, `${randomUUID()}.http`, folder);
  const heard: string[] = [];
  let request: Awaited<ReturnType<typeof requestUnderCursor>>;
  await withUser(async (user) => {
    user.types.push(...types);
    const carrier = {
      headers: () => ['x-access-token'],
      profile: () => {
        user.heard.push('Which profile?');
        return Promise.resolve(machineProfile());
      },
      token: () => Promise.resolve(undefined),
      cookies: () => new CookieNames(),
    };
    const line = text.split('\n').findIndex((one) => /^(?:GET|POST|CONNECT) /.test(one));
    request = await requestUnderCursor({ uri: uri.toString(), line }, requestEditors, carrier);
    heard.push(...user.heard);
  });
  return { heard, request };
}

const two = '{"dev":{"at":"a.example"},"prod":{"at":"b.example"}}';
const hopeless: Readonly<Record<string, readonly [text: string, RegExp]>> = {
  'a variable that nobody knows': [
    'GET http://{{at}}/{{nobody}}?q={{pin}}\n',
    /Nothing is known of nobody\./,
  ],
  'a variable that nobody knows in a header': [
    'GET http://{{at}}/{{pin}}\nX-A: {{nobody}}\n',
    /^Line 3: Nothing is known of nobody\./,
  ],
  'a body file that is not there': [
    'POST http://{{at}}/{{pin}}\n\n< ./none.json\n',
    /none\.json is not there.* The request was not sent\./,
  ],
  'a body file with a variable that nobody knows': [
    'POST http://{{at}}/\n\n<@ ./body.txt\n',
    /Nothing is known of nobody in the body file \.\/body\.txt/,
  ],
  'a body file in an encoding that nobody knows': [
    'POST http://{{at}}/\n\n<@klingon ./body.txt\n',
    /Nothing is known of the encoding klingon of the body file \.\/body\.txt, so the request was not sent\./,
  ],
  'a server within JetBrains’ IDEs': [
    'GET {{$exampleServer}}/{{pin}}\n',
    /^Line 2: Only your HTTP client knows \$exampleServer: .* send the request there\.$/,
  ],
  'a name that JetBrains makes up': [
    'GET http://{{at}}/?n={{$random.name.firstName}}\n',
    /^Line 2: Only your HTTP client knows \$random\.name\.firstName: replace it with a value, or send the request there\.$/,
  ],
  'a method that asks a proxy': ['CONNECT http://{{at}}/{{pin}}\n', /CONNECT asks a proxy for a tunnel/],
  'a mark that it is not to be sent': ['# @disabled\nGET http://{{at}}/{{pin}}\n', /marked as disabled/],
};
for (const [what, [text, sentence]] of Object.entries(hopeless))
  test(`nothing is asked of a request with ${what}: it is refused at once`, async () => {
    const body = '{{pin}} {{nobody}}';
    const { heard, request } = await asToSend(`# @prompt pin Your PIN\n${text}`, {
      'http-client.env.json': two,
      'body.txt': body,
    });
    assert.equal(request, undefined);
    assert.equal(heard.length, 1, heard.join(' | '));
    assert.match(heard[0] ?? '', sentence);
  });

test('what an answer or the choice of a profile decides is not judged before it', async () => {
  const text = '# @prompt name Which file?\nPOST http://a/\n\n< ./{{name}}.txt\n';
  const known = await asToSend(text, { 'one.txt': 'text' }, ['one']);
  assert.deepEqual(known.heard, ['Which profile?', 'The request asks: Which file?']);
  assert.equal(Buffer.from(known.request?.body ?? []).toString(), 'text');
  const missing = await asToSend(text, {}, ['one']);
  assert.match(missing.heard[2] ?? '', /one\.txt is not there/);
  // The token may take this header's place, which the profile says.
  const other = await asToSend(text.replace('\n\n', '\nX-Access-Token: {{nobody}}\n\n'), {});
  assert.deepEqual(
    other.heard.map((said) => said.replace(/(nobody\.).*/, '$1')),
    ['Which profile?', 'Line 3: Nothing is known of nobody.'],
  );
});

test('the environment is asked for where it makes a difference, in a body file, too, and nowhere else', async () => {
  const asked: string[] = [];
  const kept = Reflect.get(vscode.window, 'showQuickPick') as unknown;
  const showQuickPick = (items: readonly vscode.QuickPickItem[], { title = '' }: vscode.QuickPickOptions) => {
    asked.push(title);
    return Promise.resolve(items[1]);
  };
  Object.assign(vscode.window, { showQuickPick });
  try {
    const files = { 'http-client.env.json': two, 'body.txt': 'at {{at}}' };
    const { request } = await asToSend('POST http://a/?y={{%x}}\n\n<@ ./body.txt\n\n###\n@x = 1\n', files);
    assert.equal(Buffer.from(request?.body ?? []).toString(), 'at b.example');
    assert.deepEqual(asked.splice(0), ['Which environment?']);
    await asToSend('POST http://a/?y={{%x}}&z={{$guid}}\n\n###\n@x = 1\n', files);
    assert.deepEqual(asked, []);
  } finally {
    Object.assign(vscode.window, { showQuickPick: kept });
  }
});

test('a .env file that is a folder is said', async () => {
  const { heard } = await readBeside((_, file) => mkdirSync(file), '.env');
  assert.match(heard, /\.env is not a regular file\./);
});

test('what the files of its tool would change of a request is said before it is sent', async () => {
  const said = async (text: string, files: Readonly<Record<string, string>>) => {
    const folder = await newFolder();
    for (const [name, content] of Object.entries(files))
      await vscode.workspace.fs.writeFile(vscode.Uri.joinPath(folder, name), Buffer.from(content));
    const { uri } = await open(text, 'a.http', folder);
    let heard: readonly string[] = [];
    await withUser(async (user) => {
      await requestUnderCursor({ uri: uri.toString(), line: 1 }, requestEditors);
      heard = user.heard;
    });
    return heard.join('\n');
  };
  const httpyac = '# @keepStreaming\nGET http://a/\n';
  assert.match(
    await said(httpyac, { 'httpyac.config.json': '{"defaultHeaders":{"X":"s3cr3t"}}' }),
    /Line 2: What httpyac\.config\.json sets is not used: defaultHeaders\.$/,
  );
  assert.match(await said(httpyac, { '.httpyac.js': 'x' }), /\.httpyac\.js is code that is not run here/);
  const jetbrains = '# @no-log\nGET http://a/\n';
  const environment = {
    'http-client.private.env.json': '{"dev":{"SSLConfiguration":{"verifyHostCertificate":false}}}',
  };
  assert.match(
    await said(jetbrains, environment),
    /Line 2: SSLConfiguration in http-client\.private\.env\.json/,
  );
  assert.equal(await said(jetbrains, { '.httpyac.js': 'x' }), '');
});

test('a body file is read once to be looked at, however many environments there are, and once more to be sent', async () => {
  const files = new Map([
    ['/a.http', 'POST http://a/\n\n<@ ./body.txt\n'],
    ['/http-client.env.json', '{"dev":{"v":"1"},"test":{"v":"1"},"prod":{"v":"1"}}'],
    ['/body.txt', 'v = {{v}}'],
  ]);
  const read: string[] = [];
  const refuse = () => {
    throw vscode.FileSystemError.NoPermissions();
  };
  const provider = vscode.workspace.registerFileSystemProvider('counted', {
    onDidChangeFile: new vscode.EventEmitter<vscode.FileChangeEvent[]>().event,
    watch: () => new vscode.Disposable(() => undefined),
    stat: ({ path }) => {
      const text = files.get(path);
      if (text === undefined) throw vscode.FileSystemError.FileNotFound();
      return { type: vscode.FileType.File, ctime: 0, mtime: 0, size: text.length };
    },
    readDirectory: () => [],
    readFile: ({ path }) => {
      read.push(path);
      return Buffer.from(files.get(path) ?? '');
    },
    ...{ createDirectory: refuse, writeFile: refuse, delete: refuse, rename: refuse },
  });
  const document = await vscode.workspace.openTextDocument(vscode.Uri.parse('counted:/a.http'));
  const request = await requestUnderCursor({ uri: document.uri.toString(), line: 0 }, requestEditors);
  provider.dispose();
  assert.equal(Buffer.from(request?.body ?? []).toString(), 'v = 1');
  assert.equal(read.filter((path) => path === '/body.txt').length, 2);
});
