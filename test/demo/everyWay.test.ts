import { describe } from 'node:test';
import { startOwnDemoServers } from './demoServers.ts';
import { itGoesEveryWay } from './everyWaySuite.ts';

describe('every way to a token, at the demo server', () => {
  itGoesEveryWay(startOwnDemoServers);
});
