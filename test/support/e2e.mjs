// Runs the tests that need a browser: the views by themselves, then the packaged extension in a real workbench.
// Arguments narrow them: `npm run e2e -- test/e2e/pkce.e2e.ts`, `npm run e2e -- test/webview`.
import { runNodeTests, testFiles } from './nodeTests.mjs';
import { run } from './install.mjs';

const roots = process.argv.slice(2);
const views = testFiles(roots.length > 0 ? roots : ['test/webview']);
const workbench = testFiles(roots.length > 0 ? roots : ['test/e2e'], '.e2e.ts');
// `npm test` has made the packages a moment ago.
if (workbench.length > 0 && !process.env.OAUTH_EXPLORER_PACKAGED)
  run('npm', ['run', '--silent', 'package'], { stdio: ['ignore', 'ignore', 'inherit'] });
process.exit(runNodeTests([...views, ...workbench], ['--test-concurrency=1']));
