import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import manifest from '../../package.json' with { type: 'json' };
import { parseContract } from '../../src/core/contract/parseContract.ts';
import { readJson } from '../../src/core/import/readJson.ts';
import { parseProfile } from '../../src/core/profile/parseProfile.ts';
import { commands } from '../../src/shared/commands.ts';
import { member } from '../../src/shared/json.ts';

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

  it('leads nowhere that is not there, and by relative links only to pictures, which the package makes absolute', () => {
    const { url } = manifest.repository;
    const repository = `${url.replace(/\.git$/, '')}/blob/main/`;
    const links = [...readme.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link);
    const own = links
      .filter((link) => link.startsWith(repository))
      .map((link) => link.slice(repository.length));
    const relative = links.filter((link) => !/^(https?:|#)/.test(link));
    assert.ok(own.length > 0 && relative.length > 0);
    for (const link of relative) assert.match(link, /^media\/[\w-]+\.(png|gif|webp)$/);
    for (const link of [...own, ...relative]) assert.ok(existsSync(new URL(link, root)), link);
  });
});
