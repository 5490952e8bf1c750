import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { explainReport } from '../../../src/core/diagnose/explainFailure.ts';
import { tokenFacts } from '../../../src/core/diagnose/tokenFacts.ts';
import type { FlowReport, TokenSet } from '../../../src/core/record/report.ts';
import { catalogue } from './play.ts';
import { apiWorld, playApi } from './truth/apiWorld.ts';
import { contradicted } from './truth/contradicted.ts';
import { playWorld } from './truth/playWorld.ts';
import { Trace } from './truth/trace.ts';
import { truths } from './truth/truths.ts';
import { world } from './truth/world.ts';

// Each failure is mutated in every part of what the server answers; no cause that is then named may be contradicted by what is in
// the trace. What each cause needs to be true is written down anew in `truth/truths.ts`, from the trace alone, not from the rules.

describe('no cause is contradicted by the trace', () => {
  const named = new Set<string>();
  const check = (report: FlowReport, tokens?: TokenSet) => {
    const explanation = explainReport(
      report,
      catalogue,
      tokens === undefined ? {} : { token: tokenFacts(tokens) },
    );
    if (explanation === undefined) return;
    const trace = new Trace(report, explanation);
    for (const cause of explanation.causes) {
      named.add(cause.id);
      const truth = truths.find(([id]) => id.test(cause.id));
      assert.ok(truth, `Nothing says when ${cause.id} is true.`);
      const words = `${cause.title} ${cause.evidence.join(' ')}`;
      assert.ok(truth[1](trace, cause), `${cause.id} is contradicted: ${words}`);
    }
    assert.equal(contradicted(trace), undefined);
  };

  it('whatever part of the answers to a flow is mutated', async () => {
    named.clear();
    await fc.assert(
      fc.asyncProperty(world, async (one) => check(await playWorld(one))),
      { numRuns: 300, seed: 12 },
    );
    // A property that names hardly any cause shows nothing.
    assert.ok(named.size >= 28, [...named].join(' '));
    for (const local of ['port-busy', 'browser-not-opened', 'vault']) assert.ok(named.has(local), local);
  });

  it('whatever part of the answer of an API is mutated', async () => {
    named.clear();
    await fc.assert(
      fc.asyncProperty(apiWorld, async (one) => {
        const { report, tokens } = await playApi(one);
        check(report, tokens);
      }),
      { numRuns: 500, seed: 12 },
    );
    assert.ok(named.size >= 8, [...named].join(' '));
  });
});
