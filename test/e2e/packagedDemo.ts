import type * as sources from '../../src/demo/demoServers.ts';
import type { DemoServers, DemoServersOptions } from '../../src/demo/demoServers.ts';
import { packagedModule } from '../support/packaged.ts';

const freePorts = { authorizationPort: 0, apiPort: 0, webRedirectPort: 0, partnerPort: 0 };

/** Starts the demo servers that are in the package, on ports nobody else has: what users start is what is tested. */
export async function startPackagedDemo(options: DemoServersOptions = {}): Promise<DemoServers> {
  const { startDemoServers } = await packagedModule<typeof sources>('startDemoServers');
  return startDemoServers({ ...freePorts, ...options });
}
