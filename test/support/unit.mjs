// Runs the unit tests on the Node at hand; arguments narrow them, `--watch` runs them again with each change:
// `npm run unit -- --watch test/core/token`. That of all tests also tells how many lines of each folder they ran, and fails
// below the floors of test/coverage.json; `--coverage` tells it of some tests, too. `--part NAME` runs one of the parts that
// `npm test` runs beside each other: `atHand` on the Node at hand, the others on that of VS Code's server, which runs the extension.
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { coverageIn, floorsFile, judgeCoverage } from './coverage.mjs';
import { runNodeTests, runOnThisNode, runOnVscodeNode, testFiles, together } from './nodeTests.mjs';

const { values, positionals: roots } = parseArgs({
  options: { watch: { type: 'boolean' }, coverage: { type: 'boolean' }, part: { type: 'string' } },
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
/**
 * Which tests a part has; what is in none of them is `counted`. V8's counting costs half as much again of what computes, so that
 * those are not counted which make up their input by the thousand or take longest: what they run, others run, too.
 */
const parts = {
  atHand: ['adapters/', 'support/'],
  pump: ['core/pump/'],
  generated: [
    ...['betterAuth', 'decorated', 'fapiProvider', 'plainProvider', 'refusesEverything'].map(
      (file) => `core/checks/${file}`,
    ),
    ...['core/checks/reports', 'core/checks/signsInFirst'],
    ...['core/flow/deepAnswers', 'core/flow/hostileServer'],
    ...['heard', 'hostile', 'metServers', 'noHoles', 'notBlamed', 'publicClient', 'reportedFailures'].map(
      (file) => `core/diagnose/${file}`,
    ),
    ...['core/diagnose/truth', 'core/diagnose/wildAnswers'],
    ...['core/http/attacks', 'core/http/exports.test', 'core/http/hiddenSecrets'],
    ...['core/http/plantedSecrets', 'core/http/redact.test'],
    ...['core/httpFile/badInput', 'core/httpFile/corpus', 'core/httpFile/hostile', 'core/httpFile/sent'],
    ...['core/import/badInput', 'core/import/exportEveryField', 'core/import/foreign/pastedPairs'],
    ...['core/mcp/hostile', 'core/oauth/attackedSignIn'],
    ...['core/profile/hostileSettings', 'core/profile/parseProfiles', 'core/token/demoScopes'],
    ...['core/vault/everyInterleaving', 'core/vault/leftParts', 'core/vault/splitCosts'],
    ...['core/vault/twoWindows', 'shared/api.test'],
  ],
};
/** What Node itself has a hand in, and the command line runs on any from 20.19 on: `atHand` has these once more. */
const onBothNodes = [
  ...['core/authentication/', 'core/keys/', 'core/oauth/encrypted', 'core/oauth/loopback/'],
  ...['contentCoding', 'extraAuthorities', 'networkFailure', 'nodeRequest', 'packed', 'pinnedFetch'].map(
    (file) => `core/http/${file}`,
  ),
  ...['proxyFor', 'responseBody', 'tls', 'unpacker'].map((file) => `core/http/${file}`),
];
const slashed = (file) => file.replaceAll('\\', '/');
const isAmong = (file, paths) => paths.some((path) => slashed(file).includes(`test/${path}`));
const partOf = (file) => Object.keys(parts).find((part) => isAmong(file, parts[part])) ?? 'counted';
/** Reads what processes of its own find out, which work beside the tests of all other files. */
const last = 'test/core/checks/matrix.test.ts';
const found = testFiles(roots.length > 0 ? roots : unitFolders).filter(
  (file) =>
    values.part === undefined ||
    partOf(file) === values.part ||
    (values.part === 'atHand' && isAmong(file, onBothNodes)),
);
const files = found.includes(last) ? [...found.filter((file) => file !== last), last] : found;
const counts = roots.length === 0 && !values.watch && (values.part ?? 'counted') === 'counted';
/** The newer Node needs a third less for the same. */
const runOn = values.part === undefined || values.part === 'atHand' ? runOnThisNode : runOnVscodeNode;
/** In megabytes: what tests leave is rarely collected, which is a tenth less work. */
const roomForNew = ['--min-semi-space-size=64', '--max-semi-space-size=64'];
const status = await (values.coverage || counts
  ? withCoverage()
  : run(files.length > 1 ? [together(values.part ?? 'some', files)] : files));
process.exit(status);

function run(files) {
  return runNodeTests(files, {
    runOn,
    // No --test-force-exit: it ends the process before the reporter has written the counts. The limit ends what hangs.
    options: [...roomForNew, ...(values.watch ? ['--watch'] : [])],
    ...{ minutes: 120, testMinutes: 30 },
  });
}

/**
 * The same tests, with V8 counting what runs; each other part runs apart and uncounted. Only a Node that reads TypeScript leaves
 * each line in its place; the maps of others come with NODE_V8_COVERAGE.
 */
async function withCoverage() {
  const folder = join(import.meta.dirname, '..', '..', 'out', 'coverage');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const inPlace = runOn === runOnVscodeNode;
  process.env[inPlace ? 'LINES_FOLDER' : 'NODE_V8_COVERAGE'] = folder;
  const [counted, uncounted] = inPlace ? ['counted.mjs'] : [undefined, 'uncounted.mjs'];
  const inPart = (part) => files.filter((file) => partOf(file) === part);
  const names = ['counted', ...Object.keys(parts)].filter((part) => inPart(part).length > 0);
  const status = await run(
    names.map((part) => together(part, inPart(part), {}, part === 'counted' ? counted : uncounted)),
  );
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
