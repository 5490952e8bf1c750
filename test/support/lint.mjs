// Lints everything with the rules of .oxlintrc.json; what was linted is remembered only while no source changes, since a rule that
// knows types may find fault with a file because of another one.
import { join } from 'node:path';
import { run } from './install.mjs';
import { onceFor } from './sources.mjs';

const oxlint = join(import.meta.dirname, '..', '..', 'node_modules', 'oxlint', 'bin', 'oxlint');
await onceFor('lint', [], () => run(process.execPath, [oxlint, '--type-aware', '--deny-warnings', '.']));
