import type { Verdict } from '../checks/check.ts';
import type { ChecksReport, CheckResult } from '../checks/report.ts';
import { plainText } from '../http/plainText.ts';
import { verdictTitles } from '../checks/wording.ts';
import type { CheckPromise, ProfileContract, TokenKind } from './contract.ts';
import { issuedTokens, type IssuedTokens } from './issuedTokens.ts';

/**
 * What became of a promise: `kept`; `excused` by an exception; `better` than its exception, which can go; `broken`, also when an
 * exception has ended; `open` when it was not found out.
 */
type Keeping = 'kept' | 'excused' | 'better' | 'broken' | 'open';

/** One promise, held against what was found. */
export interface Held {
  /** The id of the check, `register`, `lifetimes.<kind>` or `scopes.<scope>`. */
  readonly id: string;
  /** The name under which it is promised: the id, or the area of the check. */
  readonly promise: string;
  readonly keeping: Keeping;
  /** One sentence. */
  readonly sentence: string;
}

const rank: Readonly<Partial<Record<Verdict, number>>> = { pass: 0, weakness: 1, fail: 2 };

/** The name under which a check is promised: its own, that of its area, by which ids begin, or of the group it stands in. */
function promiseOf({ checks }: ProfileContract, { id, area }: CheckResult): string | undefined {
  return [id, id.split('.', 1)[0] ?? area, area].find((name) => checks.has(name));
}

/**
 * Holds what is promised of a profile against a run of its checks.
 *
 * @param now milliseconds since the epoch, for exceptions that end
 */
export function holdContract(contract: ProfileContract, report: ChecksReport, now: number): readonly Held[] {
  const held = report.results.flatMap((result) => {
    const name = promiseOf(contract, result);
    const promise = contract.checks.get(name ?? '');
    return name && promise ? [{ ...holdOne(promise, result, now), promise: name }] : [];
  });
  const issued = issuedTokens(report);
  return [
    ...held,
    ...registered(contract, report),
    ...[...contract.lifetimes].map(([kind, most]) => lifetime(kind, most, issued)),
    ...[...contract.scopes].map(([scope, claims]) => claimsOf(scope, claims, issued)),
  ];
}

function holdOne(
  promise: CheckPromise,
  { id, title, verdict, meaning, unmet }: CheckResult,
  now: number,
): Omit<Held, 'promise'> {
  const [found, promised] = [rank[verdict], rank[promise.verdict] ?? 0];
  const say = (keeping: Keeping, sentence: string) => ({
    id,
    keeping,
    sentence: `${title}: ${sentence}`,
  });
  if (unmet === true) return say('open', `${promise.verdict} is promised, and it was not tried. ${meaning}`);
  if (verdict === 'not_applicable') return say('kept', 'it means nothing for this client.');
  if (found === undefined) return say('open', `${promise.verdict} is promised, and it was not determined.`);
  const seen = verdictTitles[verdict].toLowerCase();
  if (found > promised) return say('broken', `${promise.verdict} is promised, and it is ${seen}.`);
  if (promised === 0) return say('kept', 'it passes, as promised.');
  if (found < promised) return say('better', `it is ${seen} now: the exception can go.`);
  if (hasEnded(promise, now))
    return say('broken', `the exception (${reason(promise)}) has ended on ${promise.until ?? ''}.`);
  const end = promise.until === undefined ? '' : ` until ${promise.until}`;
  return say('excused', `${seen} is put up with${end}: ${reason(promise)}.`);
}

function reason({ reason: text = '' }: CheckPromise): string {
  return text.replace(/\.$/, '');
}

/** The day is over when it is over in the last time zone, 12 hours behind UTC. */
function hasEnded({ until }: CheckPromise, now: number): boolean {
  return until !== undefined && now >= Date.parse(until) + (24 + 12) * 3_600_000;
}

function registered({ register }: ProfileContract, { matching }: ChecksReport): readonly Held[] {
  if (register === undefined || matching === undefined) return [];
  const kept = matching.register === register;
  return [
    {
      id: 'register',
      promise: 'register',
      keeping: kept ? 'kept' : 'broken',
      sentence: kept
        ? `The redirect URI to register is ${register}, as promised.`
        : `The redirect URI to register is promised to be ${register}, and it is ${matching.register}.`,
    },
  ];
}

function lifetime(kind: TokenKind, most: number, issued: readonly IssuedTokens[]): Held {
  const id = `lifetimes.${kind}`;
  const seen = issued.flatMap(({ lifetimes }) => lifetimes[kind] ?? []);
  const longest = Math.max(...seen);
  if (seen.length === 0)
    return {
      id,
      promise: id,
      keeping: 'open',
      sentence: `No ${kind} was seen, or none that says how long it lives.`,
    };
  const keeping = longest > most ? 'broken' : 'kept';
  return {
    ...{ id, promise: id, keeping },
    sentence: `The ${kind} lives ${longest} s; at most ${most} s are promised.`,
  };
}

function claimsOf(scope: string, wanted: readonly string[], issued: readonly IssuedTokens[]): Held {
  const id = `scopes.${scope}`;
  const seen = issued.flatMap(({ scopes, claims }) => (claims && scopes.includes(scope) ? [claims] : []));
  const missing = wanted.filter((claim) => seen.some((claims) => !claims.has(claim)));
  const [keeping, sentence] =
    seen.length === 0
      ? (['open', `The scope ${plainText(scope, 80)} was granted with no token that can be read.`] as const)
      : missing.length > 0
        ? ([
            'broken',
            `The scope ${plainText(scope, 80)} was granted, and these claims were missing: ${plainText(missing.join(', '))}.`,
          ] as const)
        : (['kept', `The scope ${plainText(scope, 80)} brings the claims that are promised.`] as const);
  return { id, promise: id, keeping, sentence };
}
