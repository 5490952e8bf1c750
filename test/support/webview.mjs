// Draws the built views in Chromium and looks at them; arguments narrow them: `npm run webview -- test/webview/token.webview.ts`.
// With OAUTH_EXPLORER_PICTURES=1 it leaves pictures of every view in out/screenshots.
import { runNodeTests, testFiles } from './nodeTests.mjs';
import { run } from './install.mjs';

const roots = process.argv.slice(2);
// `npm test` has built a moment ago.
if (!process.env.OAUTH_EXPLORER_PACKAGED)
  run('npm', ['run', '--silent', 'build'], { stdio: ['ignore', 'ignore', 'inherit'] });
const files = testFiles(roots.length > 0 ? roots : ['test/webview'], '.webview.ts');
// Each file waits half of its time, for its browser or for the clock.
process.exit(runNodeTests(files, ['--test-concurrency=2']));
