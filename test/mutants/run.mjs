// `npm run mutants [-- AREA …]`: breaks the sources of an area in every way Stryker knows, one at a time, and tells which of
// them no test notices. By hand: it takes long. See test/mutants.md.
import { parseArgs } from 'node:util';
import { runOnVscodeNode, testFiles } from '../support/nodeTests.mjs';

/** The tests of each area: its own, and those of its neighbours that use it most. */
const testsOf = {
  api: ['test/core/api'],
  vault: ['test/core/vault'],
  http: ['test/core/http'],
  profile: ['test/core/profile', 'test/core/profileForm', 'test/core/vault', 'test/core/api'],
  oauth: ['test/core/oauth', 'test/core/authentication', 'test/core/grants'],
};

const { positionals } = parseArgs({ allowPositionals: true });
let failed = false;
for (const area of positionals.length > 0 ? positionals : Object.keys(testsOf)) {
  process.env.MUTANTS_AREA = area;
  process.env.MUTANTS_TESTS = JSON.stringify(testFiles(testsOf[area] ?? []));
  const stryker = 'node_modules/@stryker-mutator/core/bin/stryker.js';
  failed ||= (await runOnVscodeNode([stryker, 'run', 'test/mutants/stryker.config.mjs'])) !== 0;
}
process.exit(failed ? 1 : 0);
