// The servers live in src/demo, because the extension starts them too; tests and `npm start` come through here.
export { startDemoServers, type DemoServers, type DemoServersOptions } from '../../src/demo/demoServers.ts';
