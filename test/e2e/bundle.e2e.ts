import { describe } from 'node:test';
import { itFindsEachFault } from '../core/checks/matrixSuite.ts';
import { itCrosses } from '../demo/crossAppSuite.ts';
import { itServesTheDemo } from '../demo/demoSuite.ts';
import { itGoesEveryWay } from '../demo/everyWaySuite.ts';
import { startPackagedDemo } from './packagedDemo.ts';

describe('the demo servers of the package', () => {
  itServesTheDemo(startPackagedDemo);
});

describe('every way to a token, at the demo servers of the package', () => {
  itGoesEveryWay(startPackagedDemo);
});

describe('cross-app access, at the demo servers of the package', () => {
  itCrosses(startPackagedDemo);
});

describe('the matrix of checks and faults, of the demo server in the package', () => {
  itFindsEachFault('package');
});
