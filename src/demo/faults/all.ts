import type { Fault } from './fault.ts';

/** Every fault of the demo server; adding one is one file and one line. */
export const faults: readonly Fault[] = [];
