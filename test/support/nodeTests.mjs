// Plain Node: starts node:test on TypeScript files, with readable output and counts.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
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

/** Runs a script on the Node that VS Code runs extensions on, which reads TypeScript by itself; gives the exit code. */
export async function runOnVscodeNode(args) {
  const { ensureVscodeNode } = await tsImport('./vscodeServer.ts', import.meta.url);
  const { status } = spawnSync(await ensureVscodeNode(), args, { stdio: 'inherit' });
  return status ?? 1;
}

/**
 * Runs test files with node:test and gives the exit code; no file is a failure.
 * Where `OAUTH_EXPLORER_COUNTS` names a file, the counts are left there for test/run.mjs.
 */
export async function runNodeTests(files) {
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
  return runOnVscodeNode(['--test', ...reporters, ...files]);
}

/**
 * One file that brings test files together, since to start a process (and what they share in it) costs more than most of them.
 * `ends` names exported functions by the file they are in, to be called when all tests are through.
 */
export function together(name, files, ends = {}) {
  const folder = join(root, 'out', 'together');
  mkdirSync(folder, { recursive: true });
  const path = (file) => JSON.stringify(relative(folder, join(root, file)).replaceAll('\\', '/'));
  const lines = [
    ...files.map((file) => `import ${path(file)};`),
    ...Object.entries(ends).map(([file, end]) => `import { ${end} } from ${path(file)};`),
    `import { after } from 'node:test';`,
    ...Object.values(ends).map((end) => `after(${end});`),
  ];
  const file = join(folder, `${name}.mjs`);
  writeFileSync(file, `${lines.join('\n')}\n`);
  return file;
}
