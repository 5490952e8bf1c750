import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { shortTokenState } from '../../src/core/session/tokenState.ts';
import { claimCatalogue } from '../../src/core/token/claimCatalogue.ts';
import { demoClients } from '../../src/demo/clients.ts';
import { demoProfiles } from '../../src/demo/workspace.ts';

const root = new URL('../../', import.meta.url);
const folder = new URL('media/walkthrough/', root);

/** What a picture says, line by line; what the product goes on to say is left out behind “…”. */
function textsOf(picture: string): readonly string[] {
  const svg = readFileSync(new URL(picture, folder), 'utf8');
  return [...svg.matchAll(/<text [^>]*>(.*?)<\/text>/g)].map(([, line = '']) =>
    line.replaceAll(/<[^>]*>/g, '').replace(/[ ,]*…$/, ''),
  );
}

describe('the pictures of the walkthrough', () => {
  it('are well-formed: no element has an attribute twice, and what is referred to is there', () => {
    for (const picture of readdirSync(folder)) {
      const svg = readFileSync(new URL(picture, folder), 'utf8');
      for (const [tag] of svg.matchAll(/<\w[^>]*>/g)) {
        const names = [...tag.matchAll(/ ([\w-]+)="/g)].map(([, name]) => name);
        assert.deepEqual([...new Set(names)], names, `${picture}: ${tag}`);
      }
      assert.equal(svg.includes('id="tip"'), svg.includes('url(#tip)'), picture);
    }
  });

  it('show the profiles of the demo as the Profiles view lists them after it was started', () => {
    const clients = demoClients('any');
    const state = shortTokenState({ kind: 'none' }, 0);
    const rows = demoProfiles({ issuer: 'http://127.0.0.1:1', clients }).map(
      ({ name }) => `${String(name)} ${state}`,
    );
    assert.deepEqual(
      textsOf('demo-server.svg').filter((line) => line.startsWith('Demo: ')),
      rows,
    );
  });

  it('say of claims what the token view says', () => {
    const catalogue = claimCatalogue();
    const lines = textsOf('look-inside.svg');
    for (const name of ['sub', 'aud', 'exp', 'scope']) {
      const said = lines[lines.indexOf(name) + 2] ?? '';
      assert.ok(said.length > 10 && catalogue[name]?.text.startsWith(said), `${name}: ${said}`);
    }
  });

  it('show a bearer header where it is put: below the request line', () => {
    const lines = textsOf('insert-bearer.svg');
    const at = lines.findIndex((line) => line.startsWith('GET '));
    assert.match(lines[at + 1] ?? '', /^Authorization: Bearer /);
  });

  it('name the steps and findings of an MCP server as the view does', () => {
    const files = ['src/core/mcp/mcpView.ts', 'src/core/mcp/resourceMetadata.ts', 'webview/mcp/page.ts'];
    const sources = files.map((file) => readFileSync(new URL(file, root), 'utf8')).join('\n');
    const lines = textsOf('mcp-server.svg').filter((line) => !line.startsWith('http'));
    const said = lines.map((line) =>
      line
        .replace(/https:\S+/g, '')
        .replace(/ (as it should be|wrong)$/, '')
        .trim(),
    );
    assert.ok(said.length >= 6);
    for (const line of said.flatMap((one) => one.split(/(?<=What to change:) /)))
      assert.ok(sources.includes(line), line);
  });
});
