import type { Area } from '../../../src/core/checks/check.ts';
import { faults } from '../../../src/demo/faults/all.ts';
import { clientFor, runsIn, together, type ClientName, type Run, type Verdicts } from './matrixClients.ts';
import { expected } from './matrixExpected.ts';

/** A manner of servers, and what it does to the verdicts. */
interface Family {
  /** The areas in which it could hide a fault; those of the others are not tried again. */
  readonly areas: readonly Area[];
  /** What changes against the strict server by the manner alone, where the check means anything for the client. */
  readonly own: Verdicts;
  /** What changes besides for one client. */
  readonly ofClient?: Partial<Record<ClientName, Verdicts>>;
  /** Faults that show otherwise here than at the strict server, or not at all. */
  readonly otherwise: Readonly<Record<string, Verdicts>>;
}

/** What a server that signs in first hides. */
const signedInFirst: Family['otherwise'] = {
  // Nobody listens for https on a loopback port, so that the browser cannot try it.
  // The browser is sent to no host but this computer; the check says which name it tried.
  'any-public-host': {},
  'errors-anywhere': {},
  // Every name below localhost is taken, that of the check, too.
  'host-suffix': { 'redirect.look-alike-host': 'fail', 'redirect.unregistered-host': 'fail' },
  // The browser comes back to the one port that is listened on, never to none and to no low one.
  'port-required': {},
  'low-ports-refused': {},
  'redirect-guessed': { 'redirect.missing': 'not_determined' },
};
/** The manners of `src/demo/families.ts`, and one of the faults that is a manner, too. */
export const families: Readonly<Record<string, Family>> = {
  'signs-in-first': {
    areas: ['redirect', 'pkce', 'code', 'response', 'client', 'refresh', 'token'],
    own: {},
    // Its profile names a port, and which others are taken is told without a sign-in only.
    ofClient: { web: { 'redirect.other-port': 'not_applicable' } },
    otherwise: signedInFirst,
  },
  'any-host-after-sign-in': {
    // Whatever is wrong with comparing redirect URIs is part of it.
    areas: ['pkce', 'code', 'response', 'client', 'refresh', 'token'],
    own: {
      'redirect.loopback-names': 'weakness',
      'redirect.trailing-slash': 'weakness',
      'redirect.scheme': 'weakness',
      'redirect.path-case': 'weakness',
      'redirect.extra-segment': 'fail',
      'redirect.extra-query': 'weakness',
      'redirect.dot-segments': 'fail',
      'redirect.encoded-dot-segments': 'fail',
      'redirect.userinfo': 'fail',
      'redirect.look-alike-host': 'fail',
      'redirect.fragment': 'weakness',
      'redirect.unregistered-host': 'fail',
    },
    ofClient: { web: { 'redirect.other-port': 'not_applicable' } },
    otherwise: signedInFirst,
  },
  'errors-on-own-page': {
    areas: ['redirect', 'pkce', 'response'],
    own: {},
    otherwise: {
      // No error comes in the redirect but that somebody has to sign in.
      'errors-anywhere': {},
      'state-missing-on-errors': { 'response.state-on-errors': 'fail' },
    },
  },
  'last-parameter-read': {
    areas: ['redirect', 'client'],
    own: { 'redirect.sent-twice': 'weakness' },
    otherwise: {
      // The manner comes first, so that one is left.
      'last-redirect-used': {},
      // What is read last goes to a host that nobody registered.
      'any-public-host': { ...expected['any-public-host'], 'redirect.sent-twice': 'fail' },
    },
  },
  'scope-ignored-in-refresh': {
    areas: ['code', 'refresh', 'token'],
    own: {},
    // What is not read widens nothing.
    otherwise: { 'refresh-widens': {} },
  },
  'user-before-grant': {
    areas: ['client'],
    own: { 'client.password-grant': 'not_determined' },
    otherwise: {},
  },
  'scope-wanted': { areas: ['redirect', 'pkce', 'response', 'client'], own: {}, otherwise: {} },
  'scripts-otherwise': { areas: ['redirect', 'pkce', 'response'], own: {}, otherwise: {} },
  'old-refresh-ends-late': { areas: ['code', 'refresh', 'token'], own: {}, otherwise: {} },
  'empty-bodies': {
    areas: ['pkce', 'code', 'response', 'client', 'refresh', 'token'],
    own: {
      // Right: a client cannot tell what is wrong.
      'client.wrong-secret': 'weakness',
      // Nothing says why it refuses, so nothing says that the grant is off.
      'client.password-grant': 'not_determined',
    },
    otherwise: { 'token-by-get': { 'client.by-get': 'not_determined' } },
  },
};

