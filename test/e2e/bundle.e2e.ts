import { describe } from 'node:test';
import { itFindsEachFault } from '../core/checks/matrixSuite.ts';
import { itServesTheDemo } from '../demo/demoSuite.ts';
import { startPackagedDemo } from './packagedDemo.ts';

describe('the demo servers of the package', () => {
  itServesTheDemo(startPackagedDemo);
});

describe('the matrix of checks and faults, of the demo server in the package', () => {
  itFindsEachFault('package');
});
