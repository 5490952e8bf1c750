// Draws the built views in Chromium and looks at them; arguments narrow them: `npm run webview -- test/webview/token.webview.ts`.
import { runNodeTests, testFiles } from './nodeTests.mjs';
import { run } from './install.mjs';

const roots = process.argv.slice(2);
// `npm test` has built a moment ago.
if (!process.env.OAUTH_EXPLORER_PACKAGED)
  run('npm', ['run', '--silent', 'build'], { stdio: ['ignore', 'ignore', 'inherit'] });
process.exit(runNodeTests(testFiles(roots.length > 0 ? roots : ['test/webview'], '.webview.ts')));