/** The faults that are tried with a manner. */
export function triedWith(family: string): readonly string[] {
  const areas = families[family]?.areas ?? [];
  return faults.flatMap(({ id }) => {
    const [first = ''] = Object.keys(expected[id] ?? {});
    return id !== family && areas.some((area) => first.startsWith(`${area}.`)) ? [id] : [];
  });
}

/** Where clients differ from the first one, by whom a family is met with all checks. */
const ownAreas: Readonly<Record<ClientName, readonly Area[]>> = {
  native: [],
  bound: [],
  device: [],
  fapi: [],
  local: ['redirect'],
  web: ['client', 'token'],
  signed: ['client'],
  tls: ['response'],
};

/**
 * Faults over families: each that a manner could hide meets it in some run.
 *
 * What all checks say of a fault, and of a manner, is held by runs of each; of both together run the checks of the areas in
 * which the faults show.
 */
export const familyRuns: readonly Run[] = Object.keys(families).flatMap((family) => {
  const groups = together(triedWith(family), areaOf);
  const clients = [...new Set(groups.map(([first = '']) => clientFor(first)))];
  return [
    ...clients.map((client, index): Run => {
      const common = { client, family, faults: [] };
      return index === 0 ? common : { ...common, areas: ownAreas[client] };
    }),
    ...groups.map((group): Run => ({
      ...{ client: clientFor(group[0] ?? ''), family, faults: group },
      areas: areasOf(family, group),
    })),
  ];
});

/** The area of the check that is there to find a fault. */
function areaOf(fault: string): string {
  const [first = ''] = Object.keys(expected[fault] ?? {});
  return first.split('.', 1)[0] ?? '';
}

/** Every area in which one of the faults changes something, here or elsewhere. */
function areasOf(family: string, ids: readonly string[]): readonly Area[] {
  const changes = ids.flatMap((id) => [expected[id] ?? {}, families[family]?.otherwise[id] ?? {}]);
  const found = changes.flatMap((verdicts) => Object.keys(verdicts));
  return [...new Set(found.map((check) => check.split('.', 1)[0] as Area))];
}

/** From the least to the most that is said of a server. */
const ranks = ['pass', 'not_applicable', 'not_determined', 'weakness', 'fail'] as const;

/** What a run should find, by what the strict server and the client are found to be: of two reasons the worse counts. */
export function wanted(run: Run, strict: Verdicts): Verdicts {
  const { client, family, faults: ids } = run;
  const { own = {}, ofClient = {}, otherwise = {} } = families[family ?? ''] ?? {};
  const merged: Record<string, (typeof ranks)[number]> = { ...strict };
  for (const [check, verdict] of Object.entries({ ...own, ...ofClient[client] }))
    if (strict[check] !== 'not_applicable') merged[check] = verdict;
  for (const id of ids)
    for (const [check, verdict] of Object.entries(otherwise[id] ?? expected[id] ?? {})) {
      const base = merged[check] ?? 'pass';
      if (ranks.indexOf(verdict) > ranks.indexOf(base)) merged[check] = verdict;
    }
  return Object.fromEntries(Object.entries(merged).filter(([check]) => runsIn(run, check)));
}
