import { startDemoServers, type DemoServers, type DemoServersOptions } from '../../src/demo/demoServers.ts';

// The servers live in src/demo, because the extension starts them too; tests and `npm start` come through here.
export { startDemoServers, type DemoServers };

/** Starts them on ports nobody else has, so that tests can run beside one another. */
export function startOwnDemoServers(options: DemoServersOptions = {}): Promise<DemoServers> {
  return startDemoServers({
    authorizationPort: 0,
    apiPort: 0,
    webRedirectPort: 0,
    partnerPort: 0,
    ...options,
  });
}
