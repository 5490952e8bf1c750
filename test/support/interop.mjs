// Runs the tests with what others wrote to judge us, on the Node of VS Code's server, which is new enough for them.
import { runNodeTests, testFiles } from './nodeTests.mjs';

const roots = process.argv.slice(2);
process.exit(await runNodeTests(testFiles(roots.length > 0 ? roots : ['test/interop'])));
