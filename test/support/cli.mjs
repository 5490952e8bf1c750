// Plain Node: the tests of the command line, which start the built program: `npm run cli [-- FILE …]`.
import { ensureBuilt } from './build.mjs';
import { runNodeTests, runOnThisNode, testFiles } from './nodeTests.mjs';

const roots = process.argv.slice(2);
await ensureBuilt();
process.exit(
  await runNodeTests(testFiles(roots.length > 0 ? roots : ['test/cli']), {
    runOn: runOnThisNode,
    minutes: 10,
  }),
);
