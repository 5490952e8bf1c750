// The browser of a test: signs in at the demo server by itself. Its one argument is the address to go to.
import { JarBrowser } from '../demo/jarBrowser.ts';

await new JarBrowser().visit(process.argv.at(-1) ?? '');
