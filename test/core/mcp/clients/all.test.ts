import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { mcpClients } from '../../../../src/core/mcp/clients/all.ts';
import type { McpClientFacts } from '../../../../src/core/mcp/clients/client.ts';

const folder = join(import.meta.dirname, '../../../../src/core/mcp/clients');
/** What is no client's file: the type, the list, and what is made of them. */
const others = ['all.ts', 'client.ts', 'evaluate.ts'];

describe('what is known of clients', () => {
  it('has a public source and a date for each fact, and a sentence', () => {
    for (const { name, ...facts } of mcpClients)
      for (const [what, { says, source, date }] of Object.entries(facts)) {
        assert.match(source, /^https:\/\/[\w.-]+\/\S+$/, `${name}: ${what}`);
        assert.match(date, /^20\d\d-\d\d-\d\d$/, `${name}: ${what}`);
        assert.ok(date <= '2026-11-28', `${name}: ${what}`);
        assert.ok(!Number.isNaN(Date.parse(date)), `${name}: ${what}`);
        assert.match(says, /^[A-Z].*\.$/, `${name}: ${what}`);
      }
    assert.deepEqual(
      mcpClients.map(({ name }) => name),
      ['VS Code', 'Claude', 'ChatGPT', 'Cursor', 'MCP Inspector'],
    );
  });

  it('stands in one file for each client, which the list names in one line', async () => {
    const files = readdirSync(folder).filter((name) => !others.includes(name));
    const inFiles: McpClientFacts[] = [];
    for (const file of files) {
      const exported = Object.values(
        (await import(join(folder, file))) as Readonly<Record<string, McpClientFacts>>,
      );
      assert.equal(exported.length, 1, file);
      inFiles.push(...exported);
      const { name } = exported[0] ?? {};
      const text = readFileSync(join(folder, file), 'utf8');
      for (const other of mcpClients)
        if (other.name !== name) assert.ok(!text.includes(`name: '${other.name}'`), `${file}: ${other.name}`);
    }
    assert.deepEqual(new Set(inFiles), new Set(mcpClients));
    assert.equal(files.length, mcpClients.length);
    assert.doesNotMatch(readFileSync(join(folder, 'all.ts'), 'utf8'), /https?:|date/);
  });
});
