import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import { parseTokenIntent } from '../../../src/core/token/intent.ts';

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
