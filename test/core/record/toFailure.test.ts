import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { FailureError, type Failure } from '../../../src/core/record/failure.ts';
import { toFailure } from '../../../src/core/record/toFailure.ts';

describe('what was thrown, as a failure', () => {
  const at = { step: 'token', cancelled: false } as const;

  it('is the failure that it carries', () => {
    const failure: Failure = {
      kind: 'vault',
      code: 'locked',
      step: 'secret',
      message: 'Locked.',
      advice: 'Unlock it.',
    };
    assert.equal(toFailure(new FailureError(failure), at), failure);
  });

  it('is a cancellation where the flow was cancelled', () => {
    const failure = toFailure(new Error('aborted'), { ...at, cancelled: true });
    assert.deepEqual([failure.kind, failure.step], ['cancelled', 'token']);
  });

  it('is named by its code or its class, and never by its words: a server may have written them', () => {
    const planted = 'hunter2-of-the-client';
    const withCode = Object.assign(new TypeError(planted), { code: 'ERR_X' });
    for (const [thrown, code] of [
      [withCode, 'ERR_X'],
      [new TypeError(planted), 'TypeError'],
      [{ code: 'E'.repeat(100) }, 'E'.repeat(60)],
      [planted, 'unknown'],
      [undefined, 'unknown'],
    ] as const) {
      const failure = toFailure(thrown, at);
      assert.deepEqual([failure.kind, failure.step], ['unexpected', 'token']);
      assert.equal(failure.message, `Something unexpected went wrong at the step "token" (${code}).`);
      assert.ok(!JSON.stringify(failure).includes(planted));
    }
  });
});
