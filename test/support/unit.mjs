// Runs the unit tests on plain Node; arguments narrow them: `npm run unit -- test/core/token`.
import { runNodeTests, testFiles } from './nodeTests.mjs';

const roots = process.argv.slice(2);
const unitFolders = ['test/core', 'test/shared', 'test/demo', 'test/support'];
process.exit(runNodeTests(testFiles(roots.length > 0 ? roots : unitFolders)));
