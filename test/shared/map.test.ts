import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';

const map = readFileSync('src/README.md', 'utf8');
const guide = readFileSync('.github/CONTRIBUTING.md', 'utf8');

/** Where a path of the map or the guide may begin. */
const starts = [
  '',
  'src/',
  'test/',
  'src/core/',
  'test/core/',
  'src/host/',
  'src/shared/',
  'src/host/commands/',
];

/** What looks like a path of this tree: with a slash within, or the ending of a source. */
function pathsIn(text: string): readonly string[] {
  const paths =
    text.match(/(?<![\w/@.:-])(?:\.{2}\/)?(?:[\w-]+\/)*(?:(?<=\/)[\w.-]*\w|[\w-]+\.(?:ts|mjs|json|md)\b)/g) ??
    [];
  return paths.map((path) => path.replace(/^\.{2}\//, ''));
}

describe('the map and the guide of contributors', () => {
  it('name files and folders that are there', () => {
    // What a user has, and what is spoken of in general.
    const others = ['oauth.checks.json', 'all.ts', 'fields/all.ts'];
    for (const text of [map, guide]) {
      const paths = pathsIn(text).filter((path) => !others.includes(path));
      assert.ok(paths.length > 10);
      for (const path of paths)
        assert.ok(
          starts.some((start) => existsSync(start + path)),
          path,
        );
    }
  });

  it('have a word for each folder of src and of core', () => {
    for (const folder of ['src', 'src/core'])
      for (const entry of readdirSync(folder, { withFileTypes: true }))
        if (entry.isDirectory()) assert.ok(map.includes(`\`${entry.name}\``), entry.name);
  });
});
