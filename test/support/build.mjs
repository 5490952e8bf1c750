// Plain Node: `dist/`, built when it is not of the sources as they are now.
import { join } from 'node:path';
import { requireDependencies, run } from './install.mjs';
import { onceFor } from './sources.mjs';

const dist = join(import.meta.dirname, '..', '..', 'dist');
const programs = [join(dist, 'extension.cjs'), join(dist, 'cli', 'oauth-explorer.cjs')];

/** Builds the extension, its views and the command line, unless they are there; while others use them, they are not taken away. */
export async function ensureBuilt() {
  requireDependencies();
  await onceFor('build', programs, () => run(process.execPath, ['esbuild.mjs']));
}
