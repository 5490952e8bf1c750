import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';

const root = join(import.meta.dirname, '../..');
const { keywords, categories } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  readonly keywords: readonly string[];
  readonly categories: readonly string[];
};

describe('how the extension is found', () => {
  it('has the words that people search for, each once, and no more than the marketplace takes', () => {
    const searched = [
      ...[
        'mcp',
        'model context protocol',
        'mcp server',
        'mcp authorization',
        'oauth',
        'oauth2',
        'oidc',
        'pkce',
        'jwt',
      ],
      ...[
        'openid connect',
        'token',
        'access token',
        'bearer',
        'authentication',
        'rest client',
        'client credentials',
      ],
    ];
    assert.deepEqual(
      searched.filter((word) => !keywords.includes(word)),
      [],
    );
    // With more than 30 the package is refused. @see vsce, validation of tags
    assert.ok(keywords.length <= 30, String(keywords.length));
    assert.equal(new Set(keywords.map((word) => word.toLowerCase())).size, keywords.length);
    for (const word of keywords) assert.match(word, /^[a-z\d][a-z\d .]{1,29}$/);
  });

  it('stands in the categories of VS Code that fit', () => {
    // @see VS Code, extension manifest, categories
    const known = [
      ...[
        'AI',
        'Azure',
        'Chat',
        'Data Science',
        'Debuggers',
        'Education',
        'Extension Packs',
        'Formatters',
        'Keymaps',
      ],
      ...['Language Packs', 'Linters', 'Machine Learning', 'Notebooks', 'Other', 'Programming Languages'],
      ...['SCM Providers', 'Snippets', 'Testing', 'Themes', 'Visualization'],
    ];
    assert.deepEqual(
      categories.filter((one) => !known.includes(one)),
      [],
    );
    for (const one of ['Testing', 'Debuggers', 'AI']) assert.ok(categories.includes(one), one);
  });

  it('tells developers of MCP servers on the first screen of the README, with a section of its own', () => {
    const readme = readFileSync(join(root, 'README.md'), 'utf8');
    const [first = ''] = readme.split('\n## ');
    assert.match(first, /why no client can connect to your MCP server/);
    const section = readme.split('\n## ').find((one) => one.startsWith('MCP: why can no client connect'));
    assert.ok(section !== undefined);
    for (const words of ['mcp.json', 'Can a client connect?', 'Explore MCP Server', '--check', 'mcpServer'])
      assert.ok(section.includes(words), words);
  });
});
