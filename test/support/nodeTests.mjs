// Plain Node: starts node:test on TypeScript files, with readable output and counts.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { tsImport } from 'tsx/esm/api';

const root = join(import.meta.dirname, '..', '..');

/** The files below `paths` (files or folders) that end with `suffix`, sorted. */
export function testFiles(paths, suffix = '.test.ts') {
  const find = (path) => {
    const found = statSync(path, { throwIfNoEntry: false });
    if (found === undefined) return [];
    return found.isDirectory() ? readdirSync(path).flatMap((name) => find(join(path, name))) : [path];
  };
  return paths
    .flatMap(find)
    .filter((file) => file.endsWith(suffix))
    .sort();
}

/** Whether this Node reads TypeScript by itself, as those from 22.18 on do. */
const readsTypeScript = Boolean(process.features.typescript);

/**
 * Runs a script on a Node that reads TypeScript by itself, this one or else the one that VS Code runs extensions on; gives the
 * exit code. What tsx makes of a function cannot be handed to a browser, so that tests which draw cannot do with it.
 */
export async function runOnVscodeNode(args) {
  if (readsTypeScript) return spawnSync(process.execPath, args, { stdio: 'inherit' }).status ?? 1;
  const { ensureVscodeNode } = await tsImport('./vscodeServer.ts', import.meta.url);
  const { status } = spawnSync(await ensureVscodeNode(), args, { stdio: 'inherit' });
  return status ?? 1;
}

/** Runs a script on this Node, which tsx helps where it cannot read TypeScript; needs nothing but `npm ci`. */
export function runOnThisNode(args) {
  const help = readsTypeScript ? [] : ['--import', 'tsx'];
  return spawnSync(process.execPath, [...help, ...args], { stdio: 'inherit' }).status ?? 1;
}

/**
 * Runs test files with node:test and gives the exit code; no file is a failure.
 * What waits for ever fails after `minutes`, which are a whole file's on Node 20, with all that `together` put into it; one test
 * of them after `testMinutes`.
 * Where `OAUTH_EXPLORER_COUNTS` names a file, the counts are left there for test/run.mjs.
 */
export async function runNodeTests(
  files,
  { runOn = runOnVscodeNode, options = [], minutes = 30, testMinutes = minutes } = {},
) {
  if (files.length === 0) {
    console.error('No tests found.');
    return 1;
  }
  const counts = process.env.OAUTH_EXPLORER_COUNTS;
  const reporters = [
    '--test-reporter=spec',
    '--test-reporter-destination=stdout',
    ...(counts
      ? ['--test-reporter=./test/support/countReporter.mjs', `--test-reporter-destination=${counts}`]
      : []),
  ];
  const first = ['follow.mjs', 'seed.mjs', 'limit.mjs'].map(
    (file) => `--import=${pathToFileURL(join(import.meta.dirname, file)).href}`,
  );
  process.env.TEST_MINUTES = String(testMinutes);
  return runOn([
    ...first,
    '--test',
    `--test-timeout=${minutes * 60_000}`,
    ...options,
    ...reporters,
    ...files,
  ]);
}

/**
 * One file that brings test files together, since to start a process (and what they share in it) costs more than most of them.
 * `ends` names exported functions by the file they are in, to be called when all tests are through; `first` is a file
 * beside this one that is imported before all others.
 */
export function together(name, files, ends = {}, first = undefined) {
  const folder = join(root, 'out', 'together');
  mkdirSync(folder, { recursive: true });
  const path = (file) => JSON.stringify(relative(folder, join(root, file)).replaceAll('\\', '/'));
  const lines = [
    ...(first === undefined ? [] : [`import ${path(join('test', 'support', first))};`]),
    `import { loaded } from ${path(join('test', 'support', 'allLoaded.mjs'))};`,
    ...files.map((file) => `import ${path(file)};`),
    ...Object.entries(ends).map(([file, end]) => `import { ${end} } from ${path(file)};`),
    `import { after } from 'node:test';`,
    ...Object.values(ends).map((end) => `after(${end});`),
    'loaded();',
  ];
  const file = join(folder, `${name}.mjs`);
  writeFileSync(file, `${lines.join('\n')}\n`);
  return file;
}
