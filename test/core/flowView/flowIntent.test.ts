import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { parseFlowIntent } from '../../../src/core/flowView/flowIntent.ts';
import type { FlowViewIntent } from '../../../src/shared/views/flowView.ts';

/** One of each: a type that is missing here does not compile. */
const intents: { readonly [Type in FlowViewIntent['type']]: Extract<FlowViewIntent, { type: Type }> } = {
  select: { type: 'select', step: 3 },
  copyUrl: { type: 'copyUrl' },
  copyCode: { type: 'copyCode' },
  pasteRedirect: { type: 'pasteRedirect' },
  cancel: { type: 'cancel' },
  showVerifier: { type: 'showVerifier', shown: true },
  export: { type: 'export' },
  copyCurl: { type: 'copyCurl', step: 1 },
  compare: { type: 'compare' },
  showToken: { type: 'showToken' },
  showFailure: { type: 'showFailure' },
  runAgain: { type: 'runAgain' },
};

describe('a message of the flow view', () => {
  it('is taken when it is one of its intents, without anything else in it', () => {
    for (const intent of Object.values(intents)) {
      assert.deepEqual(parseFlowIntent(intent), intent);
      assert.deepEqual(parseFlowIntent({ ...intent, command: 'x', flow: 'y' }), intent);
    }
  });

  it('is nothing when its type is unknown or its value of another kind', () => {
    for (const message of [
      ...[
        null,
        undefined,
        'cancel',
        7,
        [],
        {},
        { type: 'constructor' },
        { type: '__proto__' },
        { type: ['cancel'] },
      ],
      ...[{ type: 'select' }, { type: 'select', step: '1' }, { type: 'select', step: 0 }],
      ...[
        { type: 'copyCurl', step: 1.5 },
        { type: 'copyCurl', step: NaN },
        { type: 'showVerifier', shown: 1 },
      ],
    ])
      assert.equal(parseFlowIntent(message), undefined, JSON.stringify(message));
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.anything(), (message) => {
        const intent = parseFlowIntent(message);
        assert.ok(intent === undefined || Object.hasOwn(intents, intent.type));
      }),
    );
  });
});
