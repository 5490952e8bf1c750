import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, normalize, posix } from 'node:path';
import { describe, it } from 'node:test';
import { filesFor, hashOf } from './sources.mjs';

const root = join(import.meta.dirname, '..', '..');

/** A script with all of ours that it imports, at once or later. */
function withImports(script: string, known = new Set<string>()): ReadonlySet<string> {
  if (known.has(script)) return known;
  known.add(script);
  const text = readFileSync(join(root, script), 'utf8');
  for (const [, path = ''] of text.matchAll(/(?:from |import\()'(\.{1,2}\/[\w./-]+\.mjs)'/g))
    withImports(posix.join(posix.dirname(script), path), known);
  return known;
}

describe('what a step remembers of the sources', () => {
  it('counts all that the build and the packages are made by and of', () => {
    const scripts = [...withImports('esbuild.mjs'), ...withImports('test/support/build.mjs')];
    assert.ok(scripts.includes('test/support/repack.mjs'), scripts.join());
    const read = ['src/extension.ts', 'src/demo/demoServers.ts', 'webview/token.entry.ts', 'media/icon.png'];
    for (const step of ['build', 'package']) {
      const files = new Set(filesFor(step));
      for (const file of [...scripts, ...read, 'package.nls.json', 'tsconfig.json', 'CHANGELOG.md'])
        assert.ok(files.has(normalize(file)), `${step} does not count ${file}`);
    }
  });

  it('of tests counts none for the build and the packages, and each for linting and types', () => {
    const own = normalize('test/support/sources.test.ts');
    for (const [step, counts] of Object.entries({ build: false, package: false, lint: true, types: true }))
      assert.equal(filesFor(step).includes(own), counts, step);
  });

  it('is another with another text or name of a file that counts', () => {
    const folder = mkdtempSync(join(tmpdir(), 'sources-'));
    try {
      const files = ['esbuild.mjs', 'package.mjs'];
      const hashes = ['a', 'b', 'a'].map((text) => {
        writeFileSync(join(folder, 'esbuild.mjs'), text);
        writeFileSync(join(folder, 'package.mjs'), 'same');
        return hashOf(files, folder);
      });
      assert.equal(hashes[0], hashes[2]);
      assert.notEqual(hashes[0], hashes[1]);
      writeFileSync(join(folder, 'repack.mjs'), 'same');
      assert.notEqual(hashOf(['esbuild.mjs', 'repack.mjs'], folder), hashes[0]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
