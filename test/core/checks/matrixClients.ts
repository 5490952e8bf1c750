import type { Verdict } from '../../../src/core/checks/check.ts';

export type Verdicts = Readonly<Record<string, Verdict>>;

/** One run of all checks: against the strict server, named by its client, or against a server with one fault. */
export interface Run {
  readonly name: string;
  readonly verdicts: Verdicts;
}

export const clientNames = ['native', 'local', 'web', 'signed'] as const;
export type ClientName = (typeof clientNames)[number];

/** Faults that only a client with a secret can meet are tried with the confidential client, the others with the public one. */
const confidential = new Set([
  'secret-not-compared',
  'authentication-error-vague',
  'authentication-optional',
  'secret-in-query-accepted',
  'revocation-open',
]);
/** Only a host name can stand at the end of another. */
const named = new Set(['host-suffix']);

/** The client with which a fault is tried. */
export function clientFor(fault: string): ClientName {
  if (fault.startsWith('assertion-')) return 'signed';
  return confidential.has(fault) ? 'web' : named.has(fault) ? 'local' : 'native';
}
