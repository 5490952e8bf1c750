// `npm start`, from a bare clone with only Node 20+ and npm there. Plain Node until the dependencies are installed.
import { ensureBuilt } from '../support/build.mjs';
import { ensureDependencies } from '../support/install.mjs';

try {
  ensureDependencies();
  console.log('Building the extension …');
  await ensureBuilt();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
const { tsImport } = await import('tsx/esm/api');
const { runDemo } = await tsImport('./runDemo.ts', import.meta.url);
process.exit(await runDemo());
