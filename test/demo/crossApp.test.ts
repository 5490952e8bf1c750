import { describe } from 'node:test';
import { startOwnDemoServers } from './demoServers.ts';
import { itCrosses } from './crossAppSuite.ts';

describe('cross-app access: one run over two servers', () => {
  itCrosses(startOwnDemoServers);
});
