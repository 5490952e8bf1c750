// Draws the built views in Chromium and looks at them; arguments narrow them: `npm run webview -- test/webview/token.webview.ts`.
// With OAUTH_EXPLORER_PICTURES=1 it leaves pictures of every view in out/screenshots.
import { runNodeTests, testFiles, together } from './nodeTests.mjs';
import { ensureBuilt } from './build.mjs';

const roots = process.argv.slice(2);
// `npm test` has built a moment ago.
if (!process.env.OAUTH_EXPLORER_PACKAGED) await ensureBuilt();
const files = testFiles(roots.length > 0 ? roots : ['test/webview'], '.webview.ts');
const ends = { 'test/webview/view.ts': 'closeViews' };
process.exit(await runNodeTests(files.length === 0 ? [] : [together('views', files, ends)]));
