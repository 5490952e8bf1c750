import type { Fault } from './fault.ts';
import { implicitEnabled } from './implicitEnabled.ts';
import { redirectFaults } from './redirectFaults.ts';
import { pkceFaults } from './pkceFaults.ts';
import { codeFaults } from './codeFaults.ts';
import { responseFaults } from './responseFaults.ts';
import { clientFaults } from './clientFaults.ts';
import { refreshFaults } from './refreshFaults.ts';
import { tokenEndpointFaults } from './tokenEndpointFaults.ts';
import { tokenFaults } from './tokenFaults.ts';
import { pushingFaults } from './pushingFaults.ts';
import { proofFaults } from './proofFaults.ts';
import { deviceFaults } from './deviceFaults.ts';
import { fapiFaults } from './fapiFaults.ts';

/** Every fault of the demo server: each file has those of one subject. */
export const faults: readonly Fault[] = [
  ...redirectFaults,
  ...pkceFaults,
  ...codeFaults,
  ...responseFaults,
  implicitEnabled,
  ...clientFaults,
  ...refreshFaults,
  ...tokenEndpointFaults,
  ...tokenFaults,
  ...pushingFaults,
  ...proofFaults,
  ...deviceFaults,
  ...fapiFaults,
];
