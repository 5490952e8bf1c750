import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import manifest from '../../package.json' with { type: 'json' };
import nls from '../../package.nls.json' with { type: 'json' };
import { check } from '../../src/cli/commands/check.ts';
import { decode } from '../../src/cli/commands/decode.ts';
import { explain } from '../../src/cli/commands/explain.ts';
import { mcp } from '../../src/cli/commands/mcp.ts';
import { token } from '../../src/cli/commands/token.ts';
import { allGrants } from '../../src/core/grants/all.ts';
import { parseContract } from '../../src/core/contract/parseContract.ts';
import { readJson } from '../../src/core/import/readJson.ts';
import { parseProfile } from '../../src/core/profile/parseProfile.ts';
import { commands } from '../../src/shared/commands.ts';
import { member } from '../../src/shared/json.ts';
import { forUsers, targets } from '../support/package.mjs';

const root = new URL('../../', import.meta.url);
const readme = readFileSync(new URL('README.md', root), 'utf8');
const blocks = [...readme.matchAll(/```jsonc\n([^`]*)```/g)].map(([, text = '']) => text);

/** The rows of the table below a heading, each as its cells. */
function rows(heading: string): readonly (readonly string[])[] {
  const [, after = ''] = readme.split(`\n## ${heading}\n`);
  const [before = ''] = after.split('\n## ');
  return before
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) =>
      line
        .split(/(?<!\\)\|/)
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}

const named = (cell = '') => [...cell.matchAll(/`([\w.]+)`/g)].map(([, name = '']) => name);

