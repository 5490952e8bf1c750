import { describe } from 'node:test';
import { itFindsEachFault } from './matrixSuite.ts';

describe('the matrix of checks and faults', () => {
  itFindsEachFault('sources');
});
