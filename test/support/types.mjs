// Checks the types of the extension, its views and its tests, with the native compiler; TypeScript 6 stays for ESLint in editors.
import { join } from 'node:path';
import { run } from './install.mjs';
import { onceFor } from './sources.mjs';

const compiler = join(import.meta.dirname, '..', '..', 'node_modules', 'typescript-native', 'bin', 'tsc');
await onceFor('types', [], () => {
  for (const project of ['.', 'webview', 'test']) run(process.execPath, [compiler, '-p', project]);
});
