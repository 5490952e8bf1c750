// Plain Node: `dist/`, built when it is not of the sources as they are now.
import { join } from 'node:path';
import { run } from './install.mjs';
import { onceFor } from './sources.mjs';

const extension = join(import.meta.dirname, '..', '..', 'dist', 'extension.cjs');

/** Builds the extension and its views, unless they are there; while others use them, they are not taken away. */
export async function ensureBuilt() {
  await onceFor('build', [extension], () => run(process.execPath, ['esbuild.mjs']));
}
