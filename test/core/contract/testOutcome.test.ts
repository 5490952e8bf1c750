import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Verdict } from '../../../src/core/checks/check.ts';
import type { CheckResult } from '../../../src/core/checks/report.ts';
import { parseContract } from '../../../src/core/contract/parseContract.ts';
import { testOutcome } from '../../../src/core/contract/testOutcome.ts';

const profile = { id: 'orders', name: 'Orders', clientId: 'c' };

const resultOf = (verdict: Verdict): CheckResult => ({
  ...{ id: 'pkce.plain', area: 'pkce', title: 'Plain', verdict, expects: 'It is refused.' },
  ...{
    meaning: 'It was seen.',
    advice: 'Change it.',
    sources: [],
    tries: '',
    fixes: [],
    facts: {},
    evidence: [],
  },
  ...{ startedAt: 1, endedAt: 2 },
});

const outcome = (verdict: Verdict, weaknessFails: boolean, promised?: string) => {
  const checks = { 'pkce.plain': promised };
  const { contract } = parseContract(JSON.stringify({ profiles: { orders: { checks } } }));
  return testOutcome(resultOf(verdict), profile, {
    contract: promised === undefined ? undefined : contract.get('orders'),
    ...{ weaknessFails, now: 0 },
  });
};

describe('a check as a test', () => {
  it('has the outcome of its verdict, a weakness that of the setting, without a contract', () => {
    for (const [verdict, lax, strict] of [
      ['pass', 'passed', 'passed'],
      ['weakness', 'passed', 'failed'],
      ['fail', 'failed', 'failed'],
      ['not_determined', 'skipped', 'skipped'],
      ['not_applicable', 'skipped', 'skipped'],
    ] as const)
      assert.deepEqual([outcome(verdict, false).kind, outcome(verdict, true).kind], [lax, strict], verdict);
  });

  it('says what was expected and what was seen, and which promise is broken', () => {
    assert.deepEqual(outcome('fail', false), {
      kind: 'failed',
      ...{ message: 'It was seen. Change it.', expected: 'It is refused.', actual: 'It was seen.' },
    });
    // What is promised decides, whatever the setting says.
    for (const strict of [false, true]) {
      const broken = outcome('weakness', strict, 'pass');
      assert.ok(broken.kind === 'failed' && broken.promise === 'pkce.plain');
      assert.match(broken.message, /pass is promised, and it is weakness\. It was seen\. Change it\.$/);
      assert.equal(outcome('pass', strict, 'pass').kind, 'passed');
    }
  });
});
