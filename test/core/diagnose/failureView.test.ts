import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { failureView } from '../../../src/core/diagnose/failureView.ts';
import type { Explanation } from '../../../src/core/diagnose/explanation.ts';
import type { Failure } from '../../../src/core/record/failure.ts';
import { clientCredentials } from './support.ts';

const refused: Failure = {
  ...{ kind: 'oauth_error', step: 'token', status: 400, body: { error: 'invalid_grant' } },
  ...{ message: 'x refused it.', advice: 'Ask again.' },
};
const unreached: Failure = {
  ...{ kind: 'network', step: 'token', code: 'ENOTFOUND', host: 'x' },
  ...{ message: 'The host name x does not exist.', advice: 'Check it.' },
};

/** What stands on top of the view, of a cause of such a weight. */
function top(failure: Failure, title: string, ...weights: readonly number[]) {
  const explanation: Explanation = {
    ...{ failure, title, meaning: { text: 'The grant is spent.' }, links: [] },
    provider: { id: 'generic', name: 'x', why: '', how: 'generic' },
    causes: weights.map((weight) => ({
      ...{ id: 'spent', weight, title: 'The code was used before.', evidence: [], steps: [], fixes: [] },
    })),
  };
  const report = { profile: clientCredentials(), exchanges: [], endedAt: 0 };
  const { title: words, code, titled } = failureView(explanation, report, { busy: false });
  return { words, code, titled };
}

describe('the title of the failure view', () => {
  const code = 'invalid_grant at the token endpoint';

  it('is the cause where enough speaks for it, with the code beside it', () => {
    for (const weight of [55, 80])
      assert.deepEqual(top(refused, code, weight), {
        ...{ words: 'The code was used before.', code, titled: true },
      });
  });

  it('is what the error means where a cause is no more than possible, or none is known', () => {
    for (const weights of [[54], []])
      assert.deepEqual(top(refused, code, ...weights), {
        ...{ words: 'The grant is spent.', code, titled: false },
      });
  });

  it('is what happened where no server refused, which stands beside the cause as if it were a code', () => {
    const { message } = unreached;
    assert.deepEqual(top(unreached, message), { words: message, code: undefined, titled: false });
    assert.deepEqual(top(unreached, message, 80), {
      ...{ words: 'The code was used before.', code: 'The host name x does not exist', titled: true },
    });
  });
});
