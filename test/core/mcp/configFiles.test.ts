import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { configuredServers } from '../../../src/core/mcp/configFiles.ts';
import { mcpUrlProblem } from '../../../src/core/mcp/serverUrl.ts';

describe('the servers of a configuration file', () => {
  it('are found where each client keeps them, comments and trailing commas included', () => {
    const vscode =
      '{ // mine\n "servers": { "a": { "type": "http", "url": "https://a.example/mcp", }, "b": { "command": "npx" } } }';
    assert.deepEqual(
      configuredServers(vscode).map(({ name, url }) => [name, url]),
      [
        ['a', 'https://a.example/mcp'],
        ['b', undefined],
      ],
    );
    assert.equal(vscode.slice(configuredServers(vscode)[0]?.offset, 64).startsWith('"url"'), true);
    const others = [
      '{"mcpServers":{"c":{"url":"https://c.example"}}}',
      '{"mcpServers":{"c":{"serverUrl":"https://c.example"}}}',
      '{"customizations":{"vscode":{"mcp":{"servers":{"c":{"url":"https://c.example"}}}}}}',
    ];
    for (const text of others)
      assert.deepEqual(
        configuredServers(text).map(({ name, url }) => [name, url]),
        [['c', 'https://c.example']],
        text,
      );
  });

  it('are none where the file is nested without end', () => {
    assert.deepEqual(configuredServers(`{"servers":${'{"a":'.repeat(50_000)}`), []);
  });

  it('are none where the file is something else, broken or too long', () => {
    for (const text of [
      '',
      '[]',
      'null',
      '{"servers":[1]}',
      '{"servers":{"a":1,"b":{"url":2}}}',
      '{'.repeat(50_000),
    ])
      assert.deepEqual(configuredServers(text), [], text.slice(0, 30));
    const long = `{"servers":{"a":{"url":"https://a.example"}},"x":"${'x'.repeat(1_000_000)}"}`;
    assert.deepEqual(configuredServers(long), []);
  });
});

describe('a URL to explore', () => {
  it('is taken when a token may go there', () => {
    for (const url of [
      'https://a.example/mcp',
      'http://127.0.0.1:3000/mcp',
      'http://localhost/mcp',
      'http://[::1]/',
    ])
      assert.equal(mcpUrlProblem(url), undefined, url);
  });
  it('is refused with a reason when it is not', () => {
    const wrong = {
      'http://a.example/mcp': /Plain http/,
      'https://u:p@a.example': /user name/,
      'ws://a.example': /not by ws:/,
      'a.example/mcp': /not a URL/,
      'https://${input:host}/mcp': /variable/,
    };
    for (const [url, reason] of Object.entries(wrong)) assert.match(mcpUrlProblem(url) ?? '', reason, url);
  });
});
