// Runs the end-to-end tests against the packaged extension; arguments narrow them: `npm run e2e -- test/e2e/vault.e2e.ts`.
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { runNodeTests, testFiles, together } from './nodeTests.mjs';
import { run } from './install.mjs';

/** One of two halves of about the same length, for two processors; the other has the rest. */
const firstHalf = [
  'checks',
  'checksOfWays',
  'httpEditor',
  'leak',
  'profileEditor',
  'start',
  'startDesktop',
  'vault',
];

const { values, positionals } = parseArgs({ options: { half: { type: 'string' } }, allowPositionals: true });
// `npm test` has made the packages a moment ago.
if (!process.env.OAUTH_EXPLORER_PACKAGED)
  run('npm', ['run', '--silent', 'package'], { stdio: ['ignore', 'ignore', 'inherit'] });
const inFirst = (file) => firstHalf.includes(basename(file, '.e2e.ts'));
const files = testFiles(positionals.length > 0 ? positionals : ['test/e2e'], '.e2e.ts').filter(
  (file) => values.half === undefined || inFirst(file) === (values.half === '1'),
);
const ends = { 'test/e2e/sharedSession.ts': 'closeShared' };
process.exit(
  await runNodeTests(files.length === 0 ? [] : [together(`e2e${values.half ?? ''}`, files, ends)]),
);
