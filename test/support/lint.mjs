// Lints everything. What was linted is remembered only while no source at all changes: a rule that knows types may find fault
// with a file because of another one, which ESLint's own cache does not see.
import { join } from 'node:path';
import { run } from './install.mjs';
import { onceFor } from './sources.mjs';

const eslint = join(import.meta.dirname, '..', '..', 'node_modules', 'eslint', 'bin', 'eslint.js');
await onceFor('lint', [], () => run(process.execPath, [eslint, '--max-warnings', '0', '.']));
