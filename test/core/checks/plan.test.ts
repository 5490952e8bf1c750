import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { planChecks } from '../../../src/core/checks/plan.ts';
import { userProfile } from '../../support/profiles.ts';

describe('the plan of checks', () => {
  it('says only of checks that lack something that they are not tried', () => {
    const plan = planChecks({ profile: userProfile(), hasOtherClient: false });
    const unmet = plan.filter((item) => item.unmet === true);
    assert.ok(unmet.length > 0 && plan.some(({ chosen }) => chosen));
    for (const { check, notApplicable, chosen } of unmet)
      assert.deepEqual([notApplicable !== undefined, chosen], [true, false], check.id);
  });
});
