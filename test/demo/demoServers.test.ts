import { describe } from 'node:test';
import { startOwnDemoServers } from './demoServers.ts';
import { itServesTheDemo } from './demoSuite.ts';

describe('the demo servers', () => {
  itServesTheDemo(startOwnDemoServers);
});
