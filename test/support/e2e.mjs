// Runs the end-to-end tests against the packaged extension; arguments narrow them: `npm run e2e -- test/e2e/pkce.e2e.ts`.
import { runNodeTests, testFiles } from './nodeTests.mjs';
import { run } from './install.mjs';

const roots = process.argv.slice(2);
// `npm test` has made the packages a moment ago.
if (!process.env.OAUTH_EXPLORER_PACKAGED)
  run('npm', ['run', '--silent', 'package'], { stdio: ['ignore', 'ignore', 'inherit'] });
const files = testFiles(roots.length > 0 ? roots : ['test/e2e'], '.e2e.ts');
process.exit(runNodeTests(files, ['--test-concurrency=1']));
