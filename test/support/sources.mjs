// What a step has found of the sources is remembered only while none of them changes.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');

/** Folders and files whose text decides what linting, type checking, looking for what is unused and packaging come to. */
const places = [
  ...['src', 'webview', 'test', 'media', 'esbuild.mjs', '.oxlintrc.json', 'knip.json', 'tsconfig.json'],
  ...['package.json', 'package.nls.json', 'package-lock.json'],
  ...['README.md', 'CHANGELOG.md', 'LICENSE', '.vscodeignore'],
];

/** Steps that read nothing of the tests but the scripts which do them. */
const withoutTests = ['build', 'package'];

/**
 * The files whose text decides what a step comes to.
 *
 * @param {string} step
 * @returns {readonly string[]}
 */
export function filesFor(step) {
  const files = places.flatMap(filesIn).sort();
  if (!withoutTests.includes(step)) return files;
  return files.filter((file) => !/^test[\\/]/.test(file) || file.endsWith('.mjs'));
}

/**
 * A hash of files, by their names and texts.
 *
 * @param {readonly string[]} files
 * @param {string} folder
 */
export function hashOf(files, folder = root) {
  const hash = createHash('sha256').update(process.version);
  for (const file of files)
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(folder, file)))
      .update('\0');
  return hash.digest('hex').slice(0, 16);
}

function filesIn(place) {
  if (!statSync(join(root, place)).isDirectory()) return [place];
  return readdirSync(join(root, place), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1));
}

/** A folder for what `step` remembers of the sources as they are now; what it knew of others is removed. */
export function rememberedFolder(step) {
  const caches = join(root, 'node_modules', '.cache', step);
  const folder = join(caches, hashOf(filesFor(step)));
  mkdirSync(folder, { recursive: true });
  for (const { name } of readdirSync(caches, { withFileTypes: true }))
    if (join(caches, name) !== folder) rmSync(join(caches, name), { recursive: true });
  return folder;
}

/** Does `work`, unless it has succeeded with the sources as they are now and the files `made` are still there. */
export async function onceFor(step, made, work) {
  const stamp = join(rememberedFolder(step), 'done');
  if (existsSync(stamp) && made.every((file) => existsSync(file))) {
    console.log(`${step}: nothing has changed since it went well.`);
    return;
  }
  rmSync(stamp, { force: true });
  await work();
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, '');
}
