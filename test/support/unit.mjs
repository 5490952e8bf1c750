// Runs the unit tests on plain Node; arguments narrow them: `npm run unit -- test/core/token`.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { runNodeTests, testFiles } from './nodeTests.mjs';

const root = join(import.meta.dirname, '..', '..');
const roots = process.argv.slice(2);
const unitFolders = ['test/core', 'test/shared', 'test/demo', 'test/support'];
const files = testFiles(roots.length > 0 ? roots : unitFolders);
process.exit(runNodeTests(roots.length > 0 ? files : inFewProcesses(files), ['--test-concurrency=2']));

/** Most files share one process, since to start one costs more than most of them; those with hooks for the whole process have their own. */
function inFewProcesses(all) {
  const alone = all.filter((file) => /^(before|after)(Each)?\(/m.test(readFileSync(file, 'utf8')));
  const together = all.filter((file) => !alone.includes(file));
  const folder = join(root, 'out', 'unit');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'together.mjs');
  const imports = together.map((test) => relative(folder, join(root, test)).replaceAll('\\', '/'));
  writeFileSync(file, imports.map((path) => `import ${JSON.stringify(path)};\n`).join(''));
  return [file, ...alone];
}
