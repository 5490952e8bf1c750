// Lints everything, with the rules of .oxlintrc.json and those of regexp.eslint.mjs; what was linted is remembered only while no source changes, since a rule that
// knows types may find fault with a file because of another one.
import { join } from 'node:path';
import { run } from './install.mjs';
import { onceFor } from './sources.mjs';

const modules = join(import.meta.dirname, '..', '..', 'node_modules');
const oxlint = join(modules, 'oxlint', 'bin', 'oxlint');
await onceFor('lint', [], () => {
  run(process.execPath, [oxlint, '--type-aware', '--deny-warnings', '.']);
  // What oxlint has no rule for needs no types: each file is remembered by itself.
  const cache = [
    '--cache',
    '--cache-strategy',
    'content',
    '--cache-location',
    join(modules, '.cache', 'regexp'),
  ];
  const config = ['--no-config-lookup', '-c', join(import.meta.dirname, 'regexp.eslint.mjs')];
  run(process.execPath, [join(modules, 'eslint', 'bin', 'eslint.js'), ...config, ...cache, 'src', 'webview']);
});
