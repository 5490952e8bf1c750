import type { FlowDeps } from '../../../../src/core/flow/runFlow.ts';
import type { FlowReport, TokenSet } from '../../../../src/core/record/report.ts';
import type { Failure, FailureKind } from '../../../../src/core/record/failure.ts';
import { MetadataCache } from '../../../../src/core/oauth/metadataCache.ts';
import { systemClock } from '../../../../src/adapters/clock.ts';

/** Everything a flow needs, all of it real but the browser, which opens nothing. */
export function flowDeps(over: Partial<FlowDeps> = {}): FlowDeps {
  return {
    fetch: (url, init) => fetch(url, init),
    clock: systemClock,
    browser: { open: () => Promise.resolve(true) },
    metadata: new MetadataCache(),
    secret: () => Promise.resolve('s3cret-of-the-client'),
    ...over,
  };
}

/** The tokens of a report that must have some. */
export function tokensOf(report: FlowReport): TokenSet {
  if (report.outcome.kind === 'token') return report.outcome.tokens;
  throw new Error(`Expected tokens, but: ${JSON.stringify(report.outcome)}`);
}

/** The failure of a report that must have one, of that kind. */
export function failureOf<K extends FailureKind>(report: FlowReport, kind: K): Extract<Failure, { kind: K }> {
  if (report.outcome.kind === 'failure' && report.outcome.failure.kind === kind)
    return report.outcome.failure as Extract<Failure, { kind: K }>;
  throw new Error(`Expected ${kind}, but: ${JSON.stringify(report.outcome)}`);
}
