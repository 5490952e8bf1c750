import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { explainReport } from '../../../src/core/diagnose/explainFailure.ts';
import { catalogue } from './play.ts';
import { contradicted } from './truth/contradicted.ts';
import { playWorld } from './truth/playWorld.ts';
import { Trace } from './truth/trace.ts';
import { truths } from './truth/truths.ts';
import { world } from './truth/world.ts';

// Each failure is mutated in every part of what the server answers; no cause that is then named may be contradicted by what is in
// the trace. What each cause needs to be true is written down anew in `truth/truths.ts`, from the trace alone, not from the rules.

describe('no cause is contradicted by the trace', () => {
  it('whatever part of the answers is mutated', async () => {
    const named = new Map<string, number>();
    await fc.assert(
      fc.asyncProperty(world, async (one) => {
        const report = await playWorld(one);
        const explanation = explainReport(report, catalogue);
        if (explanation === undefined) return;
        const trace = new Trace(report, explanation);
        for (const cause of explanation.causes) {
          named.set(cause.id, (named.get(cause.id) ?? 0) + 1);
          const truth = truths.find(([id]) => id.test(cause.id));
          assert.ok(truth, `Nothing says when ${cause.id} is true.`);
          assert.ok(
            truth[1](trace, cause),
            `${cause.id} is contradicted: ${cause.title} ${cause.evidence.join(' ')}`,
          );
        }
        const sentence = contradicted(trace);
        assert.equal(sentence, undefined);
      }),
      { numRuns: 300, seed: 12 },
    );
    // A property that names hardly any cause shows nothing.
    assert.ok(named.size >= 25, [...named].join(' '));
  });
});
