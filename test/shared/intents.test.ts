import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { readIntent } from '../../src/shared/intents.ts';
import { flowIntents, type FlowViewIntent } from '../../src/shared/views/flowView.ts';
import { tokenIntents } from '../../src/shared/views/tokenView.ts';

const parseFlowIntent = (message: unknown) => readIntent(flowIntents, message);
const parseTokenIntent = (message: unknown) => readIntent(tokenIntents, message);

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

it('takes every intent of the token view as it is', () => {
  const intents = [
    { type: 'tab', tab: 'response' },
    { type: 'copyToken', slot: 'id' },
    { type: 'copyClaim', slot: 'access', part: 'header', name: 'alg' },
    { type: 'copyPart', slot: 'access', part: 'payload' },
    { type: 'copyHeader' },
    { type: 'copyCurl' },
    { type: 'copyPath', name: 'sub' },
    { type: 'openPart', slot: 'id', part: 'payload' },
    { type: 'copyResponse' },
    { type: 'copyMember', name: 'instance_url' },
    { type: 'checkSignature', slot: 'access' },
    { type: 'run', action: 'insertBearer' },
  ];
  for (const intent of intents) assert.deepEqual(parseTokenIntent({ ...intent, more: 1 }), intent);
});

it('takes nothing else for an intent', () => {
  const wrong = [
    undefined,
    null,
    'copyResponse',
    {},
    { type: 'tab', tab: 'refresh' },
    { type: 'copyToken', slot: 'refresh' },
    { type: 'copyClaim', slot: 'access', part: 'signature', name: 'x' },
    { type: 'copyClaim', slot: 'access', part: 'header', name: 7 },
    { type: 'run', action: 'deleteProfile' },
    { type: 'constructor' },
  ];
  for (const message of wrong) assert.equal(parseTokenIntent(message), undefined);
  fc.assert(fc.property(fc.anything(), (message) => void parseTokenIntent(message)));
});
