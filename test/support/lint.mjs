// Lints everything. What was linted is remembered only while no source at all changes: a rule that knows types may find fault
// with a file because of another one, which ESLint's own cache does not see.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { rememberedFolder } from './sources.mjs';

const root = join(import.meta.dirname, '..', '..');
const { status } = spawnSync(
  process.execPath,
  [
    join(root, 'node_modules', 'eslint', 'bin', 'eslint.js'),
    ...['--max-warnings', '0', '--cache', '--cache-strategy', 'content'],
    ...['--cache-location', join(rememberedFolder('eslint'), 'cache')],
    '.',
  ],
  { cwd: root, stdio: 'inherit' },
);
process.exit(status ?? 1);
