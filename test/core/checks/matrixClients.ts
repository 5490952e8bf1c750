import type { Area, Verdict } from '../../../src/core/checks/check.ts';
import { faults } from '../../../src/demo/faults/all.ts';
import { expected } from './matrixExpected.ts';

export type Verdicts = Readonly<Record<string, Verdict>>;

/** `tls`: the client `native` at a server behind TLS; `bound`: the same, which pushes its requests and binds its tokens. */
export const clientNames = ['native', 'local', 'web', 'signed', 'tls', 'bound', 'device', 'fapi'] as const;
export type ClientName = (typeof clientNames)[number];

/** One run of checks: by a client, against a server of a family (or none) with some faults (or none). */
export interface Run {
  readonly client: ClientName;
  readonly family?: string;
  readonly faults: readonly string[];
  /** Whose checks run; absent: all. */
  readonly areas?: readonly Area[];
}

/** Whether a check is of a run. */
export function runsIn({ areas }: Run, check: string): boolean {
  return areas === undefined || areas.some((area) => check.startsWith(`${area}.`));
}

/** What it found. */
export interface Outcome {
  readonly name: string;
  readonly verdicts: Verdicts;
  /** How often the browser was sent through the server, by check. */
  readonly passes: Readonly<Record<string, number>>;
}

export function nameOf({ client, family = 'strict', faults: ids }: Run): string {
  return [client, family, ...ids].join(' ');
}

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
const secure = new Set(['old-tls-spoken', 'hsts-missing']);

/** The client with which a fault is tried. */
export function clientFor(fault: string): ClientName {
  if (fault.startsWith('assertion-')) return 'signed';
  if (secure.has(fault)) return 'tls';
  if (/^(?:pushed|bound|proof)-/.test(fault)) return 'bound';
  if (/^(?:user-codes|polling|device)-/.test(fault)) return 'device';
  if (/^(?:key|pushing|binding|rotation)-/.test(fault)) return 'fapi';
  return confidential.has(fault) ? 'web' : named.has(fault) ? 'local' : 'native';
}

/**
 * Faults of which one hides or changes the other, though different checks find them: what stands in one line is never in one run.
 */
const apart: readonly (readonly string[])[] = [
  // They read, or leave out, the redirect URI in ways of their own.
  [
    'port-required',
    'low-ports-refused',
    'redirect-guessed',
    'any-public-host',
    'last-redirect-used',
    'errors-anywhere',
  ],
  // What is read last goes to a host that nobody registered.
  ['any-public-host', 'last-parameter-read'],
  ['code-replay-accepted', 'replay-keeps-tokens'],
  // A state that is left out is in no page.
  ['state-missing-on-errors', 'error-page-reflects'],
  // Each puts a challenge of its own in the place of the client's.
  [
    ...['pkce-optional', 'plain-accepted', 'unknown-method-accepted', 'malformed-challenge-accepted'],
    ...['wrong-verifier-accepted', 'missing-verifier-accepted', 'downgrade-accepted'],
  ],
  // One keeps alive what the other would not take.
  ['refresh-reuse-accepted', 'refresh-family-kept'],
  ['revocation-ignored', 'revocation-for-any-client'],
];

/** Faults in one run: each has checks of its own that find it. */
const mostTogether = 9;

/** Packs faults into as few runs as their checks allow. @param kindOf only what has the same goes into one run */
export function together(
  ids: readonly string[],
  kindOf: (id: string) => string = () => '',
): readonly (readonly string[])[] {
  const groups: string[][] = [];
  for (const id of ids) {
    const room = groups.find(
      (group) =>
        group.length < mostTogether &&
        clientFor(group[0] ?? '') === clientFor(id) &&
        kindOf(group[0] ?? '') === kindOf(id) &&
        group.every((other) => !disturb(id, other)),
    );
    if (room === undefined) groups.push([id]);
    else room.push(id);
  }
  return groups;
}

function disturb(one: string, other: string): boolean {
  const checks = Object.keys(expected[other] ?? {});
  return (
    Object.keys(expected[one] ?? {}).some((check) => checks.includes(check)) ||
    apart.some((line) => line.includes(one) && line.includes(other))
  );
}

const ownAreas: Partial<Record<ClientName, readonly Area[]>> = {
  bound: ['par', 'dpop'],
  device: ['device'],
  fapi: ['fapi'],
};

function strictRun(client: ClientName, ids: readonly string[] = []): Run {
  // What they have beyond the client `native`.
  const areas = ownAreas[client];
  return { client, faults: ids, ...(areas && { areas }) };
}

/** Every fault in some run against the strict server. */
export const strictRuns: readonly Run[] = [
  ...clientNames.map((client): Run => strictRun(client)),
  ...together(faults.map(({ id }) => id)).map((group): Run => strictRun(clientFor(group[0] ?? ''), group)),
];
