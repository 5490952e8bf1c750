// Runs the unit tests on plain Node; arguments narrow them: `npm run unit -- test/core/token`.
import { runNodeTests, testFiles, together } from './nodeTests.mjs';

const roots = process.argv.slice(2);
const unitFolders = ['test/core', 'test/shared', 'test/demo', 'test/support'];
const files = testFiles(roots.length > 0 ? roots : unitFolders);
process.exit(await runNodeTests(roots.length > 0 ? files : [together('unit', files)]));
