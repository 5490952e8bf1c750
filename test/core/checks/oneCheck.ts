import assert from 'node:assert/strict';
import { checks } from '../../../src/core/checks/all.ts';
import type { CheckResult } from '../../../src/core/checks/report.ts';
import { known, smallServer, type Asked } from './server.ts';
import { serverOf, trial, type TrialOptions } from './support.ts';

/** The result of one check against a server that answers as `answer` says; it is asked about tokens at `/introspect`. */
export async function result(
  id: string,
  answer: (asked: Asked) => void,
  options: Partial<TrialOptions> = {},
): Promise<CheckResult> {
  const server = await smallServer(answer);
  try {
    const { results } = await trial({
      issuer: server.origin,
      client: known,
      checks: checks.filter((check) => check.id === id),
      context: {
        server: { ...serverOf(server.origin), introspectionEndpoint: `${server.origin}/introspect` },
      },
      ...options,
    });
    const [only] = results;
    assert.ok(only);
    return only;
  } finally {
    await server.close();
  }
}
