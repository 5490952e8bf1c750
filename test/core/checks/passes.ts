import assert from 'node:assert/strict';
import { planCost, type PlanItem, type PlanSubject } from '../../../src/core/checks/plan.ts';
import type { ChecksReport } from '../../../src/core/checks/report.ts';
import type { Exchange } from '../../../src/core/record/exchange.ts';

/** How often the browser was sent through the server, by the check that had it sent; what checks share counts for the first. */
export function passesOf({ results }: ChecksReport): Readonly<Record<string, number>> {
  const seen = new Set<string>();
  const isNew = ({ startedAt, request: { method, url, body = '', headers } }: Exchange) => {
    const one = JSON.stringify([startedAt, method, url, body, headers]);
    return !seen.has(one) && seen.add(one).has(one);
  };
  const isPass = ({ leg, purpose }: Exchange) => leg === 'browser' && purpose === 'authorization';
  return Object.fromEntries(
    results.map(({ id, evidence }) => [id, evidence.filter((one) => isPass(one) && isNew(one)).length]),
  );
}

/** Holds a run to what its plan says that it costs at most. A server that fails (500) over what it refuses is asked once more. */
export function assertPlanned(report: ChecksReport, items: readonly PlanItem[], subject: PlanSubject): void {
  const fails = report.results.some(({ evidence }) =>
    evidence.some(({ response }) => response?.status === 500),
  );
  if (fails) return;
  const chosen = items.filter(({ notApplicable }) => notApplicable === undefined).map(({ check }) => check);
  const { signIns, requests } = planCost(chosen, subject, true);
  const made = Object.values(passesOf(report)).reduce((total, one) => total + one, 0);
  assert.ok(made <= signIns, `${made} passes of the browser, planned ${signIns}.`);
  const sent = new Set(
    report.results.flatMap(({ evidence }) =>
      evidence
        .filter(({ leg }) => leg !== 'loopback')
        .map(({ startedAt, request }) => JSON.stringify([startedAt, request])),
    ),
  );
  assert.ok(sent.size <= requests, `${sent.size} requests, planned ${requests}.`);
}
