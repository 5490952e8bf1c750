// Plain Node: the tests of the command line, which start the built program: `npm run cli [-- FILE …]`.
import { ensureBuilt } from './build.mjs';
import { runNodeTests, runOnThisNode, testFiles, together } from './nodeTests.mjs';

const roots = process.argv.slice(2);
const files = testFiles(roots.length > 0 ? roots : ['test/cli']);
await ensureBuilt();
process.exit(
  await runNodeTests(roots.length > 0 ? files : [together('cli', files)], {
    runOn: runOnThisNode,
    minutes: 60,
    testMinutes: 10,
  }),
);
