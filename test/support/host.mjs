// Runs the in-host tests; arguments narrow them by file name: `npm run host -- activation`.
import { join } from 'node:path';
import { runOnVscodeNode } from './nodeTests.mjs';

process.exit(await runOnVscodeNode([join(import.meta.dirname, 'runHostTests.ts'), ...process.argv.slice(2)]));
