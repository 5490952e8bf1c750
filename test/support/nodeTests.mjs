// Plain Node: starts node:test on TypeScript files, with readable output and counts.
import { spawnSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

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

/**
 * Runs test files with node:test (TypeScript through tsx) and gives the exit code; no file is a failure.
 * Where `OAUTH_EXPLORER_COUNTS` names a file, the counts are left there for test/run.mjs.
 */
export function runNodeTests(files, args = []) {
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
  const { status } = spawnSync(
    process.execPath,
    ['--import', 'tsx', '--test', ...reporters, ...args, ...files],
    { stdio: 'inherit' },
  );
  return status ?? 1;
}
