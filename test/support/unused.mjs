// Looks for exports, files and dependencies that nobody uses; what was found is remembered only while no source changes.
import { join } from 'node:path';
import { run } from './install.mjs';
import { onceFor } from './sources.mjs';

const knip = join(import.meta.dirname, '..', '..', 'node_modules', 'knip', 'bin', 'knip.js');
await onceFor('unused', [], () => run(process.execPath, [knip, '--no-progress']));
