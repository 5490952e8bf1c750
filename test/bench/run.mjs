// `npm run bench [-- NAME …]`: every test/bench/*.bench.ts in turn; each prints `name value unit` lines.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ensureDependencies, run } from '../support/install.mjs';
import { ensureSystemPackages } from '../support/systemPackages.mjs';

ensureDependencies();
ensureSystemPackages();
const wanted = process.argv.slice(2);
const files = readdirSync(import.meta.dirname)
  .filter((name) => name.endsWith('.bench.ts'))
  .filter((name) => wanted.length === 0 || wanted.some((part) => name.includes(part)))
  .sort();
// The packaged extension is what is measured.
run('npm', ['run', '--silent', 'package', '--', 'linux-x64'], { stdio: ['ignore', 'ignore', 'inherit'] });
let failed = false;
for (const file of files) {
  const { status } = spawnSync(
    process.execPath,
    ['--expose-gc', '--import', 'tsx', join(import.meta.dirname, file)],
    { stdio: 'inherit' },
  );
  if (status === 0) continue;
  console.error(`${file} failed.`);
  failed = true;
}
process.exit(failed || files.length === 0 ? 1 : 0);
