// Runs the unit tests on the Node at hand; arguments narrow them, `--watch` runs them again with each change:
// `npm run unit -- --watch test/core/token`.
import { parseArgs } from 'node:util';
import { runNodeTests, runOnThisNode, testFiles, together } from './nodeTests.mjs';

const { values, positionals: roots } = parseArgs({
  options: { watch: { type: 'boolean' } },
  allowPositionals: true,
});
const unitFolders = [
  'test/core',
  'test/adapters',
  'test/shared',
  'test/demo',
  'test/support',
  'test/host/safeWindow.test.ts',
];
/** Reads what processes of its own find out, which work beside the tests of all other files. */
const last = 'test/core/checks/matrix.test.ts';
const found = testFiles(roots.length > 0 ? roots : unitFolders);
const files = found.includes(last) ? [...found.filter((file) => file !== last), last] : found;
process.exit(
  await runNodeTests(files.length > 1 ? [together('unit', files)] : files, {
    runOn: runOnThisNode,
    // No --test-force-exit: it ends the process before the reporter has written the counts. The limit ends what hangs.
    options: values.watch ? ['--watch'] : [],
    minutes: 20,
  }),
);
