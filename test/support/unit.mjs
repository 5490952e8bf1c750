// Runs the unit tests on plain Node; arguments narrow them: `npm run unit -- test/core/token`.
import { readFileSync } from 'node:fs';
import { runNodeTests, testFiles, together } from './nodeTests.mjs';

const roots = process.argv.slice(2);
const unitFolders = ['test/core', 'test/shared', 'test/demo', 'test/support'];
const files = testFiles(roots.length > 0 ? roots : unitFolders);
// Those with hooks for the whole process have one of their own.
const alone = files.filter((file) => /^(before|after)(Each)?\(/m.test(readFileSync(file, 'utf8')));
const others = files.filter((file) => !alone.includes(file));
process.exit(
  runNodeTests(roots.length > 0 ? files : [together('unit', others), ...alone], ['--test-concurrency=2']),
);
