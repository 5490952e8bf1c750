// `npm start`, from a bare clone with only Node 20+ and npm there. Plain Node until the dependencies are installed.
import { ensureDependencies } from '../support/install.mjs';
import { ensurePackaged } from '../support/package.mjs';

try {
  ensureDependencies();
  console.log('Building and packaging the extension …');
  await ensurePackaged();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
const { tsImport } = await import('tsx/esm/api');
const { runDemo } = await tsImport('./runDemo.ts', import.meta.url);
process.exit(await runDemo());
