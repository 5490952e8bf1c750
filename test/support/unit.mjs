// Runs the unit tests on the Node at hand; arguments narrow them, `--watch` runs them again with each change:
// `npm run unit -- --watch test/core/token`. That of all tests also tells how many lines of each folder they ran, and fails
// below the floors of test/coverage.json; `--coverage` tells it of some tests, too. `--but FOLDER` leaves out what runs beside it.
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { coverageIn, floorsFile, judgeCoverage } from './coverage.mjs';
import { runNodeTests, runOnThisNode, testFiles, together } from './nodeTests.mjs';

const { values, positionals: roots } = parseArgs({
  options: { watch: { type: 'boolean' }, coverage: { type: 'boolean' }, but: { type: 'string' } },
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
const slashed = (file) => file.replaceAll('\\', '/');
const found = testFiles(roots.length > 0 ? roots : unitFolders).filter(
  (file) => values.but === undefined || !slashed(file).startsWith(`${values.but}/`),
);
const files = found.includes(last) ? [...found.filter((file) => file !== last), last] : found;
const status = await (values.coverage || (roots.length === 0 && !values.watch)
  ? withCoverage()
  : run(files.length > 1 ? [together('some', files)] : files));
process.exit(status);

function run(files) {
  return runNodeTests(files, {
    runOn: runOnThisNode,
    // No --test-force-exit: it ends the process before the reporter has written the counts. The limit ends what hangs.
    options: values.watch ? ['--watch'] : [],
    ...{ minutes: 120, testMinutes: 30 },
  });
}

/** The same tests, with V8 counting what runs; those that measure work themselves run apart and uncounted. */
async function withCoverage() {
  const folder = join(import.meta.dirname, '..', '..', 'out', 'coverage');
  rmSync(folder, { recursive: true, force: true });
  process.env.NODE_V8_COVERAGE = folder;
  const measuring = (file) => slashed(file).includes('core/pump/');
  const status = await run([
    together(
      'unit',
      files.filter((file) => !measuring(file)),
    ),
    ...(files.some(measuring) ? [together('pump', files.filter(measuring), {}, 'uncounted.mjs')] : []),
  ]);
  // What a test that failed did not reach says nothing.
  if (status !== 0) return status;
  const { table, problems } = judgeCoverage(
    coverageIn(folder),
    // Some of the tests run some of the lines.
    roots.length > 0 ? undefined : JSON.parse(readFileSync(floorsFile, 'utf8')),
  );
  console.log(`\nLines that the unit tests run:\n${table.join('\n')}`);
  for (const problem of problems) console.error(problem);
  return problems.length > 0 ? 1 : 0;
}