describe('the README', () => {
  it('shows only JSON that can be read', () => {
    assert.ok(blocks.length >= 3);
    for (const block of blocks) assert.ok('value' in readJson(block), block);
  });

  it('warns of what an input of type command in mcp.json keeps in plain text, and shows none there', () => {
    const warning = readme
      .split('\n')
      .find((line) => /\bmcp\.json\b/.test(line) && line.includes('`accessToken`'));
    assert.match(warning ?? '', /^Do not use .*type `command`.*plain text/);
    const ofServers = blocks.filter((block) => /"(?:mcpS|s)ervers"/.test(block));
    for (const block of ofServers) assert.doesNotMatch(block, /"command"/);
  });

  it('shows profiles and a contract that are valid', () => {
    const values = blocks.map((block) => {
      const read = readJson(block);
      return 'value' in read ? read.value : undefined;
    });
    const profiles = values.filter((value) => member(value, 'grant') !== undefined);
    assert.ok(profiles.length > 0);
    for (const value of profiles) {
      const entry = parseProfile(value);
      assert.deepEqual(['problems' in entry ? entry.problems : [], entry.hints], [[], []]);
    }
    const contracts = blocks.filter((block) => block.includes('oauth.checks.json'));
    assert.ok(contracts.length > 0);
    for (const contract of contracts) assert.deepEqual(parseContract(contract).problems, []);
  });

  it('lists every command that the palette may show, and none that is not there', () => {
    const listed = rows('Commands').flatMap(([cell]) => named(cell));
    const { commandPalette } = manifest.contributes.menus;
    const hidden = commandPalette.filter(({ when }) => when === 'false').map(({ command }) => command);
    const shown = Object.entries(commands).filter(([, id]) => !hidden.includes(id));
    assert.deepEqual(
      shown.map(([name]) => name).filter((name) => !listed.includes(name)),
      [],
    );
    assert.deepEqual(
      listed.filter((name) => !(name in commands)),
      [],
    );
  });

  it('names by its title no command that is not there', () => {
    const titles = manifest.contributes.commands.map(({ title }) =>
      nls[title.slice(1, -1) as keyof typeof nls].replace(/…$/, ''),
    );
    // Bold and in title case, or in italics: what is chosen in a menu. “Accounts” is VS Code's own.
    const bold = [...readme.matchAll(/\*\*([A-Z][\w ]*)\*\*/g)].map(([, text = '']) => text);
    const titled = bold.filter((text) => /^[A-Z]\w+(?: \w+)* [A-Z]\w+$/.test(text));
    const italic = [...readme.matchAll(/(?<![\w`])_([A-Z][^_\n]+?)…?_/g)].map(([, text = '']) => text);
    assert.ok(titled.length > 8 && italic.length > 2);
    assert.deepEqual(
      [...titled, ...italic].filter(
        (text) => !['Accounts', manifest.displayName].includes(text) && !titles.includes(text),
      ),
      [],
    );
  });

  it('lists every setting with its default', () => {
    const listed = rows('Settings').map(([name = '', standard = '']) => [
      named(name)[0] ?? '',
      standard.replaceAll('`', ''),
    ]);
    const real = Object.entries(manifest.contributes.configuration.properties).map(
      ([name, { default: standard }]) => [name, JSON.stringify(standard)],
    );
    assert.deepEqual(listed.toSorted(), real.toSorted());
  });

  it('names no option that the command line does not have', () => {
    const options = new Set(
      [check, decode, explain, mcp, token].flatMap((command) => command.options.map(({ name }) => name)),
    );
    const [, after = ''] = readme.split('\n## On the command line\n');
    const [section = ''] = after.split('\n## ');
    const shown = [...section.matchAll(/(?<=[\s`])--([a-z][\w-]*)/g)].map(([, name = '']) => name);
    assert.ok(shown.length > 20);
    assert.deepEqual(
      shown.filter((name) => name !== 'help' && !options.has(name)),
      [],
    );
  });

  it('leads nowhere that is not there, and by relative links only to pictures, which the package makes absolute', () => {
    const { url } = manifest.repository;
    const repository = `${url.replace(/\.git$/, '')}/blob/main/`;
    const links = [...readme.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link);
    const anchors = [...readme.matchAll(/^##+ (.+)$/gm)].map(([, title = '']) => anchorOf(title));
    for (const link of links.filter((one) => one.startsWith('#')))
      assert.ok(anchors.includes(link.slice(1)), link);
    const own = links
      .filter((link) => link.startsWith(repository))
      .map((link) => link.slice(repository.length));
    const relative = links.filter((link) => !/^(https?:|#)/.test(link));
    assert.ok(own.length > 0 && relative.length > 0);
    for (const link of relative) assert.match(link, /^media\/[\w-]+\.(png|gif|webp)$/);
    for (const link of [...own, ...relative]) assert.ok(existsSync(new URL(link, root)), link);
  });

  it('has on its first screen what it is, a picture, the fastest way to try it, and numbers that are true', () => {
    const packed = forUsers(readme);
    for (const whole of [readme, packed]) {
      const [first = ''] = whole.split('\n## ');
      assert.match(first, /\]\(media\/token-view\.png\)/);
      assert.match(first, /\*\*Start Demo Server\*\*, then \*\*Get Token\*\*/);
    }
    assert.match(readme, /npm start/);
    // Whoever installed it has no clone.
    assert.doesNotMatch(packed, /npm (start|test)|<!--|from a bare clone/);
    // Three are named before.
    const words = ['five', 'six', 'seven', 'eight', 'nine', 'ten'];
    assert.match(readme, new RegExp(`and ${words[allGrants.length - 3 - 5]} more grants`));
    const providers = readdirSync(new URL('src/core/diagnose/providers', root));
    const [, named = '', more] = /It knows ([^.]*\.[^.]*?) and (\d+) more/.exec(readme) ?? [];
    // One file is for servers that are not known.
    assert.equal(named.split(/,\s+/).length + Number(more), providers.length - 1);
  });

  it('has badges that say what the manifest says, the same on the pages of the marketplaces', () => {
    const shown = [...readme.matchAll(/^\[!\[[^\]]+\]\((https:[^)]+)\)\]\(([^)]+)\)$/gm)];
    const page = manifest.homepage.replace(/#.*$/, '');
    assert.deepEqual(
      shown.map(([, url, link = '']) => [url, link.startsWith('#') ? `${page}${link}` : link]),
      manifest.badges.map(({ url, href }) => [url, href]),
    );
    const said = manifest.badges.map(({ url }) => {
      // The marketplace refuses pictures as SVG from elsewhere. @see vsce, trusted SVG sources
      assert.match(url, /^https:\/\/img\.shields\.io\/badge\//);
      return decodeURIComponent(url.split('/badge/')[1] ?? '').replace(/-\w+$/, '');
    });
    assert.deepEqual(said, [
      `licence-${manifest.license}`,
      `VS Code-${manifest.engines.vscode.replace(/^\^(\d+\.\d+)\.0$/, '$1')} or newer`,
      'systems-Windows · macOS · Linux',
      'telemetry-none',
    ]);
    const systems = Object.keys(targets).map((target) => target.split('-')[0]);
    assert.deepEqual([...new Set(systems)].sort(), ['alpine', 'darwin', 'linux', 'win32']);
    assert.match(readme, /no\s+telemetry/);
  });
});

/** The address of a heading on its page, as GitHub and the marketplaces make it. */
function anchorOf(title: string): string {
  return title
    .toLowerCase()
    .replaceAll(/[^\w\- ]/g, '')
    .replaceAll(' ', '-');
}
