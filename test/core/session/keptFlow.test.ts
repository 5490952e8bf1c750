import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { FlowReport } from '../../../src/core/record/report.ts';
import { requestAgain } from '../../../src/core/flowView/requestAgain.ts';
import { FlowLog } from '../../../src/core/session/flowLog.ts';
import { keptFlow } from '../../../src/core/session/keptFlow.ts';
import { exchange, report } from '../flowView/samples.ts';

const most = 160 * 1024;

/** A run with requests and answers of these lengths. */
function run(...lengths: readonly (readonly [request: number, response: number])[]): FlowReport {
  const exchanges = lengths.map(([request, response], at) =>
    exchange({
      ...{ id: at + 1, purpose: 'api', leg: 'extension' },
      request: { method: 'PUT', url: 'https://api.example.com/', headers: [], body: 'a'.repeat(request) },
      response: { status: 200, statusText: 'OK', headers: [], body: 'é'.repeat(response) },
    }),
  );
  return report({ kind: 'api_call', exchanges });
}

function bodies({ exchanges }: FlowReport) {
  return exchanges
    .flatMap(({ request, response }) => [request, response])
    .map((message) => ({
      length: message?.body?.length ?? 0,
      omitted: message?.omitted ?? 0,
    }));
}

describe('a run that is kept', () => {
  it('is as it was when its bodies are of common size', () => {
    const flow = run([1000, 50_000], [0, 100_000]);
    assert.equal(keptFlow(flow), flow);
  });

  it('holds the beginning of the longest bodies, and how much there was more', () => {
    assert.deepEqual(bodies(keptFlow(run([20, 10 * 1024 * 1024]))), [
      { length: 20, omitted: 0 },
      { length: most - 20, omitted: 10 * 1024 * 1024 - most + 20 },
    ]);
  });

  it('never holds more than its share, and knows the length of each body', () => {
    const length = fc.oneof(fc.nat(100), fc.nat(400_000));
    fc.assert(
      fc.property(fc.array(fc.tuple(length, length), { maxLength: 8 }), (lengths) => {
        const kept = bodies(keptFlow(run(...lengths)));
        assert.ok(kept.reduce((sum, { length: one }) => sum + one, 0) <= most);
        assert.deepEqual(
          kept.map(({ length: one, omitted }) => one + omitted),
          lengths.flat(),
        );
      }),
      { numRuns: 30 },
    );
  });

  it('is what the log gives back, with a request that is too long to be sent again', () => {
    const log = new FlowLog();
    log.put({ state: 'ended', flow: run([10 * 1024 * 1024, 5]) });
    const [kept] = log.ended();
    assert.ok(kept);
    assert.equal(bodies(kept)[0]?.length, most - 5);
    assert.equal(requestAgain(kept), undefined);
  });
});
