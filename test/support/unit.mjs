// Runs the unit tests (test/core, test/shared) on plain Node; arguments narrow them: `npm run unit -- test/core/token`.
import { spawnSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const find = (path) =>
  statSync(path).isDirectory() ? readdirSync(path).flatMap((name) => find(join(path, name))) : [path];
const roots = process.argv.slice(2);
const files = (
  roots.length > 0
    ? roots
    : ['test/core', 'test/shared'].filter((r) => statSync(r, { throwIfNoEntry: false }))
)
  .flatMap(find)
  .filter((file) => file.endsWith('.test.ts'));
if (files.length === 0) {
  console.error('No unit tests found.');
  process.exit(1);
}
const { status } = spawnSync(process.execPath, ['--import', 'tsx', '--test', ...files], { stdio: 'inherit' });
process.exit(status ?? 1);
