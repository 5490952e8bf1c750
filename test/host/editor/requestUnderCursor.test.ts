import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { requestUnderCursor } from '../../../src/host/editor/requestUnderCursor.ts';
import { test } from '../suite.ts';
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
    '@path = /p\n\n###\n# @name x\nPOST {{host}}{{path}}?e={{$dotenv ENV}}\nX-Key: {{key}}\nX-Id: {{$guid}}\nX-Other: {{other}}\n\nstart\n<@ ./body.json\n< ./body.json\n',
    'a.http',
    folder,
  );
  const request = await requestUnderCursor({ uri: uri.toString(), line: 5 }, requestEditors);
  assert.ok(request);
  assert.deepEqual(
    [request.method, request.url, request.line],
    ['POST', 'http://a.example/p?e=from-dotenv', 4],
  );
  assert.deepEqual(request.headers[0], ['X-Key', 'private']);
  assert.match(request.headers[1]?.[1] ?? '', /^[0-9a-f-]{36}$/);
  assert.deepEqual(request.unresolved, ['other']);
  assert.equal(Buffer.from(request.body ?? []).toString(), 'start\n{"x": "private"}\n{"x": "{{key}}"}');
});

test('what cannot be sent as it is written is not read', async () => {
  const { uri } = await open('curl http://a\n\n###\nWS ws://a\n\n###\nPOST http://a\n\n< ./missing.json\n');
  for (const line of [0, 3, 6])
    assert.equal(await requestUnderCursor({ uri: uri.toString(), line }, requestEditors), undefined);
});
